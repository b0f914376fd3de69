export type { RecordFormat, RecordMatch } from '../generated/prisma/enums.ts'

import type { PublicationRecord } from './publication-record.ts'
import type { ReviewRecord } from './review-record.ts'
import type { StudyRecord } from './study-record.ts'

/** One record of a file from elsewhere, as it stands there. */
export interface RawRecord {
  /** 1, 2, 3 … in the file's order. */
  readonly number: number
  /** The line of the file that it begins on, counted from 1. */
  readonly line: number
  /** The file within a packed file that it stands in. */
  readonly part?: string
  /** Why nothing can be read from here on, in that file: it has no bytes then. */
  readonly fault?: string
  /** Its bytes, in UTF-8 where the format says so, and not more: what a digest and a kept copy are made of. */
  readonly bytes: Uint8Array
  /** What it was put together from, where it is no stretch of a file: a review's file. This is kept instead of its bytes. */
  readonly whole?: Uint8Array
  /** What is worth knowing of it, though nothing is wrong. */
  readonly note?: string
}

/** What became of reading a record. */
export type Reading = PublicationReading | StudyReading | ReviewReading | DeletionReading

interface Read {
  /** What the record is known by within its format, from one file to the next: a PMID, NCT00067236. */
  readonly key: string
  /**
   * Leaves of the record that found no place in the model, as paths with `[]` for what repeats:
   * PubmedData/History/PubMedPubDate[]/Year. Each as often as it occurs.
   */
  readonly unmapped: readonly string[]
  /** What tells which of two contents of the record is newer, in byte order: 2018-03-05. */
  readonly revision?: string | undefined
}

interface PublicationReading extends Read {
  readonly kind: 'publication'
  readonly record: PublicationRecord
}

export interface StudyReading extends Read {
  readonly kind: 'study'
  readonly record: StudyRecord
  /** The review that it was read from, which comes after its studies: what that holds of the study may change with it. */
  readonly review?: string
}

/** A review whose studies are records before it in its file. */
export interface ReviewReading extends Read {
  readonly kind: 'review'
  readonly record: ReviewRecord
  /** The studies that it includes, also those that can't be read. */
  readonly studies: readonly StudyOfReview[]
}

export interface StudyOfReview {
  /** As its own record has it. */
  readonly key: string
  readonly slug: string
  readonly isRead: boolean
}

/** A record that takes others away: PubMed's DeleteCitation. */
interface DeletionReading {
  readonly kind: 'deletion'
  readonly keys: readonly string[]
}

/**
 * Reads one record, and needs nothing but it.
 *
 * @throws EvidenceError RECORD_INVALID  what is wrong, beginning with the place within the record where there is one
 */
export type RecordReader = (raw: RawRecord) => Reading

/**
 * Splits a file into its records, in batches as its bytes come, without reading them. Memory is bounded by a chunk and
 * a record.
 *
 * @param file  its name, as messages should give it
 * @throws EvidenceError IMPORT_FILE_INVALID  the file is of another format, or ends too early; all whole records before
 *                                            that have been given
 */
export type RecordSplitter = (bytes: AsyncIterable<Uint8Array>, file: string) => AsyncGenerator<readonly RawRecord[]>

/** What a record was read as, or why it can't be; with its bytes as they are kept: deflated, in base64. */
export type ReadOrRefused =
  | { readonly reading: Reading; readonly content: string }
  | { readonly reading: undefined; readonly refusal: string }

/** Reads many records, each by itself, in their order. */
export type RecordsReader = (records: readonly RawRecord[]) => Promise<readonly ReadOrRefused[]>
