import type { Command } from 'commander'
import type { DatabaseLocation } from '../../../db/database-url.ts'
import { type Context, locationOf } from '../../context.ts'
import { type DatabaseOption, example, withDatabase } from '../../output.ts'
import { runPrisma } from '../../prisma.ts'

export function migrateCommand(db: Command, context: Context): void {
  const command = db
    .command('migrate')
    .description('Makes the database if it is missing, and applies the migrations that it lacks.')
    .addHelpText('after', example('db migrate --db file:./data/review.db'))
  withDatabase(command).action((options: DatabaseOption) => migrate(context, locationOf(context, options.db)))
}

/** Brings a database to this Evibase's schema, and says what was done. */
export async function migrate(context: Context, location: DatabaseLocation): Promise<void> {
  const { schemaState } = await import('../../../db/schema-state.ts')
  const { pending } = await schemaState(location, context.root)
  if (pending.length === 0) {
    context.say('The database is up to date.')
    return
  }
  await (await import('../../../db/place.ts')).preparePlace(location)
  await runPrisma(context, location, ['migrate', 'deploy'])
  context.say(`Applied ${pending.length} migration${pending.length === 1 ? '' : 's'} to ${location.shown}.`)
}
