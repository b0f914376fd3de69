import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Cell } from '../../src/export/table.ts'
import { writeTable } from '../../src/export/write-table.ts'

const cell = (value: Cell) => writeTable({ columns: ['a'], rows: [{ a: value }] }, 'csv').slice('a\n'.length, -1)

describe('a CSV cell', () => {
  test.each([
    { value: 'plain', says: 'plain' },
    { value: 'a,b', says: '"a,b"' },
    { value: 'a"b', says: '"a""b"' },
    { value: 'two\nlines', says: '"two\nlines"' },
    { value: '"', says: '""""' },
    { value: null, says: '' },
    { value: '', says: '' },
    { value: true, says: 'true' },
    { value: false, says: 'false' },
    { value: 0, says: '0' },
    { value: -0.5, says: '-0.5' },
    { value: 1e-7, says: '1e-7' },
    { value: 0.089, says: '0.089' },
    { value: ' spaces ', says: ' spaces ' },
    { value: 'é 😀', says: 'é 😀' },
  ])('of $value is $says', ({ value, says }) => {
    expect(cell(value)).toBe(says)
  })

  test.each([
    { value: '=cmd()', says: "'=cmd()" },
    { value: '=HYPERLINK("http://x","y")', says: `"'=HYPERLINK(""http://x"",""y"")"` },
    { value: '+1+cmd|x', says: "'+1+cmd|x" },
    { value: '-2+3', says: "'-2+3" },
    { value: '@x', says: "'@x" },
    { value: '\t=cmd()', says: "'\t=cmd()" },
    { value: '\r=cmd()', says: `"'\r=cmd()"` },
    { value: '\n=cmd()', says: `"'\n=cmd()"` },
  ])('$value is no formula', ({ value, says }) => {
    expect(cell(value)).toBe(says)
  })

  // Operators, and numbers as a source prints them, stay as they are.
  test.each(['=', '<', '<=', '>', '>=', '-', '+', '+1', '-0.5', '-0,5', '-.089', '+31%', '.089'])(
    '%s stays as it is',
    (value) => {
      expect([value, `"${value}"`]).toContain(cell(value))
    },
  )
})

/** RFC 4180 read by another hand: quotes toggle, doubled quotes are one; outside quotes no line ends but by a feed. */
function parse(csv: string): string[][] {
  const rows: string[][] = []
  let [row, field, quoted]: [string[], string, boolean] = [[], '', false]
  for (let at = 0; at < csv.length; at++) {
    const letter = csv.charAt(at)
    if (letter === '"' && quoted && csv[at + 1] === '"') {
      field += '"'
      at++
    } else if (letter === '"') quoted = !quoted
    else if (quoted) field += letter
    else if (letter === '\r') throw new Error('a bare carriage return')
    else if (letter === ',' || letter === '\n') {
      row.push(field)
      field = ''
      if (letter === '\n') {
        rows.push(row)
        row = []
      }
    } else field += letter
  }
  return rows
}

describe('a CSV file', () => {
  test('has its columns in order, a line feed at the end of each line, and nothing for what is missing', () => {
    const table = {
      columns: ['b', 'a', 'c'],
      rows: [
        { a: 1, b: 'x', extra: 'never' },
        { b: null, c: true },
      ],
    }
    expect(writeTable(table, 'csv')).toBe('b,a,c\nx,1,\n,,true\n')
  })

  test('without rows has its columns', () => {
    expect(writeTable({ columns: ['a', 'b'], rows: [] }, 'csv')).toBe('a,b\n')
  })

  test('gives back every text that was put in', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', "'", '=', '😀'), maxLength: 12 })
    fc.assert(
      fc.property(fc.array(fc.record({ a: text, b: text }), { minLength: 1, maxLength: 4 }), (rows) => {
        const read = parse(writeTable({ columns: ['a', 'b'], rows }, 'csv')).slice(1)
        const plain = (value: string | undefined, given: string) =>
          /^[=\r\n]/.test(given) ? value?.replace(/^'/, '') : value
        expect(read.map(([a, b], index) => [plain(a, rows[index]?.a ?? ''), plain(b, rows[index]?.b ?? '')])).toEqual(
          rows.map(({ a, b }) => [a, b]),
        )
      }),
    )
  })
})
