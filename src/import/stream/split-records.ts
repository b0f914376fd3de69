import type { RawRecord } from '../../model/reading.ts'
import { ByteWindow } from './byte-window.ts'

/** In bytes or characters. A record is some kilobytes; one that never ends would fill the memory. */
export const LONGEST_RECORD = 16_000_000
export const LONGEST_IN_WORDS = `${LONGEST_RECORD / 1e6} million`

/** What knows where records begin and end. */
export interface RecordFinder {
  /** Goes on as far as the window has bytes, and drops those that are done with. */
  readonly look: (atEnd: boolean) => void
  /** The records found since one last asked. */
  readonly taken: () => readonly RawRecord[]
}

/** A file may come as one chunk, and no text is as long as that can be. */
const LARGEST_PIECE = 4_000_000

/**
 * The records that a finder finds in a stream of bytes, in batches as they come. When it throws, or the stream does, those
 * that have come whole before are given first.
 */
export async function* splitRecords(
  bytes: AsyncIterable<Uint8Array>,
  finderIn: (window: ByteWindow) => RecordFinder,
): AsyncGenerator<readonly RawRecord[]> {
  const window = new ByteWindow()
  const finder = finderIn(window)
  const source = bytes[Symbol.asyncIterator]()
  let failure: { readonly error: unknown } | undefined
  const next = async () => {
    try {
      const { value, done } = await source.next()
      return done === true ? undefined : value
    } catch (error) {
      failure = { error }
      return undefined
    }
  }
  try {
    for (let chunk = await next(); chunk !== undefined; chunk = await next())
      for (let at = 0; at < chunk.length; at += LARGEST_PIECE)
        if (window.add(chunk.subarray(at, at + LARGEST_PIECE))) yield* found(finder, false)
    window.addWaiting()
    yield* found(finder, failure === undefined)
    if (failure !== undefined) throw failure.error
  } finally {
    await source.return?.()
  }
}

function* found(finder: RecordFinder, atEnd: boolean): Generator<readonly RawRecord[]> {
  let failure: unknown
  try {
    finder.look(atEnd)
  } catch (error) {
    failure = error
  }
  const records = finder.taken()
  if (records.length > 0) yield records
  if (failure !== undefined) throw failure
}
