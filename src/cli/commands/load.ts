import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { loadFiles } from '../load-files.ts'
import { withDatabase } from '../output.ts'
import { useDatabase } from '../with-database.ts'

export function loadCommand(program: Command, context: Context): void {
  const command = program
    .command('load')
    .summary('load study files')
    .description(
      'Loads study files, or folders of them, into the database. A study is loaded whole or not at all; loading it again\nchanges only what differs. A file with mistakes is refused with all of them, each with line and column.',
    )
    .argument('<file...>', 'study files (.yaml), or folders')
    .addHelpText('after', '\nExample:\n  evibase load seeds/studies/rosenberg-1993-il2-lak.yaml')
  withDatabase(command).action(async (files: string[], options: { db?: string }) => {
    await useDatabase(context, options.db, (db) => loadFiles(context, db, files))
  })
}
