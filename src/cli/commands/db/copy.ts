import type { Command } from 'commander'
import { type DatabaseLocation, databaseLocation } from '../../../db/database-url.ts'
import { EvidenceError } from '../../../errors.ts'
import { tableOf } from '../../../export/table.ts'
import type { Context } from '../../context.ts'
import { example, type OutputOptions, putOut, withOutput } from '../../output.ts'
import { progressOf } from '../../progress.ts'
import { useDatabaseAt } from '../../with-database.ts'
import { migrate } from './migrate.ts'

const COLUMNS = {
  table: 'the table',
  rows: 'how many rows were copied, and counted again at their new place',
  sha256: 'a digest of their content, computed on both sides and the same',
}

export function copyCommand(db: Command, context: Context): void {
  const command = db
    .command('copy')
    .summary('copies a whole database into an empty one, of the same kind or the other')
    .description(
      'Copies a whole database into an empty one, of the same kind or the other. What arrived is read again and compared before it stays; a copy that fails leaves the target empty. A target without tables is migrated first.',
    )
    .requiredOption('--from <url>', 'the database to copy')
    .requiredOption('--to <url>', 'the empty database to copy into')
    .addHelpText('after', example('db copy --from file:./data/evidence.db --to postgresql://localhost:5432/evidence'))
  withOutput(command).action((options: OutputOptions & { from: string; to: string }) => copy(context, options))
}

async function copy(context: Context, options: OutputOptions & { from: string; to: string }): Promise<void> {
  const from = databaseLocation(options.from, context.root)
  const to = databaseLocation(options.to, context.root)
  if (samePlace(from, to))
    throw new EvidenceError('USAGE', `--from and --to name the same database, ${from.shown}. Name another one.`)
  const { requireCurrentSchema, schemaState } = await import('../../../db/schema-state.ts')
  await requireCurrentSchema(from, context.root)
  const target = await schemaState(to, context.root)
  if (target.database !== 'migrated') await migrate(context, to)
  const { copyDatabase } = await import('../../../db/copy-database.ts')
  const progress = progressOf(context)
  const onRows = (rows: number) => progress.advance(rows, 'rows copied and read again')
  const copied = await useDatabaseAt(context, from, (source) =>
    useDatabaseAt(context, to, (db) => copyDatabase(source, db, onRows)),
  ).finally(progress.end)
  await putOut(context, tableOf(COLUMNS, copied), options)
  const rows = copied.reduce((sum, table) => sum + table.rows, 0)
  context.say(
    `Copied ${rows} rows of ${copied.length} tables from ${from.shown} to ${to.shown}, and found them the same.`,
  )
}

const samePlace = (one: DatabaseLocation, other: DatabaseLocation) =>
  one.shown === other.shown && one.engine === other.engine
