import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { onlyFile, openInput, openPacked, openTogether, type PackedFile } from '../../src/cli/packed-files.ts'
import { scratchFolder, scratchPath } from '../scratch.ts'

const TEXT = Buffer.from('<PubmedArticleSet/>\n')
const OTHER = Buffer.from('another')

function fileOf(name: string, bytes: Uint8Array): string {
  const file = scratchPath(name)
  writeFileSync(file, bytes)
  return file
}

async function contentsOf(file: PackedFile): Promise<Record<string, string>> {
  const contents: Record<string, string> = {}
  for await (const { name = '', bytes } of file.parts) {
    const chunks: Uint8Array[] = []
    for await (const chunk of bytes) chunks.push(chunk)
    contents[name] = Buffer.concat(chunks).toString()
  }
  file.close()
  return contents
}

describe('a file of records', () => {
  test.each([
    { as: 'it is', bytes: TEXT, contents: { '': TEXT.toString() } },
    { as: 'gzip packs it', bytes: gzipSync(TEXT), contents: { '': TEXT.toString() } },
    {
      as: 'several gzip files in one',
      bytes: Buffer.concat([gzipSync(TEXT), gzipSync(OTHER)]),
      contents: { '': `${TEXT}${OTHER}` },
    },
    {
      as: 'a zip of files, without what a Mac adds',
      bytes: zipSync({
        'a/one.xml': TEXT,
        'two.xml': [OTHER, { level: 0 }],
        '__MACOSX/two.xml': OTHER,
        '.DS_Store': OTHER,
      }),
      contents: { 'a/one.xml': TEXT.toString(), 'two.xml': OTHER.toString() },
    },
    { as: 'an empty zip', bytes: zipSync({}), contents: {} },
  ])('is read as $as', async ({ bytes, contents }) => {
    const file = fileOf('records', bytes)
    const opened = openPacked(file, 'records')
    expect(await contentsOf(opened)).toEqual(contents)
    expect(opened.sha256()).toBe(createHash('sha256').update(readFileSync(file)).digest('hex'))
  })

  test('may be several together, whose digest is that of the list that sha256sum writes', async () => {
    const folder = scratchFolder('together')
    const zip = zipSync({ 'a/b.csv': OTHER })
    writeFileSync(path.join(folder, 'one.csv'), TEXT)
    writeFileSync(path.join(folder, 'two.zip'), zip)
    const opened = openTogether(folder, ['one.csv', 'two.zip'], 'together')
    expect(await contentsOf(opened)).toEqual({ 'one.csv': TEXT.toString(), 'two.zip/a/b.csv': OTHER.toString() })
    const digest = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest('hex')
    expect(opened.sha256()).toBe(digest(`${digest(TEXT)}  one.csv\n${digest(zip)}  two.zip\n`))
    expect(opened.share()).toBe(1)
  })

  test('may come from standard input, but for a zip', async () => {
    expect(await contentsOf(openInput(Readable.from([gzipSync(TEXT)])))).toEqual({ '': TEXT.toString() })
    await expect(contentsOf(openInput(Readable.from([Buffer.from(zipSync({ a: TEXT }))])))).rejects.toMatchObject({
      code: 'IMPORT_FILE_INVALID',
      message: expect.stringContaining('Give it as a file'),
    })
  })
})

describe('a packed file is refused', () => {
  const packed = gzipSync(Buffer.from(Array.from({ length: 50_000 }, (_, index) => `${index} `).join('')))
  const zip = zipSync({ 'one.xml': TEXT })
  test.each([
    {
      because: 'it ends too early',
      bytes: packed.subarray(0, packed.length >> 1),
      says: /can't be unpacked.*to its end/,
    },
    { because: 'it is damaged', bytes: Buffer.from(packed).fill(0, 200, 300), says: /can't be unpacked/ },
    { because: 'a zip ends too early', bytes: zip.subarray(0, zip.length - 30), says: /can't be unpacked/ },
  ])('where $because', async ({ bytes, says }) => {
    await expect(contentsOf(openPacked(fileOf('packed', bytes), 'packed'))).rejects.toMatchObject({
      code: 'IMPORT_FILE_INVALID',
      message: expect.stringMatching(says),
    })
  })

  test.each(['gzip', 'zip'])('where %s makes it grow beyond all measure, before it has', async (kind) => {
    const zeros = Buffer.alloc(300_000_000)
    const bytes = kind === 'gzip' ? gzipSync(zeros) : zipSync({ 'bomb.xml': zeros })
    await expect(contentsOf(openPacked(fileOf('bomb', bytes), 'bomb'))).rejects.toMatchObject({
      code: 'IMPORT_FILE_INVALID',
      message: expect.stringMatching(/250 times as large unpacked, beyond 256 MB/),
    })
  })
})

describe('a file that comes whole or not at all', () => {
  const read = async (bytes: Uint8Array): Promise<string> => {
    const chunks: Uint8Array[] = []
    for await (const chunk of onlyFile(openPacked(fileOf('whole', bytes), 'whole'), 'whole')) chunks.push(chunk)
    return Buffer.concat(chunks).toString()
  }

  test.each([
    { as: 'it is', bytes: TEXT },
    { as: 'gzip packs it', bytes: gzipSync(TEXT) },
    { as: 'the one in a zip', bytes: zipSync({ 'a/one.xml': TEXT, '__MACOSX/one.xml': OTHER }) },
  ])('is read as $as', async ({ bytes }) => expect(await read(bytes)).toBe(TEXT.toString()))

  test.each([
    {
      what: 'that breaks off',
      bytes: gzipSync(TEXT).subarray(0, -9),
      message: /whole can't be unpacked: .*\. Nothing/,
    },
    { what: 'among others', bytes: zipSync({ a: TEXT, b: OTHER }), message: /zip of several files; give .*\. Nothing/ },
    { what: 'of which there is none', bytes: zipSync({}), message: /zip without a file/ },
  ])('is refused $what', async ({ bytes, message }) => {
    await expect(read(bytes)).rejects.toMatchObject({
      code: 'IMPORT_FILE_INVALID',
      message: expect.stringMatching(message),
    })
  })
})
