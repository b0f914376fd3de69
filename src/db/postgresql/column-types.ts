import type { Transaction } from '../database.ts'
import { identityOf } from '../engine.ts'

type Types = ReadonlyMap<string, string>

/** What was asked of each database, by table. */
const asked = new WeakMap<object, Map<string, Types>>()

/** The type of each column of a table, as a cast names it. */
export async function columnTypes(tx: Transaction, table: string): Promise<Types> {
  const known = asked.get(identityOf(tx)) ?? new Map<string, Types>()
  asked.set(identityOf(tx), known)
  const before = known.get(table)
  if (before) return before
  const rows = await tx.$queryRawUnsafe<{ column: string; type: string }[]>(
    `SELECT attname::text AS "column", format_type(atttypid, atttypmod) AS "type"
     FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped`,
    `"${table}"`,
  )
  const types = new Map(rows.map(({ column, type }) => [column, type]))
  known.set(table, types)
  return types
}
