import Driver from 'better-sqlite3'
import { readSchema } from '../../scripts/prisma-schema.ts'
import { PUBLICATION_TABLES, STUDY_TABLES, sqlName } from '../../src/db/tables.ts'
import { ROOT } from '../scratch.ts'

type Rows = readonly Readonly<Record<string, unknown>>[]
/** A database's rows by table. */
export type Dump = Readonly<Record<string, Rows>>

const TABLES = readSchema(`${ROOT}prisma/schema`).models.map(({ table }) => table)
const OF_STUDIES = [...Object.keys(STUDY_TABLES), ...Object.keys(PUBLICATION_TABLES)].map(sqlName)

/** Every row of every table with the place that SQLite gave it: two dumps are equal when nothing was written between. */
export const dump = (file: string): Dump =>
  read(file, TABLES, (table) => `SELECT rowid, * FROM "${table}" ORDER BY rowid`)

/**
 * What studies and their publications say, wherever the rows lie: what loads should make, whatever was there before. A
 * publication that no study reports any more may stay: it is nobody's.
 */
export const contents = (file: string): Dump =>
  read(file, OF_STUDIES, (table) => {
    const key = table === 'publication' ? 'id' : 'publication_id'
    const reported = isOfPublications(table) ? `WHERE "${key}" IN (SELECT publication_id FROM study_publication)` : ''
    return `SELECT * FROM "${table}" ${reported} ORDER BY 1, 2, 3`
  })

const isOfPublications = (table: string) => Object.keys(PUBLICATION_TABLES).map(sqlName).includes(table)

function read(file: string, tables: readonly string[], query: (table: string) => string): Dump {
  const db = new Driver(file, { readonly: true })
  try {
    return Object.fromEntries(tables.map((table) => [table, db.prepare(query(table)).all() as unknown as Rows]))
  } finally {
    db.close()
  }
}

/** A dump without the rows that belong to a study. */
export const without = (all: Dump, slug: string): Dump =>
  Object.fromEntries(
    Object.entries(all).map(([table, rows]) => [
      table,
      rows.filter((row) => row.study_id !== slug && !(table === 'study' && row.id === slug)),
    ]),
  )
