import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { example } from '../output.ts'
import { migrateCommand } from './db/migrate.ts'
import { resetCommand } from './db/reset.ts'
import { seedCommand } from './db/seed.ts'
import { statusCommand } from './db/status.ts'
import { studioCommand } from './db/studio.ts'

export function dbCommand(program: Command, context: Context, fail: () => void): void {
  const db = program
    .command('db')
    .summary("the database's life")
    .description('Makes, fills, inspects and empties the database.')
    .addHelpText('after', example('db status'))
    .helpCommand(false)
  migrateCommand(db, context)
  statusCommand(db, context, fail)
  seedCommand(db, context)
  resetCommand(db, context)
  studioCommand(db, context, fail)
}
