import type { MeshOf } from '../../model/publication-of-records.ts'
import type { PublicationRecord } from '../../model/publication-record.ts'
import type { PublicationDetails } from '../../model/publication-rows.ts'
import type { Transaction } from '../database.ts'
import { valuesOf } from '../rows-as-json.ts'
import { isAmong, type Sql, sql } from '../sql.ts'

/** MeSH's identifiers of headings that records have by their names alone. */
export async function meshNames(tx: Transaction, records: readonly PublicationRecord[]): Promise<MeshOf> {
  const headings = records.flatMap((record) => record.headings)
  if (headings.length === 0) return () => undefined
  const identifiersOf = async (table: Sql, names: readonly string[]) =>
    new Map(
      await valuesOf<readonly [name: string, ui: string]>(
        tx,
        ['name', 'ui'],
        sql`SELECT "name", "ui" FROM ${table} WHERE ${isAmong(tx, sql`"name"`, distinct(names))}`,
      ),
    )
  const descriptorUi = await identifiersOf(
    sql`"mesh_descriptor"`,
    headings.map(({ descriptor }) => descriptor),
  )
  const qualifierUi = await identifiersOf(
    sql`"mesh_qualifier"`,
    headings.flatMap((heading) => heading.qualifiers.map(({ name }) => name)),
  )
  return (heading) => {
    const ui = descriptorUi.get(heading.descriptor)
    if (ui === undefined) return undefined
    const line = { descriptor: heading.descriptor, ui, ...(heading.major ? { major: true } : {}) }
    const lines: NonNullable<PublicationDetails['mesh']> = []
    for (const { name, major } of heading.qualifiers) {
      const known = qualifierUi.get(name)
      if (known === undefined) return undefined
      lines.push({ ...line, qualifier: { name, ui: known, ...(major ? { major: true } : {}) } })
    }
    return lines.length === 0 ? [line] : lines
  }
}

const distinct = (names: readonly string[]): string[] => [...new Set(names)]
