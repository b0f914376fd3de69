import type { RawRecord, RecordSplitter } from '../../src/model/reading.ts'

/** A text or bytes as a stream of chunks of a size. */
export async function* chunks(content: string | Uint8Array, size = 64_000): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(content)
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

/** What a splitter gives of a file, and what it threw in the end. */
export async function split(
  splitter: RecordSplitter,
  bytes: AsyncIterable<Uint8Array>,
): Promise<{ readonly records: readonly RawRecord[]; readonly error: unknown }> {
  const records: RawRecord[] = []
  try {
    for await (const batch of splitter(bytes, 'file')) records.push(...batch)
    return { records, error: undefined }
  } catch (error) {
    return { records, error }
  }
}

export const textOfRecord = (record: RawRecord): string => Buffer.from(record.bytes).toString('utf8')
