import { describe, expect, test } from 'vitest'
import { isPartialDate, yearOf } from '../../src/model/partial-date.ts'

describe('a partial date', () => {
  test.each(['1993', '1993-04', '1993-04-21', '2000-02-29', '2024-02-29', '1999-12-31', '9999-12-31', '0001'])(
    'is %s',
    (text) => {
      expect(isPartialDate(text)).toBe(true)
    },
  )

  test.each([
    '',
    '93',
    '1993-4',
    '1993-04-1',
    '1993-00',
    '1993-13',
    '1993-02-30',
    '1993-04-31',
    '1993-04-00',
    '1900-02-29',
    '2023-02-29',
    '0000',
    '0000-01-01',
    '12345',
    '-1993',
    '1993/04/21',
    '21.04.1993',
    '1993-04-21T00:00:00Z',
    ' 1993',
    '1993\n',
    '1993 Apr',
    '١٩٩٣',
  ])('is not “%s”', (text) => {
    expect(isPartialDate(text)).toBe(false)
  })

  test.each([
    { text: '1993', year: 1993 },
    { text: '1993-04', year: 1993 },
    { text: '0987-04-21', year: 987 },
  ])('the year of $text is $year', ({ text, year }) => {
    expect(yearOf(text)).toBe(year)
  })
})
