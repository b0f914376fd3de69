import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { type LoadOptions, loadFiles } from '../load-files.ts'
import { type DatabaseOption, withDatabase } from '../output.ts'
import { useDatabase } from '../with-database.ts'

export function loadCommand(program: Command, context: Context, fail: () => void): void {
  const command = program
    .command('load')
    .summary('load study files and reviews')
    .description(
      'Loads study files and reviews, or folders of them, into the database. A study or review is loaded whole or not at\nall; loading it again changes only what differs. Reviews come after the studies that they name. A file with mistakes\nis refused with all of them, each with line and column; the others are loaded all the same, and the exit code is 1.',
    )
    .argument('<file...>', 'study files and reviews (.yaml or .json), or folders')
    .option('-n, --dry-run', 'say what would change, and write nothing')
    .addHelpText('after', '\nExample:\n  evibase load seeds/studies/rosenberg-1993-il2-lak.yaml')
  withDatabase(command).action(async (files: string[], options: DatabaseOption & LoadOptions) => {
    if (!(await useDatabase(context, options.db, (db) => loadFiles(context, db, files, options)))) fail()
  })
}
