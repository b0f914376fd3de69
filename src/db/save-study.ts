import type { StudyRecord } from '../model/study-record.ts'
import { changesInWords } from './changes-in-words.ts'
import type { Database, Transaction } from './database.ts'
import {
  movesOf,
  moveWhatPointsAt,
  publicationChanges,
  publicationIds,
  publicationNames,
  tieLinks,
} from './publication-changes.ts'
import { type ImportOrigin, recordImport } from './record-import.ts'
import { refuseIfInUse } from './refuse-if-in-use.ts'
import { tieReports, untie } from './reports/tie-reports.ts'
import { saveVocabulary } from './save-vocabulary.ts'
import { additions, changesOf, differ, ownRowsOf, remove, write } from './table-changes.ts'
import { PUBLICATION_TABLES, STUDY_TABLES } from './tables.ts'
import { inWriteTransaction } from './write-transaction.ts'

export type SaveResult = 'created' | 'updated' | 'unchanged'

export interface SaveOptions {
  /** Nothing is kept; what would happen is told all the same. */
  readonly dryRun?: boolean
  /** Told what changes, in words, of something that is in the database already. */
  readonly onChanges?: (changes: readonly string[]) => void
}

/**
 * Saves a study whole or not at all. What stands in the database is compared with what the record says, row by row:
 * rows that differ are changed in place, rows that the record no longer has go, and a study that is already as the
 * record says is left alone, so that a second load changes nothing and an edit made by hand is seen.
 *
 * @throws EvidenceError STUDY_IN_USE         a review holds a row that would go or change its meaning
 * @throws EvidenceError SHARED_ROW_CONFLICT  a publication, MeSH term or appraisal tool stands in the database with another
 *                                            content
 * @throws EvidenceError DATABASE_BUSY, CONSTRAINT_VIOLATED, DATABASE_NOT_WRITABLE, DATABASE_NOT_REACHABLE,
 *                       DATABASE_ACCESS_DENIED  as the database says
 */
export const saveStudy = (
  db: Database,
  record: StudyRecord,
  origin: ImportOrigin,
  options: SaveOptions = {},
): Promise<SaveResult> =>
  inWriteTransaction(
    db,
    `the study ${record.slug}`,
    namesOfStudy(record),
    (tx) => saveStudyWithin(tx, record, origin, options),
    {
      undo: options.dryRun ?? false,
    },
  )

/**
 * What a record writes, and what decides how: the study, the numbers by which others tie publications to it, its
 * publications by all their numbers, and those they name.
 */
export const namesOfStudy = ({ slug, publications, rows }: StudyRecord): readonly string[] => [
  `study ${slug}`,
  ...rows.studyIdentifier.flatMap(({ registry, value }) => (registry === 'sponsor' ? [] : [`number ${value}`])),
  ...publicationNames(publications),
]

/** The same as part of a transaction that holds the locks of `namesOfStudy`. */
export async function saveStudyWithin(
  tx: Transaction,
  record: StudyRecord,
  origin: ImportOrigin,
  { onChanges }: SaveOptions = {},
): Promise<SaveResult> {
  const exists = (await tx.study.count({ where: { id: record.slug } })) > 0
  const vocabulary = await saveVocabulary(tx, record.vocabulary)
  const publications = await publicationChanges(tx, { study: record.slug }, record.publications)
  // Of a study that isn't there no row can be: each points at it.
  const study = exists
    ? await changesOf(tx, STUDY_TABLES, record.rows, { studyId: record.slug }, ownRowsOf(record.slug))
    : additions(STUDY_TABLES, record.rows)
  if (exists) await refuseIfInUse(tx, record.slug, study)
  // Quotes stand on a publication's text: it comes before them, and what goes of it goes after them.
  const changes = differ(publications) || differ(study)
  if (changes) await untie(tx, { studies: [record.slug] })
  await write(tx, PUBLICATION_TABLES, publications)
  await write(tx, STUDY_TABLES, study)
  await moveWhatPointsAt(tx, movesOf(publications))
  await remove(tx, STUDY_TABLES, study)
  await remove(tx, PUBLICATION_TABLES, publications)
  await tieLinks(tx, publications)
  if (changes) await tieReports(tx, { studies: [record.slug], publications: publicationIds(record.publications) })
  if (!vocabulary && !changes) return 'unchanged'
  if (exists) onChanges?.([...changesInWords(study), ...changesInWords(publications)])
  await recordImport(tx, origin, { studyId: record.slug })
  return exists ? 'updated' : 'created'
}
