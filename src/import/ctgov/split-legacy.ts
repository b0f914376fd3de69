import { EvidenceError } from '../../errors.ts'
import type { RawRecord, RecordSplitter } from '../../model/reading.ts'

const [OPEN, CLOSE] = [Buffer.from('<clinical_study'), Buffer.from('</clinical_study>')]
/** The first byte that is neither of a byte order mark nor space. */
const FIRST = /[^\s\xef\xbb\xbf]/
/** Records with results take up to some megabytes. One that never ends would fill the memory. */
const LONGEST_RECORD = 64_000_000

/**
 * Splits ClinicalTrials.gov's legacy XML into its `clinical_study` elements, one or many, whatever stands around them. They
 * are found by their tags alone; one that isn't closed ends where the next begins, for its reader to refuse.
 */
export const splitCtgovXml: RecordSplitter = async function* (bytes, file) {
  const refuse = (line: number, message: string) =>
    new EvidenceError('IMPORT_FILE_INVALID', `${file}:${line}: ${message}. The records before that are whole.`, {
      issues: [{ file, line, column: 1, message }],
    })
  let rest: Buffer = Buffer.alloc(0)
  let line = 1
  let number = 0
  let begun = false
  // What has been looked through of a record that goes on.
  let looked = 0
  for await (const piece of largerPieces(bytes, () => rest.length)) {
    rest = Buffer.concat([rest, ...piece])
    // Only a mark and space may stand before the first bracket.
    const first: string | undefined = begun ? undefined : FIRST.exec(rest.subarray(0, 1_000).toString('latin1'))?.[0]
    if (first !== undefined && first !== '<')
      throw refuse(1, 'this is no XML of ClinicalTrials.gov; expected clinical_study elements, in UTF-8')
    begun ||= first !== undefined
    const found: RawRecord[] = []
    let at = 0
    let begin = beginOf(rest, 0)
    while (begin >= 0) {
      const from = Math.max(begin + OPEN.length, at === 0 ? looked : 0)
      const end = rest.indexOf(CLOSE, from)
      const next = beginOf(rest, from)
      if (end < 0 && next < 0) break
      const to = end >= 0 && (next < 0 || end < next) ? end + CLOSE.length : next
      line += newlines(rest, at, begin)
      found.push({ number: ++number, line, bytes: rest.subarray(begin, to) })
      line += newlines(rest, begin, to)
      at = to
      looked = 0
      begin = beginOf(rest, to)
    }
    if (found.length > 0) yield found
    // Before a record nothing counts but what may be the beginning of its tag.
    const keep = begin >= 0 ? begin : Math.max(at, rest.length - OPEN.length)
    line += newlines(rest, at, keep)
    rest = rest.subarray(keep)
    looked = begin >= 0 ? Math.max(0, rest.length - CLOSE.length) : 0
    if (rest.length > LONGEST_RECORD) throw refuse(line, `a record is longer than ${LONGEST_RECORD / 1_000_000} MB`)
  }
  if (beginOf(rest, 0) >= 0) throw refuse(line, 'the file ends too early, within what began before')
  if (number === 0) throw refuse(1, 'the file has no clinical_study')
}

/** Chunks together, as many as what waits for them is long: so a long record is copied only some times. */
async function* largerPieces(
  bytes: AsyncIterable<Uint8Array>,
  waiting: () => number,
): AsyncGenerator<readonly Uint8Array[]> {
  let pieces: Uint8Array[] = []
  let length = 0
  for await (const chunk of bytes) {
    pieces.push(chunk)
    length += chunk.length
    if (length < waiting()) continue
    yield pieces
    pieces = []
    length = 0
  }
  if (length > 0) yield pieces
}

/** The next opening tag of a record, and of no element whose name only begins so. */
function beginOf(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(OPEN, from); at >= 0; at = bytes.indexOf(OPEN, at + 1)) {
    const after = bytes[at + OPEN.length]
    if (after === undefined) return -1
    if ([0x20, 0x09, 0x0a, 0x0d, 0x2f, 0x3e].includes(after)) return at
  }
  return -1
}

function newlines(bytes: Buffer, from: number, to: number): number {
  let count = 0
  for (let at = bytes.indexOf(0x0a, from); at >= 0 && at < to; at = bytes.indexOf(0x0a, at + 1)) count++
  return count
}
