import { brokenImport } from './invalid-import.ts'

const ENOUGH_TO_TELL = 256
const MARKS = [
  { bytes: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
  { bytes: [0xff, 0xfe], encoding: 'utf-16le' },
  { bytes: [0xfe, 0xff], encoding: 'utf-16be' },
] as const

/**
 * The bytes of a text file without a byte order mark, and in UTF-8 where that mark, or the file itself, says that they
 * are in another encoding. What is in UTF-8, or says nothing, goes through as it is, faults included: they are its
 * records' own.
 *
 * @param said  the encoding that the file's beginning names; XML does
 * @throws EvidenceError IMPORT_FILE_INVALID  nobody here knows that encoding, or the bytes are none of it
 * @checked test/import/stream/utf8-bytes.test.ts
 */
export async function* utf8Bytes(
  bytes: AsyncIterable<Uint8Array>,
  file: string,
  said: (beginning: string) => string | undefined = () => undefined,
): AsyncGenerator<Uint8Array> {
  const source = bytes[Symbol.asyncIterator]()
  try {
    const beginning = await beginningOf(source)
    const mark = MARKS.find((candidate) => candidate.bytes.every((byte, index) => beginning[index] === byte))
    const encoding = mark?.encoding ?? said(Buffer.from(beginning.subarray(0, ENOUGH_TO_TELL)).toString('latin1'))
    const all = followed(beginning.subarray(mark?.bytes.length ?? 0), source)
    if (encoding === undefined || isUtf8(encoding)) yield* all
    else yield* transcoded(all, encoding, file)
  } finally {
    await source.return?.()
  }
}

async function beginningOf(source: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  for (let length = 0; length < ENOUGH_TO_TELL; ) {
    const { value, done } = await source.next()
    if (done === true) break
    parts.push(value)
    length += value.length
  }
  return Buffer.concat(parts)
}

async function* followed(first: Uint8Array, source: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first
  for (let next = await source.next(); next.done !== true; next = await source.next()) yield next.value
}

const isUtf8 = (encoding: string) => /^(utf-?8|us-ascii|ascii)$/i.test(encoding)

/** Blocks of one size, so that it doesn't hang on how the bytes come where a fault shows. */
const BLOCK = 65_536

async function* transcoded(
  bytes: AsyncIterable<Uint8Array>,
  encoding: string,
  file: string,
): AsyncGenerator<Uint8Array> {
  const decoder = decoderOf(encoding, file)
  const inUtf8 = (block?: Uint8Array) => {
    try {
      return Buffer.from(block === undefined ? decoder.decode() : decoder.decode(block, { stream: true }), 'utf8')
    } catch {
      throw brokenImport(file, undefined, `its bytes are not ${encoding}, which it says they are`)
    }
  }
  let rest: Uint8Array = new Uint8Array(0)
  for await (const chunk of bytes) {
    rest = Buffer.concat([rest, chunk])
    let at = 0
    for (; at + BLOCK <= rest.length; at += BLOCK) yield inUtf8(rest.subarray(at, at + BLOCK))
    rest = rest.subarray(at)
  }
  yield inUtf8(rest)
  yield inUtf8()
}

function decoderOf(encoding: string, file: string) {
  try {
    return new TextDecoder(encoding, { fatal: true })
  } catch {
    throw brokenImport(
      file,
      undefined,
      `it says that its encoding is ${encoding}, which is not read here. Save it as UTF-8`,
    )
  }
}
