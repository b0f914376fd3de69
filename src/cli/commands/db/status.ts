import type { Command } from 'commander'
import type { DatabaseLocation } from '../../../db/database-url.ts'
import { type Context, locationOf } from '../../context.ts'
import { type DatabaseOption, example, type OutputOptions, putOut, withDatabase, withOutput } from '../../output.ts'
import { useDatabase } from '../../with-database.ts'

export function statusCommand(db: Command, context: Context, fail: () => void): void {
  const command = db
    .command('status')
    .description(
      'Says where the database is, which migrations it has, and how much is in it. Exit code 1 when migrations are pending.',
    )
    .addHelpText('after', example('db status --json'))
  withOutput(withDatabase(command)).action((options: DatabaseOption & OutputOptions) =>
    status(context, locationOf(context, options.db), options, fail),
  )
}

async function status(
  context: Context,
  location: DatabaseLocation,
  options: DatabaseOption & OutputOptions,
  fail: () => void,
): Promise<void> {
  const { schemaState } = await import('../../../db/schema-state.ts')
  const state = await schemaState(location, context.root)
  const rows: { what: string; value: string | number }[] = [
    { what: 'database', value: location.shown },
    { what: 'engine', value: location.engine },
    { what: 'migrations applied', value: state.applied.length },
    { what: 'migrations pending', value: state.pending.length },
  ]
  if (state.pending.length === 0)
    await useDatabase(context, options.db, async (db) => {
      rows.push(
        { what: 'studies', value: await db.study.count() },
        { what: 'publications', value: await db.publication.count() },
        { what: 'measurements', value: await db.outcomeMeasurement.count() },
        { what: 'analyses', value: await db.outcomeAnalysis.count() },
        { what: 'adverse event counts', value: await db.adverseEventCount.count() },
        { what: 'quotes', value: await db.quote.count() },
      )
    })
  await putOut(context, { columns: ['what', 'value'], rows }, options)
  if (state.pending.length > 0) {
    context.say(
      state.database === 'migrated'
        ? `Migrations are pending: ${state.pending.join(', ')}. Apply them with \`evibase db migrate\`.`
        : 'There is no database yet. Make it with `evibase db migrate`.',
    )
    fail()
  }
}
