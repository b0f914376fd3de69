import { createHash } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'
import { EvidenceError } from '../../errors.ts'
import type { ImportStatus, RecordFormat, RecordMatch } from '../../generated/prisma/enums.ts'
import type { AppraisalVocabulary } from '../../model/appraisal-vocabulary.ts'
import type { RawRecord, Reading, RecordReader } from '../../model/reading.ts'
import type { Database, Transaction } from '../database.ts'
import type { ImportCounts } from '../record-import.ts'
import { namesOfReview } from '../save-review.ts'
import { inWriteTransaction } from '../write-transaction.ts'
import { namesOf, rounds } from './names-of-records.ts'
import type {
  KeptRecord,
  PublicationRecordRead,
  ReadAgain,
  ReadRecord,
  ReviewRecordRead,
  StudyRecordRead,
} from './read-record.ts'
import { removeRecords } from './remove-records.ts'
import { saveImportedReview } from './save-imported-review.ts'
import { savePublications } from './save-publications.ts'
import { saveStudies } from './save-studies.ts'

/** A file of records, while it is read. */
export interface RecordFile {
  readonly fileName: string
  readonly format: RecordFormat
  /** What keys of records begin with: pubmed, ris, ctgov. */
  readonly family: string
  /** The version of the reader. A newer one reads records again that are held. */
  readonly readBy: number
  readonly read: RecordReader
  /** Tools by which its records judge studies. */
  readonly tools?: readonly AppraisalVocabulary[]
  readonly batches: AsyncIterable<readonly RawRecord[]>
  /** Of the file, once it has been read to its end. */
  readonly sha256: () => string
}

/** What is wrong with a record, or worth knowing of it. */
export interface RecordIssue {
  /** 1, 2, 3 … in the file's order. */
  readonly record: number
  readonly line: number
  /** The file within a packed file. */
  readonly part?: string
  /** Its key, where it could be read. */
  readonly key?: string
  /** failed: nothing of it was saved. */
  readonly kind: 'failed' | 'note'
  readonly message: string
}

export interface ImportOptions {
  readonly now: () => Date
  readonly readAgain: ReadAgain
  /** Told how many records have been read. */
  readonly onRecords?: (records: number) => void
  readonly onIssue?: (issue: RecordIssue) => void
  /** Whether a person wants it to end; asked between batches. */
  readonly stopped?: () => boolean
}

export interface ImportResult extends ImportCounts {
  readonly status: Exclude<ImportStatus, 'running'>
  /** How the records that were saved came to their publications. */
  readonly matches: ReadonlyMap<RecordMatch, number>
  /** Leaves that found no place in the model, with how often. */
  readonly unmapped: ReadonlyMap<string, number>
  /** Why the rest of the file can't be read. */
  readonly error?: EvidenceError
}

/** So many records, or bytes of them, are saved at once: enough to be fast, little enough to stay small in memory. */
const RECORDS_AT_ONCE = 250
const BYTES_AT_ONCE = 1_000_000
/** Of the paths without a place so many are told apart. */
const MOST_PATHS = 2_000

/**
 * Saves the records of a file while it is read, some at a time, each whole or not at all: what was saved stays whatever
 * happens afterwards. A record that is bad is told and stops none of the others; a second import of the same file
 * changes nothing. Memory doesn't grow with the file.
 *
 * @throws EvidenceError DATABASE_BUSY, DATABASE_NOT_WRITABLE, DATABASE_NOT_REACHABLE, DATABASE_ACCESS_DENIED  as the
 *                       database says; what was saved stays
 * @checked test/db/imports/import-records.test.ts
 */
export async function importRecords(db: Database, file: RecordFile, options: ImportOptions): Promise<ImportResult> {
  const run = await ImportInProgress.begin(db, file, options)
  let error: EvidenceError | undefined
  try {
    for await (const batch of inBatches(file.batches)) {
      await run.take(batch)
      if (options.stopped?.()) return await run.end('stopped')
    }
  } catch (thrown) {
    if (!(thrown instanceof EvidenceError) || thrown.code !== 'IMPORT_FILE_INVALID') throw thrown
    error = thrown
  }
  return run.end(error === undefined ? 'done' : 'failed', error)
}

async function* inBatches(batches: AsyncIterable<readonly RawRecord[]>): AsyncGenerator<readonly RawRecord[]> {
  let waiting: RawRecord[] = []
  let bytes = 0
  let fault: unknown
  try {
    for await (const batch of batches)
      for (const record of batch) {
        waiting.push(record)
        bytes += record.bytes.length
        if (waiting.length < RECORDS_AT_ONCE && bytes < BYTES_AT_ONCE) continue
        yield waiting
        waiting = []
        bytes = 0
      }
  } catch (error) {
    fault = error
  }
  // What was whole before a fault counts.
  if (waiting.length > 0) yield waiting
  if (fault !== undefined) throw fault
}

interface Counts {
  read: number
  saved: number
  unchanged: number
  failed: number
}

