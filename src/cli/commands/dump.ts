import path from 'node:path'
import type { Command } from 'commander'
import type { Database, Transaction } from '../../db/connect.ts'
import { makeFolder } from '../../db/make-folder.ts'
import { EvidenceError, reasonOf } from '../../errors.ts'
import type { Context } from '../context.ts'
import { withDatabase, writeWhole } from '../output.ts'
import { progressOf } from '../progress.ts'
import { askDatabase } from '../with-database.ts'

interface DumpOptions {
  readonly db?: string
  readonly all?: boolean
  readonly out?: string
  readonly json?: boolean
}

export function dumpCommand(program: Command, context: Context): void {
  const command = program
    .command('dump')
    .summary('write studies and reviews back as files')
    .description(
      'Writes the file of a study or review as the database has it, in one canonical form: loading it changes nothing, and\nwriting it again gives the same bytes. Comments of the file that was loaded are not in the database.',
    )
    .argument('[key...]', 'keys of studies and reviews')
    .option('--all', 'every study and review, but for studies from registries')
    .option(
      '-o, --out <folder>',
      'write a file for each study into a folder, and for each review into one of its own in there',
    )
    .option('--json', 'JSON in the place of YAML')
    .addHelpText('after', '\nExample:\n  evibase dump rosenberg-1993-il2-lak > rosenberg-1993-il2-lak.yaml')
  withDatabase(command).action(async (keys: string[], options: DumpOptions) => {
    refuseUnclear(keys, options)
    await askDatabase(context, options.db, (db) => dump(context, db, keys, options))
  })
}

function refuseUnclear(keys: readonly string[], { all, out }: DumpOptions): void {
  const problem =
    all && keys.length > 0
      ? 'Name studies, or say --all, but not both.'
      : !all && keys.length === 0
        ? 'Name a study, or say --all with --out FOLDER.'
        : (all || keys.length > 1) && out === undefined
          ? 'Several studies are several files: say --out FOLDER.'
          : undefined
  if (problem !== undefined) throw new EvidenceError('USAGE', problem)
}

/** One study or review after the other, each read as of one moment, so that however many there are one is in memory. */
async function dump(
  context: Context,
  db: Database,
  keys: readonly string[],
  { all, out, json }: DumpOptions,
): Promise<void> {
  const { inSnapshot } = await import('../../db/snapshot.ts')
  const { writeStudyFile } = await import('../../export/study-file/write-study-file.ts')
  const { slugsOfFiles, studySlugs } = await import('../../queries/selection.ts')
  const { reviewSlugs, reviewsAmong } = await import('../../queries/review-selection.ts')
  const [studies, reviews] = await inSnapshot(db, async (tx) => {
    const named = await reviewsAmong(tx, keys)
    const others = keys.filter((key) => !named.includes(key))
    return [
      all ? await slugsOfFiles(tx) : others.length > 0 ? await studySlugs(tx, { studies: others }) : [],
      all || named.length > 0 ? await reviewSlugs(tx, named) : [],
    ]
  })
  const folder = out === undefined ? undefined : path.resolve(context.cwd, out)
  if (folder !== undefined) requireFolder(folder)
  const kind = json ? 'json' : 'yaml'
  const progress = progressOf(context)
  const write = (file: Parameters<typeof writeStudyFile>[0], ...names: readonly string[]) => {
    const text = writeStudyFile(file, kind)
    if (folder === undefined) return context.print(text)
    const place = path.join(folder, ...names)
    if (names.length > 1) requireFolder(path.dirname(place))
    writeWhole(`${place}.${kind}`, text)
  }
  const total = studies.length + reviews.length
  for (const [index, slug] of studies.entries()) {
    write(await inSnapshot(db, (tx) => studyFile(tx, slug)), slug)
    progress.reach(index + 1, 'files', total)
  }
  for (const [index, slug] of reviews.entries()) {
    write(await inSnapshot(db, (tx) => reviewFile(tx, slug)), slug, 'review')
    progress.reach(studies.length + index + 1, 'files', total)
  }
  progress.end()
  if (folder !== undefined) context.say(`${inWords(studies.length, reviews.length)} in ${out}.`)
}

async function studyFile(tx: Transaction, slug: string) {
  const { readStudy } = await import('../../db/read-study.ts')
  const { studyNotFound } = await import('../../queries/selection.ts')
  const { studyFileOf } = await import('../../export/study-file/study-file-of.ts')
  const record = await readStudy(tx, slug)
  if (!record) throw await studyNotFound(tx, slug)
  return studyFileOf(record)
}

async function reviewFile(tx: Transaction, slug: string) {
  const { readReview } = await import('../../db/read-review.ts')
  const { reviewNotFound } = await import('../../queries/review-selection.ts')
  const { reviewFileOf } = await import('../../export/review-file/review-file-of.ts')
  const record = await readReview(tx, slug)
  if (!record) throw await reviewNotFound(tx, slug)
  return reviewFileOf(record)
}

function inWords(studies: number, reviews: number): string {
  const many = (count: number, one: string, more: string) => (count === 1 ? `one ${one}` : `${count} ${more}`)
  const words = [
    ...(studies > 0 || reviews === 0 ? [many(studies, 'study', 'studies')] : []),
    ...(reviews > 0 ? [many(reviews, 'review', 'reviews')] : []),
  ].join(' and ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function requireFolder(folder: string): void {
  try {
    makeFolder(folder)
  } catch (cause) {
    throw new EvidenceError(
      'FILE_NOT_READABLE',
      `The folder ${folder} can't be made: ${reasonOf(cause)}. Name another one with --out.`,
      {},
      { cause },
    )
  }
}
