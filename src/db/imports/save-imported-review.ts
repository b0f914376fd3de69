import type { StudyOfReview } from '../../model/reading.ts'
import type { ReviewRecord } from '../../model/review-record.ts'
import { shortened } from '../../model/shortened.ts'
import type { Transaction } from '../database.ts'
import { saveReviewWithin } from '../save-review.ts'
import { PROCESS_TABLES } from '../tables.ts'
import { writeRows } from '../write-rows.ts'
import { ownRecordRow, type ReviewRecordRead } from './read-record.ts'

export interface SavedReview {
  readonly isChanged: boolean
  /** What is worth knowing of it. */
  readonly notes: readonly string[]
}

/**
 * Saves a review after its studies, with its record. It is there without results of the studies that can't be read or weren't
 * saved, and without those that the database doesn't have: what it says of the others is as good as it is. Studies that an
 * earlier file of the review had and this one hasn't stay, and are told.
 *
 * @param refused  keys of studies that weren't saved
 */
export async function saveImportedReview(
  tx: Transaction,
  importRunId: number,
  read: ReviewRecordRead,
  refused: ReadonlySet<string>,
): Promise<SavedReview> {
  const { record, studies, key } = read.reading
  const slugs = studies.map(({ slug }) => slug)
  const rows = await tx.study.findMany({ where: { id: { in: slugs } }, select: { id: true } })
  const held = new Set(rows.map(({ id }) => id))
  const without = studies.filter(({ slug, isRead }) => !isRead || refused.has(slug) || !held.has(slug))
  const result = await saveReviewWithin(tx, withoutResults(record, without, held))
  const isKept = await keepRecord(tx, importRunId, read)
  const family = read.key.slice(0, -key.length)
  const gone = await goneStudies(tx, `${read.key}/`, new Set(studies.map((study) => `${family}${study.key}`)))
  return {
    isChanged: result !== 'unchanged' || isKept,
    notes: [...(without.length === 0 ? [] : [leftOut(without)]), ...(gone.length === 0 ? [] : [notInFile(gone)])],
  }
}

/** @returns whether it is another than before, or read by another reader */
async function keepRecord(tx: Transaction, importRunId: number, read: ReviewRecordRead): Promise<boolean> {
  const select = { sha256: true, readBy: true, reviewId: true }
  const before = await tx.importedRecord.findUnique({ where: { key: read.key }, select })
  const row = ownRecordRow(read, importRunId)
  if (before?.sha256 === row.sha256 && before.readBy === row.readBy && before.reviewId === row.reviewId) return false
  await writeRows(tx, 'importedRecord', PROCESS_TABLES.importedRecord, [row])
  return true
}

function leftOut(studies: readonly StudyOfReview[]): string {
  const names = shortened(
    studies.map(({ slug }) => slug),
    ', ',
  )
  return `${counted(studies.length)} can't be saved as the file has ${studies.length === 1 ? 'it' : 'them'}; the review is without results of: ${names}`
}

function notInFile(slugs: readonly string[]): string {
  const [are, stay, they] = slugs.length === 1 ? ['is', 'stays', 'it is'] : ['are', 'stay', 'they are']
  return `${counted(slugs.length)} of the review before ${are} not in this file, and ${stay} as ${they}: ${shortened(slugs, ', ')}`
}

function withoutResults(
  record: ReviewRecord,
  without: readonly StudyOfReview[],
  held: ReadonlySet<string>,
): ReviewRecord {
  const left = new Set(without.map(({ slug }) => slug))
  const reviewStudy = record.rows.reviewStudy.filter(({ studyId }) => studyId === null || held.has(studyId))
  const reviewResult = record.rows.reviewResult.filter(({ studyId }) => !left.has(studyId))
  return { ...record, rows: { ...record.rows, reviewStudy, reviewResult } }
}

/** The studies that earlier files of a review brought, and this one doesn't have. */
async function goneStudies(tx: Transaction, prefix: string, keys: ReadonlySet<string>): Promise<readonly string[]> {
  const records = await tx.importedRecord.findMany({
    where: { key: { startsWith: prefix }, studyId: { not: null } },
    select: { key: true, studyId: true },
    orderBy: { key: 'asc' },
  })
  // To the database, letters of both cases may be one, and some of them anything.
  return records.flatMap(({ key, studyId }) => (key.startsWith(prefix) && !keys.has(key) && studyId ? [studyId] : []))
}

const counted = (number: number) => (number === 1 ? '1 study' : `${number.toLocaleString('en')} studies`)
