import { describe, expect, test } from 'vitest'
import { FORMATS, type Table, writeTable } from '../../src/index.ts'

const one = (value: string | number | boolean | null): Table => ({ columns: ['a', 'b'], rows: [{ a: value, b: 1 }] })
const cell = (value: string | number | boolean | null) =>
  writeTable(one(value), 'csv').split('\n').slice(1).join('\n').replace(/,1\n$/, '')

describe('CSV', () => {
  test.each([
    ['nothing is an empty field', null, ''],
    ['an empty text too', '', ''],
    ['zero is data', 0, '0'],
    ['numbers keep all their digits', 0.1 + 0.2, '0.30000000000000004'],
    ['a negative number is no formula', -0.5, '-0.5'],
    ['true and false are words', false, 'false'],
    ['commas are quoted', 'a, b', '"a, b"'],
    ['quotes are doubled', 'say "no"', '"say ""no"""'],
    ['line feeds are quoted', 'a\nb', '"a\nb"'],
    ['carriage returns are quoted', 'a\r\nb', '"a\r\nb"'],
    ['a formula gets an apostrophe', '=cmd()', "'=cmd()"],
    ['so does one that begins with a sign', '+cmd|x', "'+cmd|x"],
    ['and one with an at', '@SUM(A1)', "'@SUM(A1)"],
    ['a p value’s operator stays as it is', '=', '='],
    ['a printed negative number stays as it is', '-0.5', '-0.5'],
    ['letters of any script stay', 'κ β 治', 'κ β 治'],
  ])('%s', (_, value, expected) => {
    expect(cell(value)).toBe(expected)
  })

  test('without rows there is still the head', () => {
    expect(writeTable({ columns: ['study', 'n'], rows: [] }, 'csv')).toBe('study,n\n')
  })
})

describe('JSON', () => {
  test('has the columns’ names, in their order, and null for nothing', () => {
    const text = writeTable({ columns: ['b', 'a'], rows: [{ a: null, b: 0 }] }, 'json')
    expect(text).toBe('[\n  {"b":0,"a":null}\n]\n')
  })

  test('is an empty list without rows', () => {
    expect(JSON.parse(writeTable({ columns: ['a'], rows: [] }, 'json'))).toEqual([])
  })
})

describe('Markdown', () => {
  test.each([
    ['a pipe does not end the cell', 'a | b', String.raw`a \| b`],
    ['a tag is no tag', '<script>', String.raw`\<script\>`],
    ['stars do not set type', '*5*', String.raw`\*5\*`],
    ['a line feed does not end the row', 'a\n b', 'a b'],
    ['brackets make no link', '[x](y)', String.raw`\[x\](y)`],
  ])('%s', (_, value, expected) => {
    expect(writeTable(one(value), 'markdown').split('\n')[2]?.replace(/ +/g, ' ')).toBe(`| ${expected} | 1 |`)
  })

  test('numbers stand on the right', () => {
    expect(writeTable({ columns: ['n'], rows: [{ n: 10 }, { n: null }] }, 'markdown')).toMatch(/\| -+: \|/)
  })
})

describe('a table for the terminal', () => {
  const wide: Table = {
    columns: ['name', 'words'],
    rows: [
      { name: 'a', words: 'word '.repeat(60).trim() },
      { name: 'b', words: 'short' },
    ],
  }
  const longest = (text: string) => Math.max(...text.split('\n').map((line) => [...line].length))

  test.each([60, 80, 132])('fits in %i columns and loses no word', (width) => {
    const text = writeTable(wide, 'table', width)
    expect(longest(text)).toBeLessThanOrEqual(width)
    expect(text.match(/word\b/g)).toHaveLength(60)
  })

  test('without a terminal is as wide as its content', () => {
    expect(longest(writeTable(wide, 'table'))).toBeGreaterThan(300)
  })

  test('leaves out columns without a value, and says the study of all rows once', () => {
    const rows = [1, 2].map((n) => ({ study: 's', n, empty: null }))
    const text = writeTable({ columns: ['study', 'n', 'empty'], rows }, 'table')
    expect(text.match(/\bs\b/g)).toHaveLength(1)
    expect(text).not.toContain('empty')
  })

  test('does not pass on what would steer the terminal', () => {
    const text = writeTable(one('\u001b[31mred\u001b[0m\u0007\u009b2J'), 'table')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: looks for them
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/)
    expect(text).toContain('red')
  })

  test('is nothing without rows', () => {
    expect(writeTable({ columns: ['a'], rows: [] }, 'table')).toBe('')
  })
})

test.each(FORMATS)('%s ends with a line feed', (format) => {
  expect(writeTable(one('x'), format)).toMatch(/[^\n]\n$/)
})
