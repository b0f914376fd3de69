import { Prisma } from '../generated/prisma/client.ts'
import type { Transaction } from './database.ts'
import { engineOf } from './engine.ts'
import { sqlName, type TableRule } from './tables.ts'
import type { Row } from './write-rows.ts'

/** Few rows at first, since nobody knows how long they are; then as many as make up a page. */
const FIRST_ROWS = 64
const MOST_ROWS = 1_000
const CHARACTERS_OF_A_PAGE = 1_000_000

/**
 * A table's rows in the order of their keys, byte by byte, in pages of bounded size.
 *
 * @param table  the client's name of the table
 */
export async function* readRows(tx: Transaction, table: string, rule: TableRule): AsyncGenerator<readonly Row[]> {
  const fields = fieldsOf(table).map((field) => `"${sqlName(field)}" AS "${field}"`)
  const key = rule.key.map((field) => `"${sqlName(field)}"`).join(', ')
  const values = rule.key.map((_, index) => (engineOf(tx) === 'sqlite' ? '?' : `$${index + 1}`)).join(', ')
  const page = (after: readonly unknown[], rows: number) =>
    tx.$queryRawUnsafe<Row[]>(
      `SELECT ${fields.join(', ')} FROM "${sqlName(table)}"
       ${after.length === 0 ? '' : `WHERE (${key}) > (${values})`} ORDER BY ${key} LIMIT ${rows}`,
      ...after,
    )
  let after: readonly unknown[] = []
  for (let limit = FIRST_ROWS; ; ) {
    const rows = await page(after, limit)
    const last = rows.at(-1)
    if (last === undefined) return
    yield rows
    if (rows.length < limit) return
    after = rule.key.map((field) => last[field])
    const longest = Math.max(...rows.map(lengthOf))
    limit = Math.max(1, Math.min(MOST_ROWS, limit * 4, Math.floor(CHARACTERS_OF_A_PAGE / longest)))
  }
}

/** The fields of a table that are columns, in the order of the model. */
export function fieldsOf(table: string): readonly string[] {
  const model = `${table[0]?.toUpperCase()}${table.slice(1)}ScalarFieldEnum`
  return Object.keys((Prisma as unknown as Readonly<Record<string, object>>)[model] ?? {})
}

const lengthOf = (row: Row): number =>
  Object.values(row).reduce((sum: number, value) => sum + (typeof value === 'string' ? value.length : 8), 0)
