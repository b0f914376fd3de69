import type { RawRecord, RecordFormat } from '../../model/reading.ts'

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
