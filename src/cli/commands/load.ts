import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { type LoadOptions, loadFiles } from '../load-files.ts'
import { type DatabaseOption, withDatabase } from '../output.ts'
import { useDatabase } from '../with-database.ts'

export function loadCommand(program: Command, context: Context, fail: () => void): void {
  const command = program
    .command('load')
    .summary('load study files')
    .description(
      'Loads study files, or folders of them, into the database. A study is loaded whole or not at all; loading it again\nchanges only what differs. A file with mistakes is refused with all of them, each with line and column; the\nothers are loaded all the same, and the exit code is 1.',
    )
    .argument('<file...>', 'study files (.yaml or .json), or folders')
    .addHelpText('after', '\nExample:\n  evibase load seeds/studies/rosenberg-1993-il2-lak.yaml')
  command.option('-n, --dry-run', 'say what would change, and write nothing')
  withDatabase(command).action(async (files: string[], options: DatabaseOption & LoadOptions) => {
    if (!(await useDatabase(context, options.db, (db) => loadFiles(context, db, files, options)))) fail()
  })
}
