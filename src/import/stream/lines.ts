import { invalidImport } from './invalid-import.ts'

export interface Line {
  readonly number: number
  readonly text: string
}

/** A longer line is none of any format's: what is read is garbage, and keeping it would need its whole memory. */
const LONGEST_LINE = 1_000_000

/**
 * The lines of a text, in batches as they come, without their ends (LF or CRLF).
 *
 * @throws EvidenceError IMPORT_FILE_INVALID  a line is longer than a million characters
 */
export async function* linesOf(chunks: AsyncIterable<string>, file: string): AsyncGenerator<readonly Line[]> {
  let rest = ''
  let number = 1
  for await (const chunk of chunks) {
    const parts = (rest + chunk).split('\n')
    rest = parts.pop() ?? ''
    if (rest.length > LONGEST_LINE) throw invalidImport(file, { line: number + parts.length }, 'the line never ends')
    if (parts.length > 0) yield parts.map((text, index) => ({ number: number + index, text: withoutReturn(text) }))
    number += parts.length
  }
  if (rest !== '') yield [{ number, text: withoutReturn(rest) }]
}

const withoutReturn = (text: string) => (text.endsWith('\r') ? text.slice(0, -1) : text)
