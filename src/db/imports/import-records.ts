import { EvidenceError } from '../../errors.ts'
import type { ImportStatus, RecordFormat, RecordMatch } from '../../generated/prisma/enums.ts'
import type { AppraisalVocabulary } from '../../model/appraisal-vocabulary.ts'
import type { RawRecord, RecordsReader } from '../../model/reading.ts'
import type { Database, Transaction } from '../database.ts'
import { engineOf } from '../engine.ts'
import type { ImportCounts } from '../record-import.ts'
import { namesOfReview } from '../save-review.ts'
import { copySeldom } from '../sqlite/write-ahead.ts'
import { inWriteTransaction } from '../write-transaction.ts'
import { inBatches, oneAhead } from './batches.ts'
import { arrived, type Begun, beginBatch, digestOf, wholeOf } from './begun-batch.ts'
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
  readonly read: RecordsReader
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
  const run = await ImportInProgress.start(db, file, options)
  if (engineOf(db) === 'sqlite') await copySeldom(db)
  let error: EvidenceError | undefined
  try {
    for await (const batch of oneAhead(inBatches(file.batches), (records) => beginBatch(db, file, records))) {
      await run.take(batch)
      if (options.stopped?.()) return await run.end('stopped')
    }
  } catch (thrown) {
    if (!(thrown instanceof EvidenceError) || thrown.code !== 'IMPORT_FILE_INVALID') throw thrown
    error = thrown
  }
  return run.end(error === undefined ? 'done' : 'failed', error)
}

type Counts = { -readonly [Name in keyof Omit<ImportCounts, 'read'>]: number }

class ImportInProgress {
  private counts: Counts = { saved: 0, unchanged: 0, failed: 0 }
  /** How many of the records the run's row tells of. */
  private noted = 0
  private readonly matches = new Map<RecordMatch, number>()
  private readonly unmapped = new Map<string, number>()
  /** Keys of the file so far, with what counts of each. */
  private readonly seen = new Map<string, Seen>()
  /** Keys of what was saved or deleted since the batch was begun that comes next. */
  private readonly written = new Set<string>()
  /** Studies that the database refused: their review can't have what the file says of them. */
  private readonly refused = new Set<string>()

  private constructor(
    private readonly db: Database,
    private readonly file: RecordFile,
    private readonly options: ImportOptions,
    private readonly id: number,
  ) {}

  static async start(db: Database, file: RecordFile, options: ImportOptions): Promise<ImportInProgress> {
    const { format, fileName } = file
    const data = { format: format.replace('_', '-'), fileName, startedAt: options.now(), status: 'running' } as const
    const { id } = await inWriteTransaction(db, `the import of ${fileName}`, [], (tx) => tx.importRun.create({ data }))
    return new ImportInProgress(db, file, options, id)
  }

  /** Saves what was read of a batch. */
  async take(begun: Begun): Promise<void> {
    const { same, outcomes } = await arrived(begun, this.written, this.file.read)
    this.written.clear()
    for (const { key, revision, sha256 } of same) {
      this.see(key, revision, sha256)
      this.counts.unchanged++
    }
    let waiting: Waiting[] = []
    const saveWaiting = async () => {
      for (const round of rounds(waiting)) await this.save(round)
      waiting = []
    }
    for (const { raw, sha256, outcome } of outcomes)
      if (outcome.reading === undefined) this.fail(raw, outcome.refusal)
      else if (outcome.reading.kind === 'deletion') {
        await saveWaiting()
        await this.delete(raw, outcome.reading.keys)
      } else if (outcome.reading.kind === 'review') {
        await saveWaiting()
        const { reading, content } = outcome
        await this.saveReview(raw, { ...this.kept(digestOf(wholeOf(raw)), content, reading.key), reading })
      } else {
        const { reading, content } = outcome
        waiting.push({ raw, record: { ...this.kept(sha256, content, reading.key), reading } })
      }
    await saveWaiting()
    if (this.noted !== readOf(this.counts)) await this.note({})
    this.options.onRecords?.(readOf(this.counts))
  }

  async end(status: ImportResult['status'], error?: EvidenceError): Promise<ImportResult> {
    await this.note({
      status,
      finishedAt: this.options.now(),
      ...(status === 'done' ? { fileSha256: this.file.sha256() } : {}),
      unmapped: this.unmapped.size === 0 ? null : JSON.stringify(Object.fromEntries([...this.unmapped].sort(byPath))),
    })
    const { counts, matches, unmapped } = this
    return {
      ...counts,
      read: readOf(counts),
      status,
      matches,
      unmapped,
      ...(error === undefined ? {} : { error }),
    }
  }

  private kept(sha256: string, content: string, key: string): KeptRecord {
    const { format, family, readBy } = this.file
    return { key: `${family}:${key}`, format, readBy, sha256, content }
  }

