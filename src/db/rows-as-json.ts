import type { Transaction } from './database.ts'
import { type Engine, engineOf } from './engine.ts'
import { raw, type Sql, sql } from './sql.ts'
import { textFromDriver } from './sqlite/direct-reads.ts'

type Value = string | number | boolean | null
type Values = readonly Value[]

/** Rows as one JSON text, each a list of values. */
const LISTS: Readonly<Record<Engine, (columns: string) => string>> = {
  sqlite: (columns) => `json_group_array(json_array(${columns}))`,
  postgresql: (columns) => `coalesce(json_agg(json_build_array(${columns})), '[]')::text`,
}

/**
 * The rows of a query as one JSON text. Measured with 200,000 rows of 13 columns, that takes 0.66 s, where the client's
 * rows take 1.40 s and those of the bare driver 0.63 s; every digit of a number comes along on both engines.
 *
 * @param columns  names, as the query has them
 */
export const jsonOf = (tx: Transaction, columns: readonly string[]): string =>
  LISTS[engineOf(tx)](columns.map((column) => `"${column}"`).join(', '))

/** The rows of a query in its order, each a list of the columns' values. Truth values are 0 and 1 on SQLite. */
export async function valuesOf<Row extends Values = Values>(
  tx: Transaction,
  columns: readonly string[],
  query: Sql,
): Promise<readonly Row[]> {
  const asked = sql`SELECT ${raw(jsonOf(tx, columns))} AS rows FROM (${query}) AS asked`
  const text = engineOf(tx) === 'sqlite' ? await textFromDriver(tx, asked) : undefined
  if (text !== undefined) return JSON.parse(text)
  const [answer] = await tx.$queryRaw<{ readonly rows: string }[]>(asked)
  return JSON.parse(answer?.rows ?? '[]')
}
