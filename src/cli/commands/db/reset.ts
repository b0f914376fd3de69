import { createInterface } from 'node:readline/promises'
import type { Command } from 'commander'
import type { DatabaseLocation } from '../../../db/database-url.ts'
import { EvidenceError } from '../../../errors.ts'
import { type Context, locationOf } from '../../context.ts'
import { type DatabaseOption, example, withDatabase } from '../../output.ts'
import { runPrisma } from '../../prisma.ts'
import { type RemoteOption, refuseRemote, withRemote } from './remote.ts'
import { seed } from './seed.ts'

export function resetCommand(db: Command, context: Context, fail: () => void): void {
  const command = db
    .command('reset')
    .description('Deletes everything in the database and applies all migrations to it anew. Asks first.')
    .option('--yes', "don't ask")
    .option('--seed', 'then load the studies that come with Evibase')
    .addHelpText('after', example('db reset --yes --seed'))
  withDatabase(withRemote(command)).action(
    async (options: DatabaseOption & RemoteOption & { yes?: boolean; seed?: boolean }) => {
      refuseRemote(locationOf(context, options.db), options)
      await reset(context, locationOf(context, options.db), options.yes ?? false)
      if (options.seed) {
        if (!(await seed(context, options.db))) fail()
      } else context.say('The database is empty. Load the studies that come with Evibase with `evibase db seed`.')
    },
  )
}

async function reset(context: Context, location: DatabaseLocation, sure: boolean): Promise<void> {
  const { schemaState } = await import('../../../db/schema-state.ts')
  try {
    await schemaState(location, context.root)
  } catch (error) {
    // A half-applied migration is one reason to start anew; another program's database is none.
    if (!(error instanceof EvidenceError) || error.code !== 'MIGRATION_FAILED') throw error
  }
  const { preparePlace, requireWritablePlace } = await import('../../../db/place.ts')
  await requireWritablePlace(location)
  if (!sure && !(await confirmed(context, location)))
    throw new EvidenceError('USAGE', 'Nothing was deleted. Say --yes to empty the database without being asked.')
  await preparePlace(location)
  await runPrisma(context, location, ['migrate', 'reset', '--force'])
  context.say(`Emptied ${location.shown}.`)
}

async function confirmed(context: Context, location: DatabaseLocation): Promise<boolean> {
  if (!context.interactive) return false
  const prompt = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await prompt.question(`Delete everything in ${location.shown}? Type yes: `)
  prompt.close()
  return answer.trim().toLowerCase() === 'yes'
}
