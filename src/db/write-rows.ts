import type { Transaction } from './connect.ts'
import { sqlName, type TableRule } from './tables.ts'

/** A row as the client reads and writes it. */
export type Row = Readonly<Record<string, string | number | boolean | null>>

/** How many rows travel in one statement: enough that statements cost nothing, few enough to stay small in memory. */
const ROWS_AT_ONCE = 5_000

/**
 * Writes rows, new ones and changed ones alike, by one statement for many: the rows travel as one JSON text, so that
 * no limit on parameters counts. A row whose key is there already is changed in place, so that what points at it stays.
 *
 * @param table  the client's name of the table
 */
export async function writeRows(tx: Transaction, table: string, rule: TableRule, rows: readonly Row[]): Promise<void> {
  const [first] = rows
  if (!first) return
  const fields = Object.keys(first)
  const columns = fields.map((field) => `"${sqlName(field)}"`)
  const values = fields.map((_, index) => `json_extract(value, '$[${index}]')`)
  const others = fields
    .filter((field) => !rule.key.includes(field))
    .map((field) => `"${sqlName(field)}" = excluded."${sqlName(field)}"`)
  const sql = `INSERT INTO "${sqlName(table)}" (${columns.join(', ')})
    SELECT ${values.join(', ')} FROM json_each(?) WHERE true
    ON CONFLICT (${keyColumns(rule)}) ${others.length === 0 ? 'DO NOTHING' : `DO UPDATE SET ${others.join(', ')}`}`
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    const batch = rows.slice(from, from + ROWS_AT_ONCE).map((row) => fields.map((field) => row[field] ?? null))
    await tx.$executeRawUnsafe(sql, JSON.stringify(batch))
  }
}

/** Deletes rows by their keys. */
export async function deleteRows(tx: Transaction, table: string, rule: TableRule, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return
  await tx.$executeRawUnsafe(`DELETE FROM "${sqlName(table)}" WHERE ${keysOf(rule)}`, keysJson(rule, rows))
}

/** Frees the other unique keys of rows that are about to change or go, where the table has some. */
export async function stepAside(tx: Transaction, table: string, rule: TableRule, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0 || !rule.stepAside) return
  await tx.$executeRawUnsafe(
    `UPDATE "${sqlName(table)}" SET ${rule.stepAside} WHERE ${keysOf(rule)}`,
    keysJson(rule, rows),
  )
}

const keyColumns = (rule: TableRule) => rule.key.map((field) => `"${sqlName(field)}"`).join(', ')
const keysOf = (rule: TableRule) =>
  `(${keyColumns(rule)}) IN (SELECT ${rule.key.map((_, index) => `json_extract(value, '$[${index}]')`).join(', ')} FROM json_each(?))`
const keysJson = (rule: TableRule, rows: readonly Row[]) =>
  JSON.stringify(rows.map((row) => rule.key.map((field) => row[field])))
