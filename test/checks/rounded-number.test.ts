import { expect, test } from 'vitest'
import { asPrinted, rounded } from '../../src/checks/rounded-number.ts'

test.each([
  { value: 5.3, printed: '5.30', text: '5.30' },
  { value: 0.089, printed: '.089', text: '0.089' },
  { value: 0.31, printed: '31%', text: '0.31' },
  { value: 0.3, printed: '30.0%', text: '0.300' },
  { value: 3.3, printed: '3.3%', text: '3.3' },
  { value: 4, printed: 'four', text: '4' },
  { value: 0, printed: 'None', text: '0' },
  { value: 12345, printed: '12,345', text: '12345' },
  { value: 0.05, printed: 'P<0·050', text: '0.050' },
  { value: -1.5, printed: '−1.50', text: '-1.50' },
  { value: 0.1, printed: null, text: '0.1' },
  { value: 1e-7, printed: null, text: '0.0000001' },
  { value: 2e21, printed: null, text: '2000000000000000000000' },
  { value: 7, printed: '12 of 34', text: '7' },
])('$value printed "$printed" is "$text"', ({ value, printed, text }) => {
  expect(asPrinted(value, printed)).toBe(text)
})

test.each([
  { text: '5.30', decimals: 2, low: 5.295, high: 5.305, digits: 530n },
  { text: '-3', decimals: 0, low: -3.5, high: -2.5, digits: -3n },
  { text: '0.089', decimals: 3, low: 0.0885, high: 0.0895, digits: 89n },
])('"$text" was rounded from $low to $high', ({ text, decimals, low, high, digits }) => {
  const found = rounded(text)
  expect(found).toMatchObject({ decimals, digits })
  expect(found.low).toBeCloseTo(low, 12)
  expect(found.high).toBeCloseTo(high, 12)
})
