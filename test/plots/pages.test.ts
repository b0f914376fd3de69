import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Mark, Picture } from '../../src/plots/mark.ts'
import { marksWithin, pageHeight, pagesOf } from '../../src/plots/pages.ts'

const box = (y: number, height: number): Mark => ({ role: 'row', kind: 'box', x: 0, y, width: 10, height })
const picture = (height: number, marks: readonly Mark[], head = 30): Picture => ({
  width: 400,
  height,
  title: 'Title',
  description: 'Description',
  marks,
  head,
})

test('a page is A4 at least, or as a sheet as wide as the picture', () => {
  // 297 mm at 96 to 25.4 mm
  expect(pageHeight(picture(1, []))).toBeCloseTo(1122.52, 2)
  expect(pageHeight({ ...picture(1, []), width: 1000 })).toBeCloseTo(1414.21, 2)
})

test('pages follow each other, are no higher than they may be, and cut no row', () => {
  const rows = fc.array(
    fc.record({
      space: fc.double({ min: 1, max: 30, noNaN: true }),
      height: fc.double({ min: 0, max: 150, noNaN: true }),
    }),
    { minLength: 1, maxLength: 200 },
  )
  fc.assert(
    fc.property(rows, (some) => {
      let end = 30
      const boxes = some.map(({ space, height }) => {
        const mark = box(end + space, height)
        end += space + height
        return mark
      })
      // A line that goes through all rows is cut.
      const whole = picture(end + 20, [
        ...boxes,
        { role: 'line', kind: 'line', from: { x: 5, y: 0 }, to: { x: 5, y: end } },
      ])
      const pages = pagesOf(whole)
      expect(pages[0]?.from).toBe(0)
      expect(pages.at(-1)?.to).toBe(whole.height)
      pages.forEach(({ from, to }, i) => {
        if (i > 0) expect(from).toBe(pages[i - 1]?.to)
        expect(to - from + (i > 0 ? 30 : 0)).toBeLessThanOrEqual(pageHeight(whole) + 1e-9)
      })
      // Each row is on one page alone.
      const shown = pages.flatMap((page) => marksWithin(boxes, page))
      expect(shown.length).toBe(new Set(shown).size)
    }),
  )
})

test('what is higher than a page is cut all the same', () => {
  expect(pagesOf(picture(3000, [box(40, 2900)]))).toHaveLength(3)
})
