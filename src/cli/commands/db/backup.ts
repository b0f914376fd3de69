import path from 'node:path'
import type { Command } from 'commander'
import { type Context, locationOf } from '../../context.ts'
import { type DatabaseOption, example, withDatabase } from '../../output.ts'
import { progressOf } from '../../progress.ts'

export function backupCommand(db: Command, context: Context): void {
  const command = db
    .command('backup')
    .summary('keeps the database in a file as it is at this moment')
    .description(
      'Keeps the database in a file as it is at this moment, while others read and write it. The file is written whole or not at all. For PostgreSQL its program pg_dump must be installed.',
    )
    .argument('<file>', 'a new file')
    .addHelpText('after', example('db backup evidence-2026-11-24.db'))
  withDatabase(command).action(async (given: string, options: DatabaseOption) => {
    const location = locationOf(context, options.db)
    const file = path.resolve(context.cwd, given)
    const { backupDatabase } = await import('../../../db/backup-database.ts')
    const progress = progressOf(context)
    await backupDatabase(location, context.root, file, progress.reach).finally(progress.end)
    context.say(`Backed up ${location.shown} to ${file}.`)
  })
}
