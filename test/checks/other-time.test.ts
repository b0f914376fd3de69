import { expect, test } from 'vitest'
import { otherTime } from '../../src/checks/other-time.ts'

test.each([
  ['36-month', [36], 'months'],
  ['at 50-66 months', [50, 66], 'months'],
  ['after three years', [36], 'months'],
  ['after 24 months', [2], 'years'],
  ['at 2 weeks', [14], 'days'],
  ['at 12', [12], 'weeks'],
])('%j gives %j %s', (words, times, unit) => {
  expect(otherTime(words, times, unit)).toBeUndefined()
})

test.each([
  ['36-month', [24], 'months', '36 months'],
  ['at 50-66 months', [50, 60], 'months', '50 months and 66 months'],
  ['after three years', [3], 'months', '3 years'],
  ['at 4 weeks', [1], 'months', '4 weeks'],
  ['at the end', [12], 'months', 'no time'],
])('%j gives not %j %s, but %s', (words, times, unit, given) => {
  expect(otherTime(words, times, unit)).toBe(given)
})
