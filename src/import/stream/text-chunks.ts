import { invalidImport } from './invalid-import.ts'

/**
 * The text of a stream of bytes, in chunks, without a byte order mark. Memory is bounded by a chunk.
 *
 * @throws EvidenceError IMPORT_FILE_INVALID  the bytes are no UTF-8, with the line where that shows; or there are none
 */
export async function* textChunks(bytes: AsyncIterable<Uint8Array>, file: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let line = 1
  let empty = true
  for await (const chunk of bytes) {
    if (chunk.length === 0) continue
    let text: string
    try {
      text = decoder.decode(chunk, { stream: true })
    } catch {
      throw notUtf8(file, line + linesBeforeFault(chunk))
    }
    if (empty && startsWithZeros(chunk)) throw notUtf8(file, 1)
    empty = false
    line += linesIn(text)
    if (text !== '') yield text
  }
  if (empty) throw invalidImport(file, undefined, 'the file is empty')
  try {
    const rest = decoder.decode()
    if (rest !== '') yield rest
  } catch {
    throw notUtf8(file, line)
  }
}

const notUtf8 = (file: string, line: number) =>
  invalidImport(
    file,
    { line },
    'these bytes are not UTF-8; expected a file as the US National Library of Medicine gives it',
  )

/** UTF-16 of ASCII letters has a zero in every second byte, which is UTF-8 all the same. */
const startsWithZeros = (chunk: Uint8Array) => chunk.subarray(0, 4).includes(0)

function linesIn(text: string): number {
  let lines = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++
  return lines
}

/** Lines of a chunk before its first byte that can't be read. */
export function linesBeforeFault(chunk: Uint8Array): number {
  let [good, bad] = [0, chunk.length]
  while (good + 1 < bad) {
    const half = (good + bad) >> 1
    try {
      // What is cut within a character is no fault as long as more may come.
      new TextDecoder('utf-8', { fatal: true }).decode(chunk.subarray(0, half), { stream: true })
      good = half
    } catch {
      bad = half
    }
  }
  return chunk.subarray(0, good).reduce((lines, byte) => lines + (byte === 10 ? 1 : 0), 0)
}
