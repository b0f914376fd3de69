import { createHash, type Hash } from 'node:crypto'
import { closeSync, createReadStream, openSync, readSync } from 'node:fs'
import path from 'node:path'
import { pipeline, type Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import yauzl, { type Entry, type ZipFile } from 'yauzl'
import { EvidenceError, reasonOf } from '../errors.ts'
import { notReadable, requireFile } from './require-file.ts'

/** A file that is read once from its beginning to its end, unpacked where it is packed by gzip or zip. */
export interface PackedFile {
  /** Itself, without a name, or the files within a zip. */
  readonly parts: AsyncIterable<Part>
  /** Of the file itself; what was read of it so far, where it wasn't read to its end. */
  readonly sha256: () => string
  /** How much of it has been read, 0 to 1; undefined where its length isn't known. */
  readonly share: () => number | undefined
  /** Lets go of the file. */
  readonly close: () => void
}

interface Part {
  readonly name: string | undefined
  readonly bytes: AsyncIterable<Uint8Array>
}

/** Packed text is a tenth of itself, rarely a fiftieth: what is more after so many bytes is made to fill a disk. */
const HIGHEST_RATIO = 250
const UNSUSPICIOUS = 256_000_000
const LARGEST = 1_000_000_000_000
const IN_WORDS = `more than ${HIGHEST_RATIO} times as large unpacked, beyond ${UNSUSPICIOUS / 1e6} MB`

const CHUNK = 262_144
const GZIP = [0x1f, 0x8b]
const ZIP = [0x50, 0x4b, 0x03, 0x04]
const EMPTY_ZIP = [0x50, 0x4b, 0x05, 0x06]

/**
 * Opens a file of records.
 *
 * @throws EvidenceError FILE_NOT_READABLE    it isn't there, may not be read, or is no file; also amid reading
 * @throws EvidenceError IMPORT_FILE_INVALID  amid reading: the packed file is damaged, ends too early, or is made to
 *                                            grow beyond all measure
 */
export function openPacked(file: string, shown: string): PackedFile {
  const { size } = requireFile(file, shown)
  const beginning = beginningOf(file, shown)
  if (begins(beginning, ZIP) || begins(beginning, EMPTY_ZIP)) return zipFile(file, shown, size)
  return streamFile(createReadStream(file, { highWaterMark: CHUNK }), shown, size)
}

/**
 * The same of files that belong together: each by its name in their folder, a zip by those of the files within it. The digest is
 * that of the list of their digests and names, as sha256sum writes it.
 *
 * @throws EvidenceError FILE_NOT_READABLE, IMPORT_FILE_INVALID  amid reading, as above
 */
export function openTogether(folder: string, names: readonly string[], shown: string): PackedFile {
  const list = createHash('sha256')
  let done = 0
  async function* parts(): AsyncGenerator<Part> {
    for (const name of names) {
      const file = openPacked(path.join(folder, name), `${shown}/${name}`)
      try {
        for await (const part of file.parts)
          yield { name: part.name === undefined ? name : `${name}/${part.name}`, bytes: part.bytes }
        list.update(`${file.sha256()}  ${name}\n`)
      } finally {
        file.close()
      }
      done++
    }
  }
  return {
    parts: parts(),
    sha256: () => list.copy().digest('hex'),
    share: () => done / names.length,
    close: () => undefined,
  }
}

/** The same of standard input, which can't be a zip: its list of contents stands at its end. */
export const openInput = (input: Readable): PackedFile => streamFile(input, 'standard input', undefined)

/** The first bytes of what a file holds, unpacked, and the same parts again from their beginning. */
export async function peeked(
  parts: AsyncIterable<Part>,
): Promise<{ readonly beginning: Uint8Array; readonly parts: AsyncIterable<Part> }> {
  const rest = parts[Symbol.asyncIterator]()
  const first = await rest.next()
  if (first.done) return { beginning: new Uint8Array(), parts: again([], rest) }
  const chunks = first.value.bytes[Symbol.asyncIterator]()
  const chunk = await chunks.next()
  const bytes = again(chunk.done ? [] : [chunk.value], chunks)
  return { beginning: chunk.done ? new Uint8Array() : chunk.value, parts: again([{ ...first.value, bytes }], rest) }
}

/**
 * The bytes of the one file that there is, itself or within a zip.
 *
 * @throws EvidenceError IMPORT_FILE_INVALID  as reading does, when there are several, or none; nothing of them is kept
 */
export async function* onlyFile({ parts }: PackedFile, shown: string): AsyncGenerator<Uint8Array> {
  let files = 0
  try {
    for await (const { bytes } of parts) {
      files++
      if (files > 1) throw several(shown)
      yield* bytes
    }
  } catch (error) {
    throw error instanceof EvidenceError && error.code === 'IMPORT_FILE_INVALID' ? nothingKept(error) : error
  }
  if (files === 0) throw new EvidenceError('IMPORT_FILE_INVALID', `${shown} is a zip without a file in it.`)
}

const several = (shown: string) =>
  new EvidenceError(
    'IMPORT_FILE_INVALID',
    `${shown} is a zip of several files; give them unpacked, one after the other`,
  )

const nothingKept = ({ code, message, details, cause }: EvidenceError) =>
  new EvidenceError(code, `${message.replace(/\.$/, '')}. Nothing of it was kept.`, details, { cause })

async function* again<T>(first: readonly T[], rest: AsyncIterator<T>): AsyncGenerator<T> {
  try {
    yield* first
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
  } finally {
    await rest.return?.()
  }
}

const begins = (bytes: Uint8Array, magic: readonly number[]) => magic.every((byte, index) => bytes[index] === byte)

function beginningOf(file: string, shown: string): Uint8Array {
  const bytes = new Uint8Array(4)
  try {
    const descriptor = openSync(file, 'r')
    try {
      readSync(descriptor, bytes, 0, 4, 0)
    } finally {
      closeSync(descriptor)
    }
  } catch (cause) {
    throw notReadable(shown, cause)
  }
  return bytes
}

function streamFile(source: Readable, shown: string, size: number | undefined): PackedFile {
  const hash = createHash('sha256')
  const count = { read: 0 }
  return {
    parts: one({ name: undefined, bytes: unpacked(counted(source, shown, hash, count), shown, count) }),
    sha256: () => hash.copy().digest('hex'),
    share: () => (size ? count.read / size : undefined),
    close: () => void source.destroy(),
  }
}

async function* one(part: Part): AsyncGenerator<Part> {
  yield part
}

async function* counted(source: Readable, shown: string, hash: Hash, count: { read: number }): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of source) {
      hash.update(chunk)
      count.read += chunk.length
      yield chunk
    }
  } catch (cause) {
    throw notReadable(shown, cause)
  }
}

