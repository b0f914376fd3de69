import type { RawRecord } from '../../model/reading.ts'

/** So many records, or bytes of them, are saved at once: enough to be fast, little enough to stay small in memory. */
const RECORDS_AT_ONCE = 250
const BYTES_AT_ONCE = 2_000_000

/** Records in batches of a size that is good to save. What came whole before a fault is a batch too. */
export async function* inBatches(batches: AsyncIterable<readonly RawRecord[]>): AsyncGenerator<readonly RawRecord[]> {
  let waiting: RawRecord[] = []
  let bytes = 0
  let fault: { readonly error: unknown } | undefined
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
    fault = { error }
  }
  if (waiting.length > 0) yield waiting
  if (fault !== undefined) throw fault.error
}

/** Begins with each batch while the one before it is still to be taken; a fault comes after all that were begun. */
export async function* oneAhead<Batch, Begun>(
  batches: AsyncIterable<Batch>,
  begin: (batch: Batch) => Promise<Begun>,
): AsyncGenerator<Begun> {
  const begun: Begun[] = []
  let fault: { readonly error: unknown } | undefined
  try {
    for await (const batch of batches) {
      begun.push(await begin(batch))
      if (begun.length > 1) yield* begun.splice(0, 1)
    }
  } catch (error) {
    fault = { error }
  }
  yield* begun
  if (fault !== undefined) throw fault.error
}
