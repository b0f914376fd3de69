import type { Transaction } from '../db/connect.ts'
import { clientName } from '../model/client-name.ts'
import { factKeyOf } from '../model/fact-key.ts'

export type Value = string | number | boolean | null

interface FactRow {
  /** `<study>/<table>/<row>/<field>`. */
  readonly id: string
  readonly field: string
}
type Reader = { findMany(query: { where: object }): Promise<Record<string, Value>[]> }

/** The value of each fact, by the fact's key: the field of the row that it is about. */
export async function factValues(db: Transaction, facts: readonly FactRow[]): Promise<ReadonlyMap<string, Value>> {
  const keys = new Map<string, Set<string>>()
  for (const { id } of facts) {
    const { table, rowId } = factKeyOf(id)
    keys.set(table, (keys.get(table) ?? new Set()).add(rowId))
  }
  const rows = new Map<string, Record<string, Value>>()
  for (const [table, ids] of keys) {
    const reader = (db as unknown as Record<string, Reader>)[clientName(table)]
    for (const row of (await reader?.findMany({ where: { id: { in: [...ids] } } })) ?? [])
      rows.set(`${table} ${row.id}`, row)
  }
  return new Map(
    facts.map(({ id, field }) => {
      const { table, rowId } = factKeyOf(id)
      return [id, rows.get(`${table} ${rowId}`)?.[clientName(field)] ?? null]
    }),
  )
}
