import type { Command } from 'commander'
import type { RecordFormat } from '../../../model/reading.ts'
import type { Context } from '../../context.ts'
import type { FilesTogether } from '../../files-together.ts'
import { type ImportFilesOptions, importFiles } from '../../import-files.ts'
import { INTERRUPTED } from '../../interrupted.ts'
import { type DatabaseOption, example, withDatabase } from '../../output.ts'
import { useDatabase } from '../../with-database.ts'

/** A kind of files that hold records. */
export interface KindOfRecords {
  readonly verb: string
  readonly summary: string
  readonly description: string
  readonly example: string
  /** The format of a file by the first characters that it holds. */
  readonly formatOf: (beginning: string) => RecordFormat
  /** Which files are read as one; else each is by itself. */
  readonly together?: FilesTogether
}

const OF_ALL =
  'Files packed by gzip or zip are read as they are; - is standard input. A record that is held already is passed over, and\none that is bad is told with its place and stops none of the others: then the exit code is 1. Ctrl-C stops between two\nrecords, and the same command goes on from there.'

export function importRecordsCommand(
  imports: Command,
  context: Context,
  fail: (code?: number) => void,
  kind: KindOfRecords,
): void {
  const command = imports
    .command(kind.verb)
    .summary(kind.summary)
    .description(`${kind.description}\n${OF_ALL}`)
    .argument('<file...>', 'files, in the order in which they are read')
    .option('--report <file>', 'write what is wrong with records to a file, a JSON object a line')
    .addHelpText('after', example(kind.example))
  withDatabase(command).action(async (files: string[], options: DatabaseOption & ImportFilesOptions) => {
    const outcome = await useDatabase(context, options.db, (db) =>
      importFiles(context, db, files, kind.formatOf, options, kind.together),
    )
    if (outcome !== 'done') fail(outcome === 'stopped' ? INTERRUPTED : 1)
  })
}
