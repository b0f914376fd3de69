import type { StudyRecord } from '../../model/study-record.ts'
import type { Transaction } from '../database.ts'
import { changesToPublication } from '../publication-changes.ts'
import { readStudies } from '../read-study.ts'
import { tablesOf } from '../table-changes.ts'
import { PUBLICATION_TABLES, STUDY_TABLES } from '../tables.ts'
import type { Row } from '../write-rows.ts'
import { describedByOthers } from './cited-publications.ts'
import { changedFields, type Difference, differencesOf, type ReadAgainRecord } from './record-differences.ts'

/** Where studies stand here otherwise than in the records that they were read from. */
export async function studyDifferences(
  tx: Transaction,
  records: readonly ReadAgainRecord[],
): Promise<readonly Difference[]> {
  const kept = records.flatMap(({ row, reading }) =>
    reading.kind === 'study' ? [{ key: row.key, record: reading.record }] : [],
  )
  const standing = new Map<string, StudyRecord>()
  const slugs = kept.map(({ record }) => record.slug)
  for await (const study of readStudies(tx, slugs)) standing.set(study.slug, study)
  const found: Difference[] = []
  for (const { key, record } of kept) {
    const here = standing.get(record.slug)
    if (here === undefined) continue
    for (const [table, rule] of tablesOf(STUDY_TABLES)) {
      const wanted = table === 'studyPublication' ? linksAsTheyStand(here, record) : record.rows[table]
      found.push(...differencesOf(key, table, rule, here.rows[table], wanted as readonly Row[]))
    }
    found.push(...(await citedDifferences(tx, key, here, record)))
  }
  return found
}

/**
 * The record's references under the keys that their publications have here by now. One that is gone was of a publication
 * that another reference is of.
 */
function linksAsTheyStand({ rows }: StudyRecord, record: StudyRecord): StudyRecord['rows']['studyPublication'] {
  const byCode = new Map(rows.studyPublication.map((link) => [link.code, link]))
  return record.rows.studyPublication.flatMap((link) => {
    const standing = byCode.get(link.code)
    return standing === undefined ? [] : [{ ...link, publicationId: standing.publicationId }]
  })
}

/** The same of publications that nothing but this study's references made. */
async function citedDifferences(
  tx: Transaction,
  key: string,
  here: StudyRecord,
  record: StudyRecord,
): Promise<readonly Difference[]> {
  const links = new Map(here.rows.studyPublication.map(({ publicationId, code }) => [publicationId, code]))
  const cited = record.publications.filter(({ publication: [row] }) => row !== undefined && links.has(row.id))
  if (cited.length === 0) return []
  const ids = cited.flatMap(({ publication }) => publication.map(({ id }) => id))
  const others = await describedByOthers(tx, record.slug, ids)
  const found: Difference[] = []
  for (const rows of cited) {
    const [publication] = rows.publication
    if (publication === undefined || others.has(publication.id)) continue
    const changes = await changesToPublication(tx, publication.id, rows)
    for (const [table, rule] of tablesOf(PUBLICATION_TABLES))
      found.push(...changedFields(key, table, rule, changes.get(table)))
  }
  return found
}
