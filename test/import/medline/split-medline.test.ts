import { expect, test } from 'vitest'
import { readMedline } from '../../../src/import/medline/read-medline.ts'
import { splitMedline } from '../../../src/import/medline/split-medline.ts'
import { chunks, split, textOfRecord } from '../chunks.ts'
import { realFiles } from '../real-files.ts'

const A = 'PMID- 1\nTI  - Tea\n      and milk'
const B = 'PMC - PMC2\nPMID- 2\nAB  - MRSA\n      TI  - no tag\nMRSA-positive'
const C = 'PMID- \nTI  - Of no PubMed'

async function given(content: string | Uint8Array, size?: number) {
  const { records, error } = await split(splitMedline, chunks(content, size))
  return { records, texts: records.map(textOfRecord), error: error instanceof Error ? error.message : error }
}

test.each(['\n', '\r\n', '\r'])('records come in order, however the bytes come and lines end (%j)', async (end) => {
  const file = `\n${A}\n\n${B}\n${C}\n \n\nTI  - Without a number\n\nsaid the cat\n`.replaceAll('\n', end)
  for (const size of [1, 2, 3, 7, 15, 16, 17, 64_000]) {
    const { records, texts, error } = await given(file, size)
    expect(error).toBeUndefined()
    expect(texts.map((text) => text.replaceAll(end, '\n'))).toEqual([A, B, C, 'TI  - Without a number\n\nsaid the cat'])
    expect(records.map(({ number, line }) => [number, line])).toEqual([
      [1, 2],
      [2, 6],
      [3, 11],
      [4, 15],
    ])
  }
})

test('words before the first record are none, and a byte order mark goes', async () => {
  expect(await given(`\uFEFFPubMed results\n\n${A}`, 3)).toMatchObject({ texts: [A], error: undefined })
  expect(await given(Buffer.from(`\uFEFF${A}\n`, 'utf16le'), 3)).toMatchObject({ texts: [A], error: undefined })
  expect(await given('x'.repeat(50_000) + A, 10_000)).toMatchObject({ texts: ['TI  - Tea\n      and milk'] })
})

test.each([
  { what: 'nothing', file: '', says: /^file: the file holds no record in MEDLINE format\./ },
  { what: 'words', file: 'tea\nPMID-x\n', says: /^file: the file holds no record in MEDLINE format\./ },
  { what: 'RIS', file: 'TY  - JOUR\nER  - \n', says: /^file:1: the file is RIS; expected MEDLINE format/ },
])('$what is refused', async ({ file, says }) => {
  expect(await given(file, 1)).toMatchObject({ texts: [], error: expect.stringMatching(says) })
})

test('a record of two gigabytes is refused before it fills the memory', async () => {
  const piece = Buffer.alloc(1_000_000, 'x')
  let pieces = 0
  async function* endless() {
    yield Buffer.from(`${A}\n\nPMID- 2\nTI  - `)
    for (; pieces < 2_000; pieces++) yield piece
  }
  const { records, error } = await split(splitMedline, endless())
  expect(records.length).toBe(1)
  expect(error).toMatchObject({ message: expect.stringMatching(/^file:5: the record .* longer than 16 million bytes/) })
  expect(pieces).toBeLessThan(64)
})

const REAL = realFiles('medline')

test.skipIf(REAL.length === 0)('the real files have as many records as blocks between blank lines', async () => {
  // One of them is a test of a reader of other programs, in which lines such as "TI-" and one block of words are no fields.
  for (const { name, bytes } of REAL) {
    const { records, error } = await given(bytes, 1_009)
    const blocks = bytes
      .toString()
      .split(/(?:\r?\n *){2,}/)
      .filter((block) => /^[A-Z0-9]{2,4} *-/m.test(block))
    expect(error, name).toBeUndefined()
    expect(records.length, name).toBe(blocks.length)
    for (const record of records) {
      const reading = readMedline(record)
      const pmid = /^PMID- ?(\d+)/m.exec(textOfRecord(record))?.[1]
      if (pmid !== undefined) expect(reading, name).toMatchObject({ key: pmid })
      // A tag with words is in the reading, by one leaf of it at least, or listed.
      const title = /^TI {2}- (\S.{9,60})/m.exec(textOfRecord(record))?.[1]
      if (title !== undefined)
        expect(JSON.stringify(reading), name).toContain(JSON.stringify(title.trim().replace(/\.$/, '')).slice(1, -1))
    }
  }
})
