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

/** What the thread answers. */
export interface Answered {
  /** Without the studies' rows, and without the paths that found no place. */
  readonly read: readonly ReadOrRefused[]
  /** Of each study, in their order. */
  readonly rows: PackedTables
  /** Every path once, and of each record the places of its own: they are the same again and again. */
  readonly paths: readonly string[]
  readonly unmapped: readonly Uint32Array[]
}

export function answered(read: readonly ReadOrRefused[]): Answered {
  const places = new Map<string, number>()
  const placeOf = (path: string) => {
    const place = places.get(path) ?? places.size
    places.set(path, place)
    return place
  }
  return {
    read: read.map((outcome) => withParts(outcome, [], NO_ROWS)),
    rows: packTables(read.flatMap((outcome) => studyOf(outcome)?.record.rows ?? [])),
    unmapped: read.map((outcome) => Uint32Array.from(unmappedOf(outcome), placeOf)),
    paths: [...places.keys()],
  }
}

export function asRead({ read, rows, paths, unmapped }: Answered): readonly ReadOrRefused[] {
  const unpacked = unpackTables<StudyRows>(rows).values()
  return read.map((outcome, index) =>
    withParts(
      outcome,
      Array.from(unmapped[index] ?? [], (place) => paths[place] ?? ''),
      studyOf(outcome) === undefined ? NO_ROWS : (unpacked.next().value ?? NO_ROWS),
    ),
  )
}

const NO_ROWS = {} as StudyRows

const studyOf = ({ reading }: ReadOrRefused): StudyReading | undefined =>
  reading?.kind === 'study' ? reading : undefined

const unmappedOf = ({ reading }: ReadOrRefused): readonly string[] =>
  reading === undefined || reading.kind === 'deletion' ? [] : reading.unmapped

function withParts(outcome: ReadOrRefused, unmapped: readonly string[], rows: StudyRows): ReadOrRefused {
  const { reading } = outcome
  if (reading === undefined || reading.kind === 'deletion') return outcome
  if (reading.kind !== 'study') return { ...outcome, reading: { ...reading, unmapped } }
  return { ...outcome, reading: { ...reading, unmapped, record: { ...reading.record, rows } } }
}
