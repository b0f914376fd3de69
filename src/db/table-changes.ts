import { packedRows } from '../model/packed-rows.ts'
import type { Transaction } from './database.ts'
import { hasChanges, NO_CHANGES, type RowChanges, rowChanges } from './row-changes.ts'
import type { TableRule } from './tables.ts'
import { deleteRows, type Row, stepAside, writePacked, writeRows } from './write-rows.ts'

/** What has to happen to each table of a record. */
export type Changes<T> = Map<keyof T & string, RowChanges>
export type Rules<T> = { readonly [K in keyof T]: TableRule }
type Reader = { findMany(query: { where: object; select?: object }): Promise<Row[]> }

/** Tables and their rules, parents first. */
export const tablesOf = <T>(rules: Rules<T>) => Object.entries(rules) as [keyof T & string, TableRule][]
export const reader = (tx: Transaction, table: string) => (tx as unknown as Record<string, Reader>)[table] as Reader

/**
 * Compares what stands in the database with what should.
 *
 * @param owner       the condition on the rows that belong to the record
 * @param exceptions  the condition for a table whose rows say it otherwise
 */
export async function changesOf<T extends object>(
  tx: Transaction,
  rules: Rules<T>,
  wanted: T,
  owner: object,
  exceptions: Partial<Record<keyof T, object>>,
): Promise<Changes<T>> {
  const changes: Changes<T> = new Map()
  for (const [table, rule] of tablesOf(rules)) {
    const standing = await reader(tx, table).findMany({ where: exceptions[table] ?? owner })
    changes.set(table, rowChanges(rule, standing, wanted[table] as readonly Row[]))
  }
  return changes
}

/** What is a study's own otherwise than by the column that names it. */
export const ownRowsOf = (study: string) => ({
  study: { id: study },
  studyPublication: { studyId: study, tiedBy: 'study' },
})

/** What has to happen where nothing stands. */
export const additions = <T extends object>(rules: Rules<T>, wanted: T): Changes<T> =>
  new Map(tablesOf(rules).map(([table]) => [table, { ...NO_CHANGES, added: wanted[table] as readonly Row[] }] as const))

/** The rows of several records, table by table. */
export const joinedRows = <T extends object>(rules: Rules<T>, all: readonly T[]): T =>
  Object.fromEntries(
    tablesOf(rules).map(([table]) => [table, all.flatMap((rows) => rows[table] as readonly Row[])]),
  ) as T

/** What has to happen for several records. */
export function mergedChanges<T extends object>(all: readonly Changes<T>[]): Changes<T> {
  const [first, ...others] = all
  if (others.length === 0) return first ?? new Map()
  const tables = new Set(all.flatMap((changes) => [...changes.keys()]))
  return new Map(
    [...tables].map((table) => {
      const each = all.map((changes) => changes.get(table) ?? NO_CHANGES)
      return [
        table,
        {
          added: each.flatMap(({ added }) => added),
          changed: each.flatMap(({ changed }) => changed),
          removed: each.flatMap(({ removed }) => removed),
        },
      ] as const
    }),
  )
}

export const changedTables = <T>(changes: Changes<T>) =>
  [...changes].filter(([, change]) => hasChanges(change)).map(([table]) => table)
export const differ = <T>(changes: Changes<T>) => changedTables(changes).length > 0

/** Parents come before children … */
export async function write<T extends object>(tx: Transaction, rules: Rules<T>, changes: Changes<T>): Promise<void> {
  for (const [table, rule] of tablesOf(rules)) {
    const { changed, removed } = changes.get(table) ?? NO_CHANGES
    await stepAside(tx, table, rule, [...changed.map(({ before }) => before), ...removed])
  }
  for (const [table, rule] of tablesOf(rules)) {
    const { added, changed } = changes.get(table) ?? NO_CHANGES
    await writeRows(tx, table, rule, [...added, ...changed.map(({ after }) => after)])
  }
}

/** The same for records of which nothing is there yet. */
export async function writeNew<T extends object>(tx: Transaction, rules: Rules<T>, all: readonly T[]): Promise<void> {
  for (const [table, rule] of tablesOf(rules)) {
    const packed = all.map((rows) => packedRows(rows, table))
    await writePacked(
      tx,
      table,
      rule,
      packed.flatMap((rows) => rows ?? []),
    )
    const plain = all.filter((_, index) => packed[index] === undefined)
    await writeRows(
      tx,
      table,
      rule,
      plain.flatMap((rows) => rows[table] as readonly Row[]),
    )
  }
}

/** … and go after them. */
export async function remove<T extends object>(tx: Transaction, rules: Rules<T>, changes: Changes<T>): Promise<void> {
  for (const [table, rule] of tablesOf(rules).reverse())
    await deleteRows(tx, table, rule, (changes.get(table) ?? NO_CHANGES).removed)
}