class ImportInProgress {
  private readonly counts: Counts = { read: 0, saved: 0, unchanged: 0, failed: 0 }
  private readonly matches = new Map<RecordMatch, number>()
  private readonly unmapped = new Map<string, number>()
  /** Keys of the file so far, with the revision of the content that counts; empty where there is none. */
  private readonly seen = new Map<string, string>()
  /** Studies that the database refused: their review can't have what the file says of them. */
  private readonly refused = new Set<string>()

  private constructor(
    private readonly db: Database,
    private readonly file: RecordFile,
    private readonly options: ImportOptions,
    private readonly id: number,
  ) {}

  static async begin(db: Database, file: RecordFile, options: ImportOptions): Promise<ImportInProgress> {
    const { format, fileName } = file
    const data = { format: format.replace('_', '-'), fileName, startedAt: options.now(), status: 'running' } as const
    const { id } = await inWriteTransaction(db, `the import of ${fileName}`, [], (tx) => tx.importRun.create({ data }))
    return new ImportInProgress(db, file, options, id)
  }

  /** Reads and saves a batch. */
  async take(batch: readonly RawRecord[]): Promise<void> {
    const digests = batch.map(({ bytes }) => sha256Of(bytes))
    const held = await this.heldAlready(digests)
    const read: Waiting[] = []
    const reviews: { raw: RawRecord; record: ReviewRecordRead }[] = []
    const deleted: { raw: RawRecord; keys: readonly string[] }[] = []
    const done = { read: batch.length, saved: 0, unchanged: 0, failed: 0 }
    for (const [index, raw] of batch.entries()) {
      const sha256 = digests[index] ?? ''
      const same = held.get(sha256)
      if (same !== undefined) {
        this.seen.set(same.key, same.revision ?? '')
        done.unchanged++
        continue
      }
      const reading = this.readingOf(raw)
      if (reading === undefined) done.failed++
      else if (reading.kind === 'deletion') deleted.push({ raw, keys: reading.keys })
      else if (reading.kind === 'review')
        reviews.push({ raw, record: { ...this.kept(wholeOf(raw), reading.key), reading } })
      else read.push({ raw, record: { ...this.kept(raw.bytes, reading.key, sha256), reading } })
    }
    for (const round of rounds(read)) await this.save(round, done)
    for (const { raw, record } of reviews) await this.saveReview(raw, record, done)
    for (const { raw, keys } of deleted) {
      const removed = await inWriteTransaction(this.db, 'a deletion', [], (tx) =>
        removeRecords(
          tx,
          keys.map((key) => `${this.file.family}:${key}`),
        ),
      )
      for (const message of removed.kept) this.tell(raw, 'note', message)
      if (removed.count > 0) done.saved++
      else done.unchanged++
    }
    this.add(done)
    await this.note({})
    this.options.onRecords?.(this.counts.read)
  }

  async end(status: ImportResult['status'], error?: EvidenceError): Promise<ImportResult> {
    await this.note({
      status,
      finishedAt: this.options.now(),
      ...(status === 'done' ? { fileSha256: this.file.sha256() } : {}),
      unmapped: this.unmapped.size === 0 ? null : JSON.stringify(Object.fromEntries([...this.unmapped].sort(byPath))),
    })
    const { matches, unmapped } = this
    return { ...this.counts, status, matches, unmapped, ...(error === undefined ? {} : { error }) }
  }

  /** The keys of records that are here byte for byte, by their digests. */
  private async heldAlready(digests: readonly string[]): Promise<ReadonlyMap<string, Held>> {
    const rows = await this.db.importedRecord.findMany({
      where: { sha256: { in: [...digests] }, readBy: this.file.readBy, format: this.file.format },
      select: { sha256: true, key: true, revision: true },
    })
    return new Map(rows.map((row) => [row.sha256, row]))
  }

  private readingOf(raw: RawRecord): Reading | undefined {
    try {
      if (raw.fault !== undefined) throw new EvidenceError('RECORD_INVALID', raw.fault)
      const reading = this.file.read(raw)
      if (reading.kind === 'publication' && !reading.record.publication.title)
        throw new EvidenceError('RECORD_INVALID', 'the record has no title')
      return reading
    } catch (error) {
      if (!(error instanceof EvidenceError) || error.code !== 'RECORD_INVALID') throw error
      this.tell(raw, 'failed', error.message)
      return undefined
    }
  }

  private kept(bytes: Uint8Array, key: string, sha256 = sha256Of(bytes)): KeptRecord {
    const { format, family, readBy } = this.file
    const content = deflateRawSync(bytes, { level: 1 }).toString('base64')
    return { key: `${family}:${key}`, format, readBy, sha256, content }
  }

