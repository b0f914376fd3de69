import type { TableRule } from './tables.ts'
import type { Row } from './write-rows.ts'

/** What has to happen to a table for it to hold the wanted rows. */
export interface RowChanges {
  readonly added: readonly Row[]
  readonly changed: readonly { readonly before: Row; readonly after: Row }[]
  readonly removed: readonly Row[]
}

export const NO_CHANGES: RowChanges = { added: [], changed: [], removed: [] }

/** Compares the rows that stand in the database with those that should, by key and then field by field. */
export function rowChanges(rule: TableRule, standing: readonly Row[], wanted: readonly Row[]): RowChanges {
  const keyOf = (row: Row) => JSON.stringify(rule.key.map((field) => row[field]))
  const before = new Map(standing.map((row) => [keyOf(row), row]))
  const after = new Set(wanted.map(keyOf))
  const added: Row[] = []
  const changed: { before: Row; after: Row }[] = []
  for (const row of wanted) {
    const old = before.get(keyOf(row))
    if (!old) added.push(row)
    else if (Object.keys(row).some((field) => row[field] !== old[field])) changed.push({ before: old, after: row })
  }
  return { added, changed, removed: standing.filter((row) => !after.has(keyOf(row))) }
}

export const hasChanges = ({ added, changed, removed }: RowChanges): boolean =>
  added.length + changed.length + removed.length > 0
