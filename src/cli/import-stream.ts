import { createHash } from 'node:crypto'
import { createReadStream, type ReadStream } from 'node:fs'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { EvidenceError, reasonOf } from '../errors.ts'
import { notReadable, requireFile } from './require-file.ts'

/** A file's bytes as they come, unpacked where it is packed by gzip. */
export interface ImportStream {
  readonly bytes: AsyncIterable<Uint8Array>
  /** Of the file itself; what was read of it so far, where it wasn't read to its end. */
  readonly sha256: () => string
  /** Lets go of the file. */
  readonly close: () => void
}

/**
 * Opens a file to be read once from its beginning to its end.
 *
 * @throws EvidenceError FILE_NOT_READABLE    it isn't there, may not be read, or is no file; also amid reading
 * @throws EvidenceError IMPORT_FILE_INVALID  amid reading: the packed file is damaged or ends too early
 */
export function importStream(file: string, shown: string): ImportStream {
  requireFile(file, shown)
  const hash = createHash('sha256')
  const source = createReadStream(file, { highWaterMark: 262_144 })
  source.on('data', (chunk) => hash.update(chunk))
  source.pause()
  return {
    bytes: unpacked(source, shown),
    sha256: () => hash.copy().digest('hex'),
    close: () => void source.destroy(),
  }
}

const GZIP = [0x1f, 0x8b]

async function* unpacked(source: ReadStream, shown: string): AsyncGenerator<Uint8Array> {
  const chunks = source[Symbol.asyncIterator]()
  const next = async (): Promise<IteratorResult<Uint8Array>> => {
    try {
      return await chunks.next()
    } catch (cause) {
      throw notReadable(shown, cause)
    }
  }
  const first = await next()
  const all = async function* () {
    for (let chunk = first; !chunk.done; chunk = await next()) yield chunk.value
  }
  if (first.done || !GZIP.every((byte, index) => first.value[index] === byte)) {
    yield* all()
    return
  }
  try {
    yield* pipeline(all(), createGunzip(), () => undefined)
  } catch (cause) {
    if (cause instanceof EvidenceError) throw cause
    throw new EvidenceError(
      'IMPORT_FILE_INVALID',
      `${shown} can't be unpacked: ${reasonOf(cause)}. It is damaged, or was not fetched to its end. Nothing of it was kept.`,
      {},
      { cause },
    )
  }
}