async function* unpacked(
  source: AsyncGenerator<Buffer>,
  shown: string,
  count: { readonly read: number },
): AsyncGenerator<Uint8Array> {
  const first = await source.next()
  if (first.done) return
  const all = async function* () {
    yield first.value
    yield* source
  }
  if (begins(first.value, ZIP))
    throw new EvidenceError(
      'IMPORT_FILE_INVALID',
      `${shown} is a zip, which has the list of its contents at its end. Give it as a file.`,
    )
  if (!begins(first.value, GZIP)) {
    yield* all()
    return
  }
  try {
    yield* bounded(
      pipeline(all(), createGunzip(), () => undefined),
      shown,
      () => count.read,
    )
  } catch (cause) {
    throw damaged(shown, cause)
  }
}

/** Stops at what grows beyond all measure. */
async function* bounded(
  source: AsyncIterable<Uint8Array>,
  shown: string,
  packed: () => number,
): AsyncGenerator<Uint8Array> {
  let length = 0
  for await (const chunk of source) {
    length += chunk.length
    if (length > LARGEST || (length > UNSUSPICIOUS && length > HIGHEST_RATIO * packed()))
      throw new EvidenceError(
        'IMPORT_FILE_INVALID',
        `${shown} is ${IN_WORDS}. Nobody packs records so: unpack it yourself if you trust it.`,
      )
    yield chunk
  }
}

const damaged = (shown: string, cause: unknown): EvidenceError =>
  cause instanceof EvidenceError
    ? cause
    : new EvidenceError(
        'IMPORT_FILE_INVALID',
        `${shown} can't be unpacked: ${reasonOf(cause)}. It is damaged, or was not fetched to its end`,
        {},
        { cause },
      )

function zipFile(file: string, shown: string, size: number): PackedFile {
  const hash = createHash('sha256')
  let zip: ZipFile | undefined
  let digest: string | undefined
  const count = { read: 0 }
  async function* parts(): AsyncGenerator<Part> {
    // What lies in a zip is read in its list's order, not the file's: the digest needs a reading of its own.
    const whole = createReadStream(file, { highWaterMark: CHUNK })
    for await (const chunk of counted(whole, shown, hash, { read: 0 })) void chunk
    digest = hash.digest('hex')
    try {
      const opened = await yauzl.openPromise(file, { autoClose: false })
      zip = opened
      for await (const entry of opened.eachEntry()) {
        if (isNoFile(entry.fileName)) continue
        yield { name: entry.fileName, bytes: entryBytes(opened, entry, `${shown}/${entry.fileName}`) }
        count.read += entry.compressedSize
      }
    } catch (cause) {
      throw damaged(shown, cause)
    }
  }
  return {
    parts: parts(),
    sha256: () => digest ?? '',
    share: () => count.read / size,
    close: () => zip?.close(),
  }
}

/** Folders, and what a Mac adds beside each file. */
const isNoFile = (name: string) => name.endsWith('/') || /(^|\/)(__MACOSX\/|\.)/.test(name)

async function* entryBytes(zip: ZipFile, entry: Entry, shown: string): AsyncGenerator<Uint8Array> {
  try {
    if (entry.isEncrypted()) throw new EvidenceError('IMPORT_FILE_INVALID', `${shown} needs a password`)
    const stream = await zip.openReadStreamPromise(entry)
    yield* bounded(stream, shown, () => entry.compressedSize)
  } catch (cause) {
    throw damaged(shown, cause)
  }
}
