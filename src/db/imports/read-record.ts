import type { ImportedRecord } from '../../generated/prisma/client.ts'
import type { RecordFormat } from '../../generated/prisma/enums.ts'
import type { Reading, ReviewReading } from '../../model/reading.ts'

/** A record as it is kept. */
export interface KeptRecord {
  /** `<family>:<the record's own key>`. */
  readonly key: string
  readonly format: RecordFormat
  /** The version of the reader. */
  readonly readBy: number
  /** Of its bytes. */
  readonly sha256: string
  /** Its bytes, deflated, in base64. */
  readonly content: string
}

/** A record that was read, on its way into the database. */
export interface ReadRecord extends KeptRecord {
  readonly reading: Exclude<Reading, { kind: 'deletion' | 'review' }>
}

export interface PublicationRecordRead extends ReadRecord {
  readonly reading: Extract<Reading, { kind: 'publication' }>
}

export interface StudyRecordRead extends ReadRecord {
  readonly reading: Extract<Reading, { kind: 'study' }>
}

/** The record of a review, which its studies' records come before. */
export interface ReviewRecordRead extends KeptRecord {
  readonly reading: ReviewReading
}

/** The row of a record that describes a study or a review, and was never looked for among others. */
export const ownRecordRow = (
  { key, format, sha256, content, readBy, reading }: StudyRecordRead | ReviewRecordRead,
  importRunId: number,
): ImportedRecord => ({
  key,
  format,
  publicationId: null,
  studyId: reading.kind === 'study' ? reading.record.slug : null,
  reviewId: reading.kind === 'review' ? reading.record.slug : null,
  importRunId,
  sha256,
  content,
  readBy,
  revision: reading.revision ?? null,
  databaseName: null,
  titleKey: null,
  matchedBy: null,
  score: null,
  reason: null,
})

/** Reads a record that is held again, from its kept bytes. */
export type ReadAgain = (format: RecordFormat, content: string) => Reading
