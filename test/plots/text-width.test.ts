import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ellipsised, textWidth, wrapped } from '../../src/plots/text-width.ts'

// Sums of the widths in Adobe's Helvetica.afm and Helvetica-Bold.afm, added by hand.
test.each([
  { text: 'Hi', isBold: false, width: 722 + 222 },
  { text: 'Hi', isBold: true, width: 722 + 278 },
  { text: '1.05 [−2, 3]', isBold: false, width: 556 * 5 + 278 * 2 + 278 * 2 + 584 + 278 * 2 },
  { text: 'Ångström', isBold: false, width: 667 + 556 + 556 + 500 + 278 + 333 + 556 + 833 },
])('“$text” is as wide as its letters', ({ text, isBold, width }) => {
  expect(textWidth(text, { size: 10, isBold })).toBeCloseTo(width / 100, 10)
})

test('a letter that Helvetica lacks takes its whole square, an accent by itself nothing', () => {
  expect(textWidth('試験', { size: 10 })).toBeGreaterThanOrEqual(20)
  expect(textWidth('e\u0301', { size: 10 })).toBe(textWidth('e', { size: 10 }))
})

const texts = fc.oneof(fc.string({ maxLength: 80, unit: 'grapheme' }), fc.lorem({ maxCount: 12 }))
/** What is one letter to a reader may be several wide ones joined; none of these is wider. */
const widths = fc.integer({ min: 100, max: 300 })
const squeezed = (text: string) => text.replace(/\s+/g, '')

describe('lines', () => {
  test('are no wider than they may be, and lose no letter', () => {
    fc.assert(
      fc.property(texts, widths, (text, width) => {
        const lines = wrapped(text, width, { size: 10 })
        expect(squeezed(lines.join(''))).toBe(squeezed(text))
        for (const line of lines) expect(textWidth(line, { size: 10 })).toBeLessThanOrEqual(width)
      }),
    )
  })

  test('break between words where they can, and end in an ellipsis where there are too many', () => {
    const width = textWidth('Comstock and', { size: 10 })
    expect(wrapped('Comstock and Washington 1969', width, { size: 10 })).toEqual(['Comstock and', 'Washington', '1969'])
    expect(wrapped('Comstock and Washington 1969', width, { size: 10, mostLines: 2 })).toEqual([
      'Comstock and',
      'Washington…',
    ])
  })

  test('that are cut fit, and are what the text begins with', () => {
    fc.assert(
      fc.property(texts, widths, (text, width) => {
        const cut = ellipsised(text, width, { size: 10 })
        expect(textWidth(cut, { size: 10 })).toBeLessThanOrEqual(width)
        if (cut !== text) expect(text.startsWith(cut.slice(0, -1))).toBe(true)
      }),
    )
  })
})
