import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Command } from 'commander'
import type { Database } from '../../db/connect.ts'
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
    .summary('write studies back as files')
    .description(
      'Writes the study file of a study as the database has it, in one canonical form: loading it changes nothing, and\nwriting it again gives the same bytes. Comments of the file that was loaded are not in the database.',
    )
    .argument('[study...]', 'keys of studies')
    .option('--all', 'every study')
    .option('-o, --out <folder>', 'write a file for each study into a folder, each whole or not at all')
    .option('--json', 'JSON in the place of YAML')
    .addHelpText('after', '\nExample:\n  evibase dump rosenberg-1993-il2-lak > rosenberg-1993-il2-lak.yaml')
  withDatabase(command).action(async (studies: string[], options: DumpOptions) => {
    refuseUnclear(studies, options)
    await askDatabase(context, options.db, (db) => dumpStudies(context, db, studies, options))
  })
}

function refuseUnclear(studies: readonly string[], { all, out }: DumpOptions): void {
  const problem =
    all && studies.length > 0
      ? 'Name studies, or say --all, but not both.'
      : !all && studies.length === 0
        ? 'Name a study, or say --all with --out FOLDER.'
        : (all || studies.length > 1) && out === undefined
          ? 'Several studies are several files: say --out FOLDER.'
          : undefined
  if (problem !== undefined) throw new EvidenceError('USAGE', problem)
}

/** One study after the other, each read as of one moment, so that however many there are one is in memory. */
async function dumpStudies(
  context: Context,
  db: Database,
  studies: readonly string[],
  { all, out, json }: DumpOptions,
): Promise<void> {
  const { inSnapshot } = await import('../../db/snapshot.ts')
  const { readStudy } = await import('../../db/read-study.ts')
  const { studyNotFound, studySlugs } = await import('../../queries/selection.ts')
  const { studyFileOf } = await import('../../export/study-file/study-file-of.ts')
  const { writeStudyFile } = await import('../../export/study-file/write-study-file.ts')
  const slugs = await inSnapshot(db, (tx) => studySlugs(tx, all ? {} : { studies }))
  const folder = out === undefined ? undefined : path.resolve(context.cwd, out)
  if (folder !== undefined) makeFolder(folder)
  const kind = json ? 'json' : 'yaml'
  const progress = progressOf(context)
  for (const [index, slug] of slugs.entries()) {
    const record = await inSnapshot(db, (tx) => readStudy(tx, slug))
    if (!record) throw await studyNotFound(db, slug)
    const text = writeStudyFile(studyFileOf(record), kind)
    if (folder === undefined) context.print(text)
    else writeWhole(path.join(folder, `${slug}.${kind}`), text)
    progress.reach(index + 1, 'studies', slugs.length)
  }
  progress.end()
  if (folder !== undefined) context.say(`${slugs.length === 1 ? 'One study' : `${slugs.length} studies`} in ${out}.`)
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
  } catch (cause) {
    throw new EvidenceError(
      'FILE_NOT_READABLE',
      `The folder ${folder} can't be made: ${reasonOf(cause)}. Name another one with --out.`,
      {},
      { cause },
    )
  }
}
