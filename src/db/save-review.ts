import { EvidenceError } from '../errors.ts'
import type { ReviewRecord } from '../model/review-record.ts'
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
import { tieReports } from './reports/tie-reports.ts'
import { namesOfStudy, type SaveOptions, type SaveResult, saveStudyWithin } from './save-study.ts'
import { saveVocabulary } from './save-vocabulary.ts'
import { changesOf, differ, remove, write } from './table-changes.ts'
import { PUBLICATION_TABLES, REVIEW_TABLES } from './tables.ts'
import { inWriteTransaction } from './write-transaction.ts'

export interface ReviewSaveOptions extends SaveOptions {
  /** Of a dry run: the studies that would have been loaded before it, which the review may name like those that are there. */
  readonly after?: readonly StudyRecord[]
}

/**
 * Saves a review whole or not at all, as studies are saved. The studies that it names, with the outcomes and comparisons
 * that it chose of them, must be in the database.
 *
 * @throws EvidenceError REVIEW_STUDY_MISSING  a study, or a result of one, isn't there; all that are missing are listed
 * @throws EvidenceError SHARED_ROW_CONFLICT   a publication or MeSH term stands in the database with another content
 * @throws EvidenceError DATABASE_BUSY, CONSTRAINT_VIOLATED, DATABASE_NOT_WRITABLE, DATABASE_NOT_REACHABLE,
 *                       DATABASE_ACCESS_DENIED  as the database says
 */
export const saveReview = (
  db: Database,
  record: ReviewRecord,
  origin: ImportOrigin,
  { dryRun = false, after = [], onChanges }: ReviewSaveOptions = {},
): Promise<SaveResult> =>
  inWriteTransaction(
    db,
    `the review ${record.slug}`,
    [...namesOfReview(record), ...(dryRun ? after.flatMap(namesOfStudy) : [])],
    async (tx) => {
      if (dryRun) for (const study of after) await saveStudyWithin(tx, study, origin)
      return save(tx, record, origin, { ...(onChanges && { onChanges }) })
    },
    { undo: dryRun },
  )

/** What a review writes, and what decides how: its studies too, of which none may lose a result in the meantime. */
export const namesOfReview = ({ slug, publications, rows }: ReviewRecord): readonly string[] => [
  `review ${slug}`,
  ...rows.reviewStudy.flatMap(({ studyId }) => (studyId === null ? [] : [`study ${studyId}`])),
  ...publicationNames(publications),
]

async function save(
  tx: Transaction,
  record: ReviewRecord,
  origin: ImportOrigin,
  { onChanges }: SaveOptions,
): Promise<SaveResult> {
  const result = await saveReviewWithin(tx, record, onChanges)
  if (result !== 'unchanged') await recordImport(tx, origin, { reviewId: record.slug })
  return result
}

/** The same within a transaction that has locked its names, as a part of what else that does. */
export async function saveReviewWithin(
  tx: Transaction,
  record: ReviewRecord,
  onChanges?: SaveOptions['onChanges'],
): Promise<SaveResult> {
  const { slug } = record
  await requireStudies(tx, record)
  const exists = (await tx.review.count({ where: { id: slug } })) > 0
  const vocabulary = await saveVocabulary(tx, record.vocabulary)
  const publications = await publicationChanges(tx, { review: slug }, record.publications)
  const review = await changesOf(tx, REVIEW_TABLES, record.rows, { reviewId: slug }, { review: { id: slug } })
  await write(tx, PUBLICATION_TABLES, publications)
  await write(tx, REVIEW_TABLES, review)
  await moveWhatPointsAt(tx, movesOf(publications))
  await remove(tx, REVIEW_TABLES, review)
  await remove(tx, PUBLICATION_TABLES, publications)
  await tieLinks(tx, publications)
  if (differ(publications)) await tieReports(tx, { publications: publicationIds(record.publications) })
  if (!vocabulary && !differ(publications) && !differ(review)) return 'unchanged'
  if (exists) onChanges?.([...changesInWords(review), ...changesInWords(publications)])
  return exists ? 'updated' : 'created'
}

/** What a result of a review names of its study. */
const PARTS = [
  { field: 'outcomeId', what: 'outcome', table: 'outcome' },
  { field: 'comparisonId', what: 'comparison', table: 'comparison' },
  { field: 'timepointId', what: 'timepoint', table: 'timepoint' },
  { field: 'analysisSetId', what: 'analysis set', table: 'analysisSet' },
] as const

type Keys = { findMany(query: { where: object; select: object; orderBy: object }): Promise<{ id: string }[]> }

/** @throws EvidenceError REVIEW_STUDY_MISSING */
async function requireStudies(tx: Transaction, { slug, rows }: ReviewRecord): Promise<void> {
  const named = rows.reviewStudy.flatMap(({ studyId }) => studyId ?? [])
  const found = await tx.study.findMany({ where: { id: { in: named } }, select: { id: true } })
  const there = new Set(found.map(({ id }) => id))
  const missing = named.filter((id) => !there.has(id)).map((id) => `the study ${id}`)
  const results = rows.reviewResult.filter(({ studyId }) => there.has(studyId))
  for (const { field, what, table } of PARTS) {
    const keys = (tx as unknown as Readonly<Record<string, Keys>>)[table] as Keys
    const studies = [...new Set(results.filter((result) => result[field] !== null).map(({ studyId }) => studyId))]
    const known = (
      await keys.findMany({ where: { studyId: { in: studies } }, select: { id: true }, orderBy: { id: 'asc' } })
    ).map(({ id }) => id)
    const there = new Set(known)
    for (const result of results) {
      const key = result[field]
      if (key === null || there.has(key)) continue
      const codes = known
        .filter((id) => id.startsWith(`${result.studyId}/`))
        .map((id) => id.slice(result.studyId.length + 1))
      missing.push(`the ${what} ${key} (${codes.length === 0 ? 'the study has none' : `it has ${codes.join(', ')}`})`)
    }
  }
  if (missing.length > 0)
    throw new EvidenceError(
      'REVIEW_STUDY_MISSING',
      `The review ${slug} names what the database does not have; nothing of it was saved:\n${[...new Set(missing)].map((what) => `  ${what}`).join('\n')}\nLoad the study files first, or correct the names.`,
      { missing },
    )
}
