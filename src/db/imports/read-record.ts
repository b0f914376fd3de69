import type { RecordFormat } from '../../generated/prisma/enums.ts'
import type { Reading } from '../../model/reading.ts'

/** A record that was read, on its way into the database. */
export interface ReadRecord {
  /** `<family>:<the record's own key>`. */
  readonly key: string
  readonly format: RecordFormat
  /** The version of the reader. */
  readonly readBy: number
  /** Of its bytes. */
  readonly sha256: string
  /** Its bytes, deflated, in base64. */
  readonly content: string
  readonly reading: Exclude<Reading, { kind: 'deletion' | 'review' }>
}

export interface PublicationRecordRead extends ReadRecord {
  readonly reading: Extract<Reading, { kind: 'publication' }>
}

export interface StudyRecordRead extends ReadRecord {
  readonly reading: Extract<Reading, { kind: 'study' }>
}

/** Reads a record that is held again, from its kept bytes. */
export type ReadAgain = (format: RecordFormat, content: string) => Reading
