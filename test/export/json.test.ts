import { expect, test } from 'vitest'
import { writeTable } from '../../src/export/write-table.ts'

test('one row a line, every column in its order, null for what is missing', () => {
  const rows = [
    { b: 'x"\n', a: 0.5 },
    { b: null, a: true, extra: 1 },
  ]
  expect(writeTable({ columns: ['a', 'b'], rows }, 'json')).toBe(
    '[\n  {"a":0.5,"b":"x\\"\\n"},\n  {"a":true,"b":null}\n]\n',
  )
})

test('no rows are an empty list', () => {
  expect(writeTable({ columns: ['a'], rows: [] }, 'json')).toBe('[]\n')
})

test('texts stay as they are, also those that CSV must guard', () => {
  const value = '=cmd()\u0000\u001b[31m \u2028 😀 </script>'
  expect(JSON.parse(writeTable({ columns: ['a'], rows: [{ a: value }] }, 'json'))).toEqual([{ a: value }])
})
