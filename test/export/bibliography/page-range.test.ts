import { expect, test } from 'vitest'
import { pageRange } from '../../../src/export/bibliography/page-range.ts'

test.each([
  { printed: '622-32', first: '622', last: '632' },
  { printed: '698-702', first: '698', last: '702' },
  { printed: '1195-201', first: '1195', last: '1201' },
  { printed: '98-103', first: '98', last: '103' },
  { printed: '622-622', first: '622', last: '622' },
  { printed: '622–32', first: '622', last: '632' },
  { printed: 'S12-5', first: 'S12', last: 'S15' },
  { printed: 'S12-S15', first: 'S12', last: 'S15' },
  { printed: '123S-30S', first: '123S', last: '130S' },
  { printed: 'xii-xv', first: 'xii', last: 'xv' },
  { printed: '99999999999999999998-9', first: '99999999999999999998', last: '99999999999999999999' },
])('$printed is from $first to $last', ({ printed, first, last }) => {
  expect(pageRange(printed)).toEqual({ first, last })
})

// One page, several ranges, an article's number, and what cannot be a range.
test.each(['622', 'e1001', '622-32; discussion 640', '622-32, 640', '199-02', 'A12-B15', '10.1-3', ''])(
  '%s stays as it is printed',
  (printed) => {
    expect(pageRange(printed)).toEqual({ first: printed, last: undefined })
  },
)
