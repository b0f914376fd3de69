import { expect, test } from 'vitest'
import { readRis } from '../../../src/import/ris/read-ris.ts'
import { splitRis } from '../../../src/import/ris/split-ris.ts'
import { chunks, split, textOfRecord } from '../chunks.ts'
import { realFiles } from '../real-files.ts'

const A = 'TY  - JOUR\nTI  - Tea\nand milk\nER  -'
const NO_END = 'TY  - BOOK\nT1  - Milk'
const BEHIND = 'TY  -JOUR\nT1\t- Cats\nER  - \nNL  - J Cats\n\nLink to it\n\n2.'
const NO_TYPE = 'TI  - Without a type\nER  -'

async function given(content: string | Uint8Array, size?: number) {
  const { records, error } = await split(splitRis, chunks(content, size))
  return { records, texts: records.map(textOfRecord), error: error instanceof Error ? error.message : error }
}

test.each(['\n', '\r\n', '\r'])('records come in order, however the bytes come and lines end (%j)', async (end) => {
  const file = `\uFEFFProvider: Nobody\n\n1.\n${A}\n\n${NO_END}\n${BEHIND}\n  ${A}\n${NO_TYPE}\n`.replaceAll('\n', end)
  for (const size of [1, 2, 3, 7, 15, 16, 17, 64_000]) {
    const { records, texts, error } = await given(file, size)
    expect(error).toBeUndefined()
    expect(texts.map((text) => text.replaceAll(end, '\n'))).toEqual([A, NO_END, BEHIND, `  ${A}`, NO_TYPE])
    expect(records.map(({ number, line }) => [number, line])).toEqual([
      [1, 4],
      [2, 9],
      [3, 11],
      [4, 19],
      [5, 23],
    ])
  }
})

test('words that look like a tag are none', async () => {
  const record = 'TY  - JOUR\nAB  - Given were\nIL -2 and\nT1 -weighted images\nER  -'
  const { records } = await given(record)
  expect(records.map((raw) => readRis(raw))).toMatchObject([
    { record: { sections: [{ body: 'Given were IL -2 and T1 -weighted images' }] } },
  ])
})

test.each([
  { what: 'nothing', file: '' },
  { what: 'MEDLINE format', file: 'PMID- 8468720\nTI  - Tea\n' },
  { what: 'XML', file: '<a>TY  - JOUR</a>' },
])('$what is refused', async ({ file }) => {
  expect(await given(file, 1)).toMatchObject({
    texts: [],
    error: 'file: the file holds no record in RIS. One begins with a line such as "TY  - JOUR".',
  })
})

const REAL = realFiles('ris')

test.skipIf(REAL.length === 0)('the real files have as many records as lines with TY', async () => {
  let [all, refused] = [0, 0]
  for (const { name, bytes } of REAL) {
    const types = bytes.toString().match(/^[\uFEFF ]*TY {1,2}-.*$/gm) ?? []
    const { records, error } = await given(bytes, 1_009)
    expect(error, name).toBeUndefined()
    expect(records.length, name).toBe(types.length)
    for (const raw of records) {
      all++
      try {
        readRis(raw)
      } catch (error) {
        refused++
        expect(error, name).toMatchObject({ code: 'RECORD_INVALID', message: 'the record says nothing but its type' })
      }
    }
  }
  // `grep -c '^.\{0,6\}TY  *-'` of all files; in one of them eight records have a type alone.
  expect([REAL.length, all, refused]).toEqual([91, 976, 8])
})
