import { describe, expect, test } from 'vitest'
import type { Cell } from '../../src/export/table.ts'
import { writeTable } from '../../src/export/write-table.ts'

const cell = (value: Cell) =>
  writeTable({ columns: ['a'], rows: [{ a: value }] }, 'markdown')
    .split('\n')[2]
    ?.slice(2, -2)
    .trim()

describe('a Markdown cell', () => {
  test.each([
    { value: 'a|b', says: 'a\\|b' },
    { value: '\\|', says: '\\\\\\|' },
    { value: 'two\nlines', says: 'two lines' },
    { value: 'two\r\nlines', says: 'two lines' },
    { value: 'two\rlines', says: 'two lines' },
    { value: 'two \n\n  lines', says: 'two lines' },
    { value: '<script>alert(1)</script>', says: '\\<script\\>alert(1)\\</script\\>' },
    { value: '[link](javascript:x)', says: '\\[link\\](javascript:x)' },
    { value: '![x](y)', says: '!\\[x\\](y)' },
    { value: '*a* _b_ `c` ~~d~~', says: '\\*a\\* \\_b\\_ \\`c\\` \\~\\~d\\~\\~' },
    { value: '&lt;', says: '\\&lt;' },
    { value: 'P$_2$', says: 'P\\$\\_2\\$' },
    { value: null, says: '' },
    { value: 0, says: '0' },
    { value: false, says: 'false' },
  ])('of $value is $says', ({ value, says }) => {
    expect(cell(value)).toBe(says)
  })
})

test('numbers stand to the right, texts to the left, and a column without values to the left', () => {
  const rows = [
    { a: 'x', b: 1, c: null },
    { a: 'long', b: null, c: 'y' },
  ]
  expect(writeTable({ columns: ['a', 'b', 'c'], rows }, 'markdown').split('\n')).toEqual([
    '| a    |  b | c  |',
    '| :--- | -: | :- |',
    '| x    |  1 |    |',
    '| long |    | y  |',
    '',
  ])
})

test('without rows it has its head', () => {
  expect(writeTable({ columns: ['a'], rows: [] }, 'markdown')).toBe('| a  |\n| :- |\n')
})
