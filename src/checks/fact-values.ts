import { clientName } from '../model/client-name.ts'
import { factKeyOf } from '../model/fact-key.ts'
import { type FactTable, NUMBER_FIELDS } from '../model/facts.ts'
import type { StudyRecord, StudyRows } from '../model/study-record.ts'

export type FactValue = string | number | boolean | null
export type AnyRow = Readonly<Record<string, FactValue>>

/** What a fact is about: its value, and the row that holds it. */
export interface RowOfFact {
  readonly value: FactValue
  readonly row: AnyRow
}

/** A stored number, by the key that its fact has or would have. */
export interface StoredNumber {
  readonly fact: string
  readonly table: FactTable
  readonly row: string
  readonly field: string
  readonly value: number
}

/** The value and row of each fact of a study, by the fact's key. */
export function rowsOfFacts({ rows }: StudyRecord): ReadonlyMap<string, RowOfFact> {
  const byTable = new Map<string, ReadonlyMap<string, AnyRow>>()
  const rowsById = (table: string) => {
    const known = byTable.get(table)
    if (known) return known
    const byId = new Map(rowsOf(rows, table).map((row) => [String(row.id), row]))
    byTable.set(table, byId)
    return byId
  }
  const found = new Map<string, RowOfFact>()
  for (const { id, field } of rows.fact) {
    const { table, rowId } = factKeyOf(id)
    const row = rowsById(table).get(rowId)
    if (row) found.set(id, { row, value: row[clientName(field)] ?? null })
  }
  return found
}

/** Every number that a study's rows hold. */
export function storedNumbers({ slug, rows }: StudyRecord): readonly StoredNumber[] {
  return Object.entries(NUMBER_FIELDS).flatMap(([table, fields]) =>
    rowsOf(rows, table).flatMap((row) => {
      const key = String(row.id).slice(slug.length + 1)
      return fields.flatMap((field): StoredNumber[] => {
        const value = row[clientName(field)]
        if (typeof value !== 'number') return []
        return [{ fact: `${slug}/${table}/${key}/${field}`, table: table as FactTable, row: key, field, value }]
      })
    }),
  )
}

const rowsOf = (rows: StudyRows, table: string): readonly AnyRow[] =>
  (rows as unknown as Readonly<Record<string, readonly AnyRow[]>>)[clientName(table)] ?? []
