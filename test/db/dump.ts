import { PUBLICATION_TABLES, STUDY_TABLES, sqlName } from '../../src/db/tables.ts'
import { ENGINE } from '../engines.ts'
import type { ScratchDatabase } from '../scratch.ts'
import { keyOf, TABLES } from './models.ts'

export type DumpedRow = Readonly<Record<string, unknown>>
/** A database's rows by table, in the order of their keys. */
export type Dump = Readonly<Record<string, readonly DumpedRow[]>>

const OF_PUBLICATIONS = Object.keys(PUBLICATION_TABLES).map(sqlName)
const OF_STUDIES = [...Object.keys(STUDY_TABLES).map(sqlName), ...OF_PUBLICATIONS]

/** Where a row lies, and on PostgreSQL which transaction put it there: a row that is written anew has others. */
const PLACE = { sqlite: ['rowid'], postgresql: ['ctid', 'xmin'] }[ENGINE]

/** Every row of every table, and its place: two dumps are equal when nothing was written between. */
export const dump = (scratch: ScratchDatabase): Promise<Dump> =>
  read(scratch, TABLES, (table) => `SELECT ${PLACE.map(asText).join(', ')}, * FROM "${table}"`)

const asText = (column: string) => `CAST(${column} AS text) AS "${column}"`

/** A row of a dump without what changes when it is updated in place. On SQLite that is nothing. */
export const valuesOf = ({ ctid, xmin, ...values }: DumpedRow): DumpedRow => values

/**
 * What studies and their publications say, wherever the rows lie: what loads should make, whatever was there before. A
 * publication that no study reports any more may stay: it is nobody's.
 */
export const contents = (scratch: ScratchDatabase): Promise<Dump> =>
  read(scratch, OF_STUDIES, (table) => {
    const key = table === 'publication' ? 'id' : 'publication_id'
    const reported = OF_PUBLICATIONS.includes(table)
      ? `WHERE "${key}" IN (SELECT publication_id FROM study_publication)`
      : ''
    return `SELECT * FROM "${table}" ${reported}`
  })

async function read(
  scratch: ScratchDatabase,
  tables: readonly string[],
  query: (table: string) => string,
): Promise<Dump> {
  const ordered = (table: string) =>
    `${query(table)} ORDER BY ${keyOf(table)
      .map((column) => `"${column}"`)
      .join(', ')}`
  if (ENGINE === 'sqlite') {
    const rows = tables.map(async (table) => [table, await scratch.rows<DumpedRow>(ordered(table))] as const)
    return Object.fromEntries(await Promise.all(rows))
  }
  // All in one statement, which sees one moment and needs one connection.
  const all = await scratch.rows<{ name: string; rows: readonly DumpedRow[] | null }>(
    tables
      .map((table) => `SELECT '${table}' AS name, (SELECT json_agg(row) FROM (${ordered(table)}) AS row) AS rows`)
      .join(' UNION ALL '),
  )
  return Object.fromEntries(all.map(({ name, rows }) => [name, rows ?? []]))
}

/** A dump without the rows that belong to a study. */
export const without = (all: Dump, slug: string): Dump =>
  Object.fromEntries(
    Object.entries(all).map(([table, rows]) => [
      table,
      rows.filter((row) => row.study_id !== slug && !(table === 'study' && row.id === slug)),
    ]),
  )
