import { type PackedTables, packTables, unpackTables } from '../../model/packed-rows.ts'
import type { RawRecord, ReadOrRefused, RecordFormat, StudyReading } from '../../model/reading.ts'
import type { StudyRows } from '../../model/study-record.ts'

/** What is sent to the thread that reads. */
export interface Sent {
  readonly format: RecordFormat
  readonly packed: PackedRecords
}

/** Records whose bytes lie one after the other in one buffer, which changes hands as a whole. */
interface PackedRecords {
  readonly records: readonly (Omit<RawRecord, 'bytes'> & { readonly length: number })[]
  readonly bytes: ArrayBuffer
}

/** Records lie in buffers with others, or with those of a chunk: a thread that got one of them would get all of it. */
export function packed(records: readonly RawRecord[]): PackedRecords {
  const bytes = new Uint8Array(records.reduce((sum, record) => sum + record.bytes.length, 0))
  let at = 0
  for (const record of records) {
    bytes.set(record.bytes, at)
    at += record.bytes.length
  }
  return { records: records.map(({ bytes: { length }, ...record }) => ({ ...record, length })), bytes: bytes.buffer }
}

export function unpacked({ records, bytes }: PackedRecords): readonly RawRecord[] {
  let at = 0
  return records.map(({ length, ...record }) => {
    const own = new Uint8Array(bytes, at, length)
    at += length
    return { ...record, bytes: own }
  })
}

/** What the thread answers: the studies' rows lie apart from them, packed, in their order. */
export interface Answered {
  readonly read: readonly ReadOrRefused[]
  readonly rows: PackedTables
}

export const answered = (read: readonly ReadOrRefused[]): Answered => ({
  read: read.map((outcome) => {
    const study = studyOf(outcome)
    return study === undefined ? outcome : withRows(outcome, study, {} as StudyRows)
  }),
  rows: packTables(read.flatMap((outcome) => studyOf(outcome)?.record.rows ?? [])),
})

export function asRead({ read, rows }: Answered): readonly ReadOrRefused[] {
  const unpacked = unpackTables<StudyRows>(rows).values()
  return read.map((outcome) => {
    const study = studyOf(outcome)
    return study === undefined ? outcome : withRows(outcome, study, unpacked.next().value ?? study.record.rows)
  })
}

const studyOf = ({ reading }: ReadOrRefused): StudyReading | undefined =>
  reading?.kind === 'study' ? reading : undefined

const withRows = (outcome: ReadOrRefused, reading: StudyReading, rows: StudyRows): ReadOrRefused =>
  outcome.reading === undefined ? outcome : { ...outcome, reading: { ...reading, record: { ...reading.record, rows } } }
