import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { example } from '../output.ts'
import { backupCommand } from './db/backup.ts'
import { copyCommand } from './db/copy.ts'
import { migrateCommand } from './db/migrate.ts'
import { reindexCommand } from './db/reindex.ts'
import { resetCommand } from './db/reset.ts'
import { restoreCommand } from './db/restore.ts'
import { seedCommand } from './db/seed.ts'
import { statusCommand } from './db/status.ts'
import { studioCommand } from './db/studio.ts'
import { verifyCommand } from './db/verify.ts'

export function dbCommand(program: Command, context: Context, fail: () => void): void {
  const db = program
    .command('db')
    .summary("the database's life")
    .description('Makes, fills, inspects, copies, keeps and empties the database.')
    .addHelpText('after', example('db status'))
    .helpCommand(false)
  migrateCommand(db, context)
  statusCommand(db, context, fail)
  seedCommand(db, context, fail)
  copyCommand(db, context)
  backupCommand(db, context)
  restoreCommand(db, context)
  verifyCommand(db, context, fail)
  reindexCommand(db, context)
  resetCommand(db, context, fail)
  studioCommand(db, context, fail)
}
