import { Prisma } from '../generated/prisma/client.ts'
import type { Transaction } from './database.ts'
import { engineOf } from './engine.ts'

/** SQL with its values apart from it, to be put together from parts: what a person wrote never becomes a part of it. */
export type Sql = Prisma.Sql
export const { sql, join, raw } = Prisma

/** Whether a text has another one within, ASCII letters in any case. */
export const contains = (tx: Transaction, column: string, words: string): Sql => {
  const find = { sqlite: 'instr', postgresql: 'strpos' }[engineOf(tx)]
  return sql`${raw(`${find}(lower(${column}),`)} ${folded(words)}) > 0`
}

/** ASCII letters in lower case, as lower() makes them on both engines; others stay. */
export const folded = (words: string): string => words.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())

/** The values of a list as rows of one column: one parameter, however many there are. */
export const listed = (tx: Transaction, values: readonly string[]): Sql =>
  engineOf(tx) === 'sqlite'
    ? sql`SELECT value FROM json_each(${JSON.stringify(values)})`
    : sql`SELECT value FROM jsonb_array_elements_text(${JSON.stringify(values)}::jsonb) AS value`

/**
 * Whether an indexed column has one of a list's values. PostgreSQL takes the rows of a function for a hundred, and would read
 * a whole table for the sake of one; for an array it asks the index. Where the table is read anyway, `IN` is quicker.
 */
export const isAmong = (tx: Transaction, column: Sql, values: readonly string[]): Sql =>
  engineOf(tx) === 'sqlite'
    ? sql`${column} IN (${listed(tx, values)})`
    : sql`${column} = ANY (ARRAY(${listed(tx, values)}))`
