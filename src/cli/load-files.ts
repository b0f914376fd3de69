import { createHash } from 'node:crypto'
import { type Dirent, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import type { Database } from '../db/connect.ts'
import type { SaveOptions, SaveResult } from '../db/save-study.ts'
import { type ErrorCode, EvidenceError } from '../errors.ts'
import { LARGEST_FILE, tooLarge } from '../import/study-file/invalid-file.ts'
import type { Context } from './context.ts'
import { progressOf } from './progress.ts'
import { notReadable, requireFile } from './require-file.ts'
import { vocabularies } from './vocabularies.ts'

/** What a folder is searched for: not the JSON Schemas that editors use beside it. */
const EVIDENCE_FILE = /(?<!\.schema)\.(ya?ml|json)$/

/** What a review's folder holds beside its tables. */
const REVIEW_FILES = ['review.yaml', 'review.json']

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
 * refused and stops none of the others. Reviews come after all studies, since they name them.
 *
 * @param paths  files, or folders of .yaml files or of reviews' folders, from the current folder
 * @returns whether all of them were loaded
 */
export async function loadFiles(
  context: Context,
  db: Database,
  paths: readonly string[],
  { dryRun = false }: LoadOptions = {},
): Promise<boolean> {
  const { readEvidenceFile } = await import('../import/read-evidence-file.ts')
  const { saveStudy } = await import('../db/save-study.ts')
  const { saveReview } = await import('../db/save-review.ts')
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
  const reviews: (() => Promise<void>)[] = []
  /** The file of each study that a dry run has taken. */
  const accepted = new Map<string, string>()
  const load = async (file: string) => {
    const fileName = shortest(context, file)
    const bytes = readBytes(file, fileName)
    const read = readEvidenceFile(bytes, fileName, tools)
    const { slug } = read.record
    const fileSha256 = createHash('sha256').update(bytes).digest('hex')
    refuseSecond(seen, `${read.kind} ${slug}`, fileName, fileSha256)
    const origin = { format: `${read.kind}-file`, fileName, fileSha256, now: context.now() }
    const telling = async (save: (options: SaveOptions) => Promise<SaveResult>) => {
      let changes: readonly string[] = []
      const onChanges = (told: readonly string[]) => {
        changes = told
      }
      const result = await save({ dryRun, onChanges })
      counts.set(result, (counts.get(result) ?? 0) + 1)
      say([`${slug}: ${dryRun ? WOULD_BE[result] : result}`, ...shortened(changes)].join('\n  '))
    }
    if (read.kind === 'study') {
      await telling((options) => saveStudy(db, read.record, origin, options))
      if (dryRun) accepted.set(slug, file)
      return
    }
    const review = read.record
    reviews.push(async () => {
      // A dry run has kept nothing of the studies before it, which the review may name.
      const after = review.rows.reviewStudy.flatMap(({ studyId }) => {
        const from = accepted.get(studyId ?? '')
        const study = from === undefined ? undefined : readEvidenceFile(readBytes(from, from), from, tools)
        return study?.kind === 'study' ? [study.record] : []
      })
      await telling((options) => saveReview(db, review, origin, { ...options, after }))
    })
  }
  const files: string[] = []
  for (const given of paths)
    files.push(...((await refusing(() => evidenceFiles(context, path.resolve(context.cwd, given)))) ?? []))
  const total = files.length + (counts.get('refused') ?? 0)
  for (const [index, file] of files.entries()) {
    await refusing(() => load(file))
    progress.reach(index + 1, 'files', files.length)
  }
  for (const save of reviews) await refusing(save)
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

/** The second of two different files of one study or review would replace what the first has just loaded. */
function refuseSecond(
  seen: Map<string, { readonly file: string; readonly sha256: string }>,
  what: string,
  file: string,
  sha256: string,
): void {
  const first = seen.get(what)
  if (first !== undefined && first.sha256 !== sha256)
    throw new EvidenceError(
      'STUDY_GIVEN_TWICE',
      `${file} holds the ${what}, and so does ${first.file}, which says something else; it was not loaded. Give one of them another slug.`,
    )
  seen.set(what, { file, sha256 })
}

/** A folder's files in the order of their names: those of studies, and the reviews in folders of their own. */
function evidenceFiles(context: Context, given: string): readonly string[] {
  const shown = shortest(context, given)
  let files: readonly string[]
  try {
    if (!statSync(given).isDirectory()) return [given]
    files = readdirSync(given, { withFileTypes: true })
      .flatMap((entry) => (isFolder(entry) ? REVIEW_FILES.map((name) => path.join(entry.name, name)) : [entry.name]))
      // A link to nothing is there, and is refused when it is read.
      .filter((name) => EVIDENCE_FILE.test(name) && lstatSync(path.join(given, name), { throwIfNoEntry: false }))
      .sort()
  } catch (cause) {
    throw notReadable(shown, cause)
  }
  if (files.length === 0)
    throw new EvidenceError(
      'FILE_NOT_READABLE',
      `${shown} holds no .yaml or .json file. Name a study file or a review, or a folder of them.`,
    )
  return files.map((name) => path.join(given, name))
}

/** A folder, or a link to one. */
const isFolder = (entry: Dirent): boolean =>
  entry.isDirectory() ||
  (entry.isSymbolicLink() &&
    statSync(path.join(entry.parentPath, entry.name), { throwIfNoEntry: false })?.isDirectory() === true)

/**
 * A study file's content. Its kind and size are looked at first.
 *
 * @throws EvidenceError FILE_NOT_READABLE   it isn't there, may not be read, or is no file but a folder, pipe or device
 * @throws EvidenceError STUDY_FILE_INVALID  it is larger than any study file; nothing of it is read
 */
export function readBytes(file: string, shown: string): Buffer {
  const { size } = requireFile(file, shown)
  if (size > LARGEST_FILE) throw tooLarge(shown, size)
  try {
    return readFileSync(file)
  } catch (cause) {
    throw notReadable(shown, cause)
  }
}

/** A file's name as messages and the import's row give it: from the project or the current folder where it lies within. */
export function shortest(context: Context, file: string): string {
  const names = [context.cwd, context.root]
    .map((folder) => path.relative(folder, file))
    .filter((name) => !name.startsWith('..') && !path.isAbsolute(name))
  return names[0] ?? file
}
