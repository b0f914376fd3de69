import path from 'node:path'
import type { Command } from 'commander'
import { type Context, locationOf } from '../../context.ts'
import { type DatabaseOption, example, withDatabase } from '../../output.ts'
import { progressOf } from '../../progress.ts'

export function restoreCommand(db: Command, context: Context): void {
  const command = db
    .command('restore')
    .summary('brings a backup back into an empty database')
    .description(
      'Brings a backup back into an empty database, whole or not at all. For PostgreSQL its programs pg_restore and psql must be installed.',
    )
    .argument('<file>', 'what `evibase db backup` made')
    .option('--replace', 'let go of what the database holds', false)
    .addHelpText('after', example('db restore evidence-2026-11-24.db --db file:./data/again.db'))
  withDatabase(command).action(async (given: string, options: DatabaseOption & { replace: boolean }) => {
    const location = locationOf(context, options.db)
    const file = path.resolve(context.cwd, given)
    const { restoreDatabase } = await import('../../../db/restore-database.ts')
    const progress = progressOf(context)
    await restoreDatabase(location, context.root, file, {
      replace: options.replace,
      onProgress: progress.reach,
    }).finally(progress.end)
    const { schemaState } = await import('../../../db/schema-state.ts')
    const { pending } = await schemaState(location, context.root)
    context.say(`Restored ${location.shown} from ${file}.`)
    if (pending.length > 0)
      context.say(`The backup is older than this Evibase. Apply what it lacks with \`evibase db migrate\`.`)
  })
}
