import { PUBLICATION_TABLES, STUDY_TABLES, VOCABULARY_TABLES } from '../src/db/tables.ts'
import type { StudyRecord } from '../src/model/study-record.ts'

type Rows = Readonly<Record<string, readonly object[]>>
type Rules = Readonly<Record<string, { readonly key: readonly string[] }>>

/**
 * A record without what the database adds by itself (which stored publication a notice points at, a term's scope note),
 * each table in the order of its keys: two are equal when they say the same.
 */
export const sortedRecord = (record: StudyRecord) => ({
  slug: record.slug,
  ...sortedPublications(record),
  rows: sorted({ ...record.rows }, STUDY_TABLES),
})

/** The same of what studies and reviews share. */
export const sortedPublications = ({ vocabulary, publications }: Pick<StudyRecord, 'vocabulary' | 'publications'>) => ({
  vocabulary: sorted(
    { ...vocabulary, meshDescriptor: vocabulary.meshDescriptor.map((row) => ({ ...row, scopeNote: null })) },
    VOCABULARY_TABLES,
  ),
  publications: publications.map((rows) =>
    sorted(
      { ...rows, publicationLink: rows.publicationLink.map((row) => ({ ...row, linkedPublicationId: null })) },
      PUBLICATION_TABLES,
    ),
  ),
})

export const sorted = (tables: object, rules: Rules): Rows =>
  Object.fromEntries(
    Object.entries(tables as Rows).map(([table, rows]) => {
      const keyOf = (row: object) =>
        JSON.stringify((rules[table]?.key ?? []).map((field) => (row as Readonly<Record<string, unknown>>)[field]))
      return [table, [...rows].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))]
    }),
  )
