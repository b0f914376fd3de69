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
  let beginning: Uint8Array | undefined = new Uint8Array(0)
  let transcode = (chunk: Uint8Array, _last: boolean) => chunk
  const begin = (chunk: Uint8Array) => {
    const mark = MARKS.find((candidate) => candidate.bytes.every((byte, index) => chunk[index] === byte))
    const encoding = mark?.encoding ?? said(Buffer.from(chunk.subarray(0, ENOUGH_TO_TELL)).toString('latin1'))
    if (encoding !== undefined && !isUtf8(encoding)) transcode = transcoder(encoding, file)
    return transcode(chunk.subarray(mark?.bytes.length ?? 0), false)
  }
  for await (const chunk of bytes) {
    if (beginning === undefined) yield transcode(chunk, false)
    else {
      beginning = beginning.length === 0 ? chunk : Buffer.concat([beginning, chunk])
      if (beginning.length < ENOUGH_TO_TELL) continue
      yield begin(beginning)
      beginning = undefined
    }
  }
  if (beginning !== undefined) yield begin(beginning)
  yield transcode(new Uint8Array(0), true)
}

const isUtf8 = (encoding: string) => /^(utf-?8|us-ascii|ascii)$/i.test(encoding)

function transcoder(encoding: string, file: string): (chunk: Uint8Array, last: boolean) => Uint8Array {
  const decoder = decoderOf(encoding, file)
  return (chunk, last) => {
    try {
      return Buffer.from(decoder.decode(chunk, { stream: !last }), 'utf8')
    } catch {
      throw brokenImport(file, undefined, `its bytes are not ${encoding}, which it says they are`)
    }
  }
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
