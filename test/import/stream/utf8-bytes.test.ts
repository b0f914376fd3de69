import { expect, test } from 'vitest'
import { utf8Bytes } from '../../../src/import/stream/utf8-bytes.ts'
import { chunks } from '../chunks.ts'

async function inUtf8(bytes: Uint8Array, size = 64_000, said?: (beginning: string) => string | undefined) {
  const parts: Uint8Array[] = []
  for await (const part of utf8Bytes(chunks(bytes, size), 'file', said)) parts.push(part)
  return Buffer.concat(parts)
}
const TEXT = `Müller 中文 🧬 ${'x'.repeat(300)}`

test.each([1, 2, 3, 64_000])('a byte order mark says the encoding, and goes (chunks of %i)', async (size) => {
  const marked = Buffer.from(`\uFEFF${TEXT}`, 'utf16le')
  expect(String(await inUtf8(Buffer.from(`\uFEFF${TEXT}`), size))).toBe(TEXT)
  expect(String(await inUtf8(marked, size))).toBe(TEXT)
  expect(String(await inUtf8(Buffer.from(marked).swap16(), size))).toBe(TEXT)
})

test('what says nothing goes through as it is, faults included', async () => {
  const bytes = Buffer.from([0x4d, 0xfc, 0x6c, 0xff])
  expect(await inUtf8(bytes, 1)).toEqual(bytes)
})

test('what the file itself says counts', async () => {
  expect(String(await inUtf8(Buffer.from([0xfc, 0x80]), 1, () => 'windows-1252'))).toBe('ü€')
  const text = Buffer.from('ü')
  for (const name of ['UTF-8', 'utf8', 'US-ASCII']) expect(await inUtf8(text, 1, () => name)).toEqual(text)
})

test('bytes that are not what they say are refused', async () => {
  const refused = (message: RegExp) =>
    expect.objectContaining({ code: 'IMPORT_FILE_INVALID', message: expect.stringMatching(message) })
  await expect(inUtf8(Buffer.from([0xff, 0xfe, 0x00, 0xdc]))).rejects.toEqual(refused(/its bytes are not utf-16le/))
  await expect(inUtf8(Buffer.from([0xff, 0xfe, 0x41]))).rejects.toEqual(refused(/its bytes are not utf-16le/))
  await expect(inUtf8(Buffer.from('x'), 1, () => 'klingon')).rejects.toEqual(
    refused(/encoding is klingon, which is not/),
  )
})
