/** The same records in batches of a size that one statement's parameters can name. */
export async function* inBatches<Record>(
  batches: AsyncIterable<readonly Record[]>,
  size: number,
): AsyncGenerator<readonly Record[]> {
  let waiting: Record[] = []
  for await (const batch of batches)
    for (const record of batch) {
      waiting.push(record)
      if (waiting.length < size) continue
      yield waiting
      waiting = []
    }
  if (waiting.length > 0) yield waiting
}
