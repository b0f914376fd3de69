import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline/promises'
import type { Command } from 'commander'
import type { DatabaseLocation } from '../../db/database-url.ts'
import { EvidenceError } from '../../errors.ts'
import { type Context, locationOf } from '../context.ts'
import { loadFiles } from '../load-files.ts'
import { type OutputOptions, putOut, reasonOf, withDatabase, withOutput } from '../output.ts'
import { runPrisma, showPrisma } from '../prisma.ts'
import { useDatabase } from '../with-database.ts'

type DatabaseOption = { db?: string }

export function dbCommand(program: Command, context: Context, fail: () => void): void {
  const example = (line: string) => `\nExample:\n  evibase ${line}`
  const db = program
    .command('db')
    .summary("the database's life")
    .description('Makes, fills, inspects and empties the database.')
    .addHelpText('after', example('db status'))
    .helpCommand(false)

  withDatabase(
    db
      .command('migrate')
      .description('Makes the database if it is missing, and applies the migrations that it lacks.')
      .addHelpText('after', example('db migrate --db file:./data/review.db')),
  ).action((options: DatabaseOption) => migrate(context, locationOf(context, options.db)))

  withOutput(
    withDatabase(
      db
        .command('status')
        .description(
          'Says where the database is, which migrations it has, and how much is in it. Exit code 1 when migrations are pending.',
        )
        .addHelpText('after', example('db status --json')),
    ),
  ).action((options: DatabaseOption & OutputOptions) => status(context, locationOf(context, options.db), options, fail))

  withDatabase(
    db
      .command('seed')
      .description('Loads the studies that come with Evibase. Loading them again changes nothing.')
      .addHelpText('after', example('db seed')),
  ).action((options: DatabaseOption) => seed(context, options.db))

  withDatabase(
    db
      .command('reset')
      .description('Deletes everything in the database and applies all migrations to it anew. Asks first.')
      .option('--yes', "don't ask")
      .option('--seed', 'then load the studies that come with Evibase')
      .addHelpText('after', example('db reset --yes --seed')),
  ).action(async (options: DatabaseOption & { yes?: boolean; seed?: boolean }) => {
    await reset(context, locationOf(context, options.db), options.yes ?? false)
    if (options.seed) await seed(context, options.db)
    else context.say('The database is empty. Load the studies that come with Evibase with `evibase db seed`.')
  })

  withDatabase(
    db
      .command('studio')
      .description('Opens Prisma Studio over the database in the browser.')
      .option('-p, --port <number>', 'the port to serve it on')
      .option('-b, --browser <name>', 'the browser to open it in; none for none')
      .addHelpText('after', example('db studio --port 5555 --browser none')),
  ).action(async (options: DatabaseOption & { port?: string; browser?: string }) => {
    const location = locationOf(context, options.db)
    const { requireCurrentSchema } = await import('../../db/schema-state.ts')
    requireCurrentSchema(location, context.root)
    const port = options.port === undefined ? [] : ['--port', options.port]
    const browser = options.browser === undefined ? [] : ['--browser', options.browser]
    if ((await showPrisma(context, location, ['studio', ...port, ...browser])) !== 0) fail()
  })
}

async function migrate(context: Context, location: DatabaseLocation): Promise<void> {
  const { schemaState } = await import('../../db/schema-state.ts')
  const { pending } = schemaState(location, context.root)
  if (pending.length === 0) {
    context.say('The database is up to date.')
    return
  }
  if (location.engine === 'sqlite') await makePlaceFor(location.file)
  await runPrisma(context, location, ['migrate', 'deploy'])
  context.say(`Applied ${pending.length} migration${pending.length === 1 ? '' : 's'} to ${location.shown}.`)
}

async function makePlaceFor(file: string): Promise<void> {
  const { requireWritable } = await import('../../db/sqlite/inspect.ts')
  requireWritable(file)
  try {
    mkdirSync(path.dirname(file), { recursive: true })
  } catch (cause) {
    throw new EvidenceError(
      'DATABASE_NOT_WRITABLE',
      `The folder ${path.dirname(file)} can't be made: ${reasonOf(cause)}. Name another place in DATABASE_URL.`,
      {},
      { cause },
    )
  }
}

async function seed(context: Context, url: string | undefined): Promise<void> {
  await useDatabase(context, url, (db) => loadFiles(context, db, [path.join(context.root, 'seeds', 'studies')]))
}

async function status(
  context: Context,
  location: DatabaseLocation,
  options: DatabaseOption & OutputOptions,
  fail: () => void,
): Promise<void> {
  const { schemaState } = await import('../../db/schema-state.ts')
  const state = schemaState(location, context.root)
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

async function reset(context: Context, location: DatabaseLocation, sure: boolean): Promise<void> {
  const { schemaState } = await import('../../db/schema-state.ts')
  try {
    schemaState(location, context.root)
  } catch (error) {
    // A half-applied migration is one reason to start anew; another program's database is none.
    if (!(error instanceof EvidenceError) || error.code !== 'MIGRATION_FAILED') throw error
  }
  if (location.engine === 'sqlite') (await import('../../db/sqlite/inspect.ts')).requireWritable(location.file)
  if (!sure && !(await confirmed(context, location)))
    throw new EvidenceError('USAGE', 'Nothing was deleted. Say --yes to empty the database without being asked.')
  if (location.engine === 'sqlite') await makePlaceFor(location.file)
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