  /** Saves records in one transaction; where the database refuses that, each half by itself, until the bad one is found. */
  private async save(round: readonly Waiting[]): Promise<void> {
    const records = round.filter(({ raw, record }) => !this.isSecond(raw, record))
    if (records.length === 0) return
    try {
      await this.saveAll(records)
    } catch (error) {
      if (!(error instanceof EvidenceError) || !OF_ONE_RECORD.has(error.code)) throw error
      const [only] = records
      if (records.length > 1 || only === undefined) {
        const half = records.length >> 1
        for (const { record } of records) this.seen.delete(record.key)
        await this.save(records.slice(0, half))
        await this.save(records.slice(half))
      } else {
        const { reading } = only.record
        if (reading.kind === 'study') this.refused.add(reading.record.slug)
        this.fail(only.raw, error.message, reading.key)
      }
    }
  }

  /** Of two records of one key in one file the first stays, unless the second says that it is newer. */
  private isSecond(raw: RawRecord, { key, sha256, reading }: ReadRecord | ReviewRecordRead): boolean {
    const before = this.seen.get(key)
    this.see(key, reading.revision ?? null, sha256)
    if (before === undefined || before.revision !== (reading.revision ?? '')) return false
    if (before.sha256 === sha256) this.counts.unchanged++
    else
      this.fail(
        raw,
        `the file has a record of ${reading.key} before this one, which says something else and stays`,
        reading.key,
      )
    return true
  }

  /** Notes which content of a key counts in this file: the newest, of equally new ones the first. */
  private see(key: string, given: string | null, sha256: string): void {
    const before = this.seen.get(key)
    const revision = given ?? ''
    if (before === undefined || revision > before.revision) this.seen.set(key, { revision, sha256 })
  }

  private async saveAll(round: readonly Waiting[]): Promise<void> {
    const records = round.map(({ record }) => record)
    for (const { key } of records) this.written.add(key)
    const doing = `records of ${this.file.fileName}`
    const { saved, counts } = await inWriteTransaction(this.db, doing, namesOf(records), async (tx) => {
      const saved = await this.write(tx, records)
      const unchanged = records.length - saved.length
      const counts = plus(this.counts, { saved: saved.length, unchanged })
      await this.noteWithin(tx, counts, {})
      return { saved, counts }
    })
    for (const { record, match } of saved) {
      if (match !== null) this.matches.set(match, (this.matches.get(match) ?? 0) + 1)
      for (const path of record.reading.unmapped) this.countPath(path)
    }
    this.counts = counts
    this.noted = readOf(counts)
  }

  private async saveReview(raw: RawRecord, read: ReviewRecordRead): Promise<void> {
    const { key, record, unmapped } = read.reading
    if (this.isSecond(raw, read)) return
    try {
      const { isChanged, notes } = await inWriteTransaction(
        this.db,
        `the review ${record.slug}`,
        namesOfReview(record),
        (tx) => saveImportedReview(tx, this.id, read, this.refused),
      )
      for (const message of [raw.note ?? [], notes].flat()) this.tell(raw, 'note', message, key)
      if (!isChanged) {
        this.counts.unchanged++
        return
      }
      this.counts.saved++
      for (const path of unmapped) this.countPath(path)
      await this.note({ reviewId: record.slug })
    } catch (error) {
      if (!(error instanceof EvidenceError) || !OF_ONE_RECORD.has(error.code)) throw error
      this.fail(raw, error.message, key)
    }
  }

  private async delete(raw: RawRecord, keys: readonly string[]): Promise<void> {
    const gone = keys.map((key) => `${this.file.family}:${key}`)
    for (const key of gone) {
      this.written.add(key)
      this.seen.delete(key)
    }
    const removed = await inWriteTransaction(this.db, 'a deletion', [], (tx) => removeRecords(tx, gone))
    for (const message of removed.kept) this.tell(raw, 'note', message)
    this.counts[removed.count > 0 ? 'saved' : 'unchanged']++
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

  private async note(more: object): Promise<void> {
    await inWriteTransaction(this.db, `the import of ${this.file.fileName}`, [], (tx) =>
      this.noteWithin(tx, this.counts, more),
    )
    this.noted = readOf(this.counts)
  }

  private async noteWithin(tx: Transaction, counts: Counts, more: object): Promise<void> {
    const data = { ...counts, read: readOf(counts), ...more }
    await tx.importRun.updateMany({ where: { id: this.id }, data })
  }

  private fail(raw: RawRecord, message: string, key?: string): void {
    this.counts.failed++
    this.tell(raw, 'failed', message, key)
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

/** What counts of a key in the file so far. */
interface Seen {
  /** Empty where there is none. */
  readonly revision: string
  readonly sha256: string
}

interface Waiting {
  readonly raw: RawRecord
  readonly record: ReadRecord
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

const readOf = ({ saved, unchanged, failed }: Counts) => saved + unchanged + failed

const plus = (counts: Counts, { saved, unchanged }: Omit<Counts, 'failed'>): Counts => ({
  ...counts,
  saved: counts.saved + saved,
  unchanged: counts.unchanged + unchanged,
})

const byPath = ([one]: readonly [string, number], [other]: readonly [string, number]) => (one < other ? -1 : 1)
