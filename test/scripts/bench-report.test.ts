import { expect, test } from 'vitest'
import { benchRow, formatBenchRows, median } from '../../scripts/bench-report.ts'

test.each([
  [[3], 3],
  [[9, 1, 5], 5],
  [[10, 2, 4, 6], 5],
])('the median of %j is %d', (values, middle) => {
  expect(median(values)).toBe(middle)
})

test('there is no median of nothing', () => {
  expect(() => median([])).toThrow(RangeError)
})

test('a row holds up to its aim, and not beyond', () => {
  const row = benchRow('twice', [20, 22, 18], [10, 10, 11], 2)
  expect(row).toEqual({ name: 'twice', ours: 20, baseline: 10, ratio: 2, aim: 2, holds: true })
  expect(benchRow('more', [21], [10], 2).holds).toBe(false)
})

test('rows are printed as a table, and as JSON', () => {
  const rows = [benchRow('help', [45], [50], 8), benchRow('extract', [1100], [50], 20)]
  expect(formatBenchRows(rows, false)).toBe(
    [
      '           ours  baseline  ratio   aim',
      'help       45.0      50.0   0.90   ≤ 8   holds',
      'extract  1100.0      50.0  22.00  ≤ 20  missed',
      '',
    ].join('\n'),
  )
  expect(JSON.parse(formatBenchRows(rows, true))).toEqual(rows)
})
