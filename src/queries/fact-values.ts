import type { Transaction } from '../db/connect.ts'

export type Value = string | number | boolean | null

interface FactRow {
  /** `<study>/<table>/<row>/<field>`. */
  readonly id: string
  readonly studyId: string
  readonly field: string
}
type Reader = { findMany(query: { where: object }): Promise<Record<string, Value>[]> }

/** The table that holds a fact's row. */
export const tableOf = (fact: FactRow): string => fact.id.slice(fact.studyId.length + 1).split('/')[0] ?? ''

/** The key of a fact's row within its study. */
export const rowOf = (fact: FactRow): string =>
  fact.id.slice(fact.studyId.length + tableOf(fact).length + 2, -(fact.field.length + 1))

/** The value of each fact, by the fact's key: the field of the row that it is about. */
export async function factValues(db: Transaction, facts: readonly FactRow[]): Promise<ReadonlyMap<string, Value>> {
  const keys = new Map<string, Set<string>>()
  for (const fact of facts) keys.set(tableOf(fact), (keys.get(tableOf(fact)) ?? new Set()).add(keyOf(fact)))
  const rows = new Map<string, Record<string, Value>>()
  for (const [table, ids] of keys) {
    const reader = (db as unknown as Record<string, Reader>)[camel(table)]
    for (const row of (await reader?.findMany({ where: { id: { in: [...ids] } } })) ?? [])
      rows.set(`${table} ${row.id}`, row)
  }
  return new Map(
    facts.map((fact) => [fact.id, rows.get(`${tableOf(fact)} ${keyOf(fact)}`)?.[camel(fact.field)] ?? null]),
  )
}

/** The whole key of a fact's row. */
const keyOf = (fact: FactRow): string => (tableOf(fact) === 'study' ? fact.studyId : `${fact.studyId}/${rowOf(fact)}`)

const camel = (name: string) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
