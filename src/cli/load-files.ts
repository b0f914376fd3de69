import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import type { Database } from '../db/connect.ts'
import type { SaveResult } from '../db/save-study.ts'
import { type ErrorCode, EvidenceError, reasonOf } from '../errors.ts'
import type { Context } from './context.ts'
import { progressOf } from './progress.ts'
import { vocabularies } from './vocabularies.ts'

export interface LoadOptions {
  /** Says what would happen, and keeps nothing. */
  readonly dryRun?: boolean
}

/** Of a changed study so many changes are told; the rest is counted. */
const MOST_CHANGES = 10

/** What is wrong with one file, and leaves the others as good as they are. */
const OF_ONE_FILE: readonly ErrorCode[] = [
  'STUDY_FILE_INVALID',
  'STUDY_GIVEN_TWICE',
  'FILE_NOT_READABLE',
  'SHARED_ROW_CONFLICT',
  'STUDY_IN_USE',
  'REVIEW_STUDY_MISSING',
  'CONSTRAINT_VIOLATED',
]

/**
 * Loads study files one after the other, each study whole or not at all, and says what became of each. A bad file is
 * refused and stops none of the others.
 *
 * @param paths  files, or folders of .yaml files, from the current folder
 * @returns whether all of them were loaded
 */
export async function loadFiles(
  context: Context,
  db: Database,
  paths: readonly string[],
  { dryRun = false }: LoadOptions = {},
): Promise<boolean> {
  const { readStudyFile } = await import('../import/study-file/read-study-file.ts')
  const { saveStudy } = await import('../db/save-study.ts')
  const tools = await vocabularies(context)
  const progress = progressOf(context)
  const seen = new Map<string, { readonly file: string; readonly sha256: string }>()
  const counts = new Map<SaveResult | 'refused', number>()
  const say = (words: string) => {
    progress.end()
    context.say(words)
  }
  const refusing = async <T>(work: () => Promise<T> | T): Promise<T | undefined> => {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof EvidenceError) || !OF_ONE_FILE.includes(error.code)) throw error
      counts.set('refused', (counts.get('refused') ?? 0) + 1)
      say(error.message)
      return undefined
    }
  }
  const load = async (file: string) => {
    const fileName = shortest(context, file)
    const bytes = readBytes(file, fileName)
    const record = readStudyFile(bytes, fileName, tools)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    refuseSecond(seen, record.slug, fileName, sha256)
    let changes: readonly string[] = []
    const result = await saveStudy(
      db,
      record,
      { format: 'study-file', fileName, fileSha256: sha256, now: context.now() },
      {
        dryRun,
        onChanges: (told) => {
          changes = told
        },
      },
    )
    counts.set(result, (counts.get(result) ?? 0) + 1)
    say([`${record.slug}: ${dryRun ? WOULD_BE[result] : result}`, ...shortened(changes)].join('\n  '))
  }
  const files: string[] = []
  for (const given of paths)
    files.push(...((await refusing(() => studyFiles(context, path.resolve(context.cwd, given)))) ?? []))
  const total = files.length + (counts.get('refused') ?? 0)
  for (const [index, file] of files.entries()) {
    await refusing(() => load(file))
    progress.reach(index + 1, 'files', files.length)
  }
  progress.end()
  if (total > 1) context.say(summary(total, counts, dryRun))
  return !counts.has('refused')
}

const WOULD_BE: Readonly<Record<SaveResult, string>> = {
  created: 'would be created',
  updated: 'would be updated',
  unchanged: 'unchanged',
}

const shortened = (changes: readonly string[]): readonly string[] =>
  changes.length <= MOST_CHANGES + 1
    ? changes
    : [...changes.slice(0, MOST_CHANGES), `and ${changes.length - MOST_CHANGES} more changes`]

function summary(files: number, counts: ReadonlyMap<string, number>, dryRun: boolean): string {
  const parts = ['created', 'updated', 'unchanged', 'refused'].flatMap((result) => {
    const count = counts.get(result)
    return count === undefined ? [] : [`${count.toLocaleString('en')} ${result}`]
  })
  return `${files.toLocaleString('en')} files: ${parts.join(', ')}.${dryRun ? ' Nothing was written.' : ''}`
}

/** The second of two different files of one study would replace what the first has just loaded. */
function refuseSecond(
  seen: Map<string, { readonly file: string; readonly sha256: string }>,
  slug: string,
  file: string,
  sha256: string,
): void {
  const first = seen.get(slug)
  if (first !== undefined && first.sha256 !== sha256)
    throw new EvidenceError(
      'STUDY_GIVEN_TWICE',
      `${file} holds the study ${slug}, and so does ${first.file}, which says something else; it was not loaded. Give one of them another slug.`,
    )
  seen.set(slug, { file, sha256 })
}

/** A folder's study files in the order of their names. */
function studyFiles(context: Context, given: string): readonly string[] {
  const shown = shortest(context, given)
  let files: readonly string[]
  try {
    if (!statSync(given).isDirectory()) return [given]
    files = readdirSync(given)
      .filter((name) => /\.(ya?ml|json)$/.test(name))
      .sort()
  } catch (cause) {
    throw new EvidenceError('FILE_NOT_READABLE', `${shown} can't be read: ${reasonOf(cause)}.`, {}, { cause })
  }
  if (files.length === 0)
    throw new EvidenceError(
      'FILE_NOT_READABLE',
      `${shown} holds no .yaml or .json file. Name a study file, or a folder of them.`,
    )
  return files.map((name) => path.join(given, name))
}

function readBytes(file: string, shown: string): Buffer {
  try {
    return readFileSync(file)
  } catch (cause) {
    throw new EvidenceError('FILE_NOT_READABLE', `${shown} can't be read: ${reasonOf(cause)}.`, {}, { cause })
  }
}

/** A file's name as messages and the import's row give it: from the project or the current folder where it lies within. */
function shortest(context: Context, file: string): string {
  const names = [context.cwd, context.root]
    .map((folder) => path.relative(folder, file))
    .filter((name) => !name.startsWith('..') && !path.isAbsolute(name))
  return names[0] ?? file
}