  /** Saves records in one transaction; where the database refuses that, each half by itself, until the bad one is found. */
  private async save(round: readonly Waiting[], done: Counts): Promise<void> {
    const records = round.filter(({ raw, record }) => !this.isSecond(raw, record, done))
    if (records.length === 0) return
    try {
      await this.saveAll(records, done)
    } catch (error) {
      if (!(error instanceof EvidenceError) || !OF_ONE_RECORD.has(error.code)) throw error
      const [only] = records
      if (records.length > 1 || only === undefined) {
        const half = records.length >> 1
        for (const { record } of records) this.seen.delete(record.key)
        await this.save(records.slice(0, half), done)
        await this.save(records.slice(half), done)
      } else {
        done.failed++
        const { reading } = only.record
        if (reading.kind === 'study') this.refused.add(reading.record.slug)
        this.tell(only.raw, 'failed', error.message, reading.key)
      }
    }
  }

  private async saveReview(raw: RawRecord, read: ReviewRecordRead, done: Counts): Promise<void> {
    const { key, record, unmapped } = read.reading
    if (this.isSecond(raw, read, done)) return
    try {
      const { isChanged, notes } = await inWriteTransaction(
        this.db,
        `the review ${record.slug}`,
        namesOfReview(record),
        (tx) => saveImportedReview(tx, this.id, read, this.refused),
      )
      for (const message of [raw.note ?? [], notes].flat()) this.tell(raw, 'note', message, key)
      if (!isChanged) {
        done.unchanged++
        return
      }
      done.saved++
      for (const path of unmapped) this.countPath(path)
      await this.note({ reviewId: record.slug })
    } catch (error) {
      if (!(error instanceof EvidenceError) || !OF_ONE_RECORD.has(error.code)) throw error
      done.failed++
      this.tell(raw, 'failed', error.message, key)
    }
  }

  /** Of two records of one key in one file the first stays, unless the second says that it is newer. */
  private isSecond(raw: RawRecord, record: ReadRecord | ReviewRecordRead, done: Counts): boolean {
    const before = this.seen.get(record.key)
    const revision = record.reading.revision ?? ''
    if (before === undefined || revision !== before) {
      if (before === undefined || revision > before) this.seen.set(record.key, revision)
      return false
    }
    done.failed++
    const { key } = record.reading
    this.tell(
      raw,
      'failed',
      `the file has a record of ${key} before this one, which says something else and stays`,
      key,
    )
    return true
  }

  private async saveAll(round: readonly Waiting[], done: Counts): Promise<void> {
    const records = round.map(({ record }) => record)
    const doing = `records of ${this.file.fileName}`
    const saved = await inWriteTransaction(this.db, doing, namesOf(records), (tx) => this.write(tx, records))
    for (const { record, match } of saved) {
      if (match !== null) this.matches.set(match, (this.matches.get(match) ?? 0) + 1)
      for (const path of record.reading.unmapped) this.countPath(path)
    }
    done.saved += saved.length
    done.unchanged += records.length - saved.length
  }

  private async write(tx: Transaction, records: readonly ReadRecord[]): Promise<readonly Saved[]> {
    const publications = records.filter(
      (record): record is PublicationRecordRead => record.reading.kind === 'publication',
    )
    const studies = records.filter((record): record is StudyRecordRead => record.reading.kind === 'study')
    const saved: Saved[] = []
    if (publications.length > 0)
      for (const { record, place } of await savePublications(tx, this.id, publications, this.options.readAgain))
        saved.push({ record, match: place.matchedBy })
    if (studies.length > 0)
      for (const record of await saveStudies(tx, this.id, studies, this.file.tools)) saved.push({ record, match: null })
    return saved
  }

  private countPath(path: string): void {
    const before = this.unmapped.get(path)
    if (before !== undefined) this.unmapped.set(path, before + 1)
    else if (this.unmapped.size < MOST_PATHS) this.unmapped.set(path, 1)
  }

  private add(done: Counts): void {
    for (const name of ['read', 'saved', 'unchanged', 'failed'] as const) this.counts[name] += done[name]
  }

  private async note(more: object): Promise<void> {
    await inWriteTransaction(this.db, `the import of ${this.file.fileName}`, [], (tx) =>
      tx.importRun.update({ where: { id: this.id }, data: { ...this.counts, ...more } }),
    )
  }

  private tell({ number, line, part }: RawRecord, kind: RecordIssue['kind'], message: string, key?: string): void {
    this.options.onIssue?.({
      record: number,
      line,
      ...(part === undefined ? {} : { part }),
      ...(key === undefined ? {} : { key }),
      kind,
      message,
    })
  }
}

const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

const wholeOf = ({ bytes, whole }: RawRecord) => whole ?? bytes

interface Waiting {
  readonly raw: RawRecord
  readonly record: ReadRecord
}

interface Held {
  readonly sha256: string
  readonly key: string
  readonly revision: string | null
}

interface Saved {
  readonly record: ReadRecord
  readonly match: RecordMatch | null
}

/** What is wrong with one record, and leaves the others as good as they are. */
const OF_ONE_RECORD: ReadonlySet<string> = new Set([
  'CONSTRAINT_VIOLATED',
  'SHARED_ROW_CONFLICT',
  'STUDY_IN_USE',
  'REVIEW_STUDY_MISSING',
])

const byPath = ([one]: readonly [string, number], [other]: readonly [string, number]) => (one < other ? -1 : 1)
