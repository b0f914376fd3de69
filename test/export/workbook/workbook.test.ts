import { strFromU8, unzipSync } from 'fflate'
import readXlsxFile, { readSheet } from 'read-excel-file/node'
import { describe, expect, test } from 'vitest'
import type { Cell } from '../../../src/export/table.ts'
import { workbook } from '../../../src/export/workbook/workbook.ts'

type Rows = readonly Readonly<Record<string, Cell>>[]

/** A workbook of one table whose rows come in these pages. */
async function workbookOf(pages: readonly Rows[], mostRows?: number): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  const table = { name: 'a', columns: ['x', 'y'], pages: some(pages) }
  for await (const chunk of workbook(some([table]), () => [], mostRows)) chunks.push(chunk)
  return Buffer.concat(chunks)
}

async function* some<Item>(items: readonly Item[]): AsyncGenerator<Item> {
  yield* items
}

const cells = async (values: readonly Cell[]): Promise<readonly unknown[]> =>
  (await readSheet(await workbookOf([values.map((x) => ({ x, y: 0 }))]), 'a', { trim: false }))
    .slice(1)
    .map(([value]) => value)
const xmlOf = async (values: readonly Cell[]): Promise<string> =>
  strFromU8(
    unzipSync(await workbookOf([values.map((x) => ({ x, y: null }))]))['xl/worksheets/sheet1.xml'] ?? Buffer.of(),
  )

describe('a cell comes back as it was', () => {
  test.each([
    { what: 'numbers', values: [0, -1, 0.1 + 0.2, 1 / 3, 5e-324, 1.7976931348623157e308, 123456789.12345679, 1e-7] },
    { what: 'truth values and nothing', values: [true, false, null] },
    { what: 'texts like formulas', values: ['=cmd()|/c calc', '+1+2', '-2+3', '@SUM(A1)', '=1', '-', '<='] },
    { what: 'texts like numbers', values: ['.089', '0012', '1e5', 'TRUE', '1993-04-21'] },
    { what: 'markup', values: ['<b>&amp;</b>', '"x"', "it's", ']]>', '</t></is></c>'] },
    { what: 'lines and spaces', values: ['two\nlines', ' around ', 'tab\there', 'a  b'] },
    { what: 'letters of all kinds', values: ['é ß', '😀', '中文', '\u2028', '\u00a0'] },
  ])('$what', async ({ values }) => {
    expect(await cells(values)).toEqual(values)
  })

  // ECMA-376-1, 22.9.2.19: by their numbers; readers that know the rule give them back.
  test('characters that XML can’t have are written by their numbers', async () => {
    const xml = await xmlOf(['a\u0007b\u001f\ufffe\r', '_x0007_', '_x00g7_'])
    expect(xml).toContain('>a_x0007_b_x001F__xFFFE__x000D_<')
    expect(xml).toContain('>_x005F_x0007_<')
    expect(xml).toContain('>_x00g7_<')
  })

  test('a text like a formula stays one when it is edited; others are as they are', async () => {
    const xml = await xmlOf(['=1', 'plain'])
    expect(xml).toContain('<c r="A2" s="2" t="inlineStr">')
    expect(xml).toContain('<c r="A3" t="inlineStr">')
    expect(xml).not.toContain('<f>')
  })
})

describe('the limits of Excel', () => {
  test('a text of 32,767 characters is whole, a longer one is cut, and says so', async () => {
    const [whole, long] = ['a'.repeat(32_767), 'b'.repeat(32_768)]
    const [first, second] = await cells([whole, long])
    expect(first).toBe(whole)
    expect(String(second)).toHaveLength(32_767)
    expect(second).toMatch(/^b{32700,} … \[cut: 32768 characters\]$/)
  })

  test('no letter is cut in two', async () => {
    const [text] = await cells([`${'a'.repeat(1)}${'😀'.repeat(20_000)}`, 'x'])
    const [other] = await cells(['😀'.repeat(20_000)])
    for (const cut of [text, other]) {
      expect(cut).not.toContain('\ufffd')
      expect(String(cut).length).toBeLessThanOrEqual(32_767)
      expect(cut).toMatch(/😀 … \[cut: 4000\d characters\]$/u)
    }
  })

  test('what was cut is told to who writes the sheets before', async () => {
    const table = { name: 'a', columns: ['x'], pages: some([[{ x: 'c'.repeat(40_000) }, { x: 'short' }]]) }
    const told: unknown[] = []
    const chunks = workbook(some([table]), (written) => {
      told.push(...written.flatMap(({ sheets }) => sheets.map(({ cuts, cut }) => ({ cuts, cut }))))
      return []
    })
    for await (const _ of chunks);
    expect(told).toEqual([{ cuts: 1, cut: ['A2'] }])
  })

  test.each([
    { rows: 0, sheets: ['a'] },
    { rows: 2, sheets: ['a'] },
    { rows: 3, sheets: ['a', 'a (2)'] },
    { rows: 5, sheets: ['a', 'a (2)', 'a (3)'] },
  ])('$rows rows take $sheets where a sheet holds a header and two', async ({ rows, sheets }) => {
    const all = Array.from({ length: rows }, (_, x) => ({ x, y: null }))
    const pages = [all.slice(0, 1), [], all.slice(1)]
    const read = await readXlsxFile(await workbookOf(pages, 3))
    expect(read.map(({ sheet }) => sheet)).toEqual(sheets)
    for (const { data } of read) {
      expect(data[0]).toEqual(['x', 'y'])
      expect(data.length).toBeLessThanOrEqual(3)
    }
    expect(read.flatMap(({ data }) => data.slice(1).map(([x]) => x))).toEqual(all.map(({ x }) => x))
  })
})
