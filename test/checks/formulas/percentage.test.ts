import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fittingTotals, shareFits } from '../../../src/checks/formulas/percentage.ts'
import integrity from '../../reference/integrity.json' with { type: 'json' }

describe('percentages', () => {
  test.each(integrity.percentages)('$x of $n is $reported_percent %: $consistent ($id)', (row) => {
    expect(shareFits(row.reported_percent, { count: row.x, total: row.n }, 100)).toBe(row.consistent)
    const fit = row.denominators_that_fit
    expect(fittingTotals(row.reported_percent, row.x, 100)).toEqual({ from: fit[0], to: fit.at(-1) })
  })

  test('a share rounded from a real count fits it, and its total is among those that fit', () => {
    const total = fc.integer({ min: 1, max: 5000 })
    fc.assert(
      fc.property(total, fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 0, max: 3 }), (n, part, d) => {
        const count = Math.round(n * part)
        const share = ((100 * count) / n).toFixed(d)
        expect(shareFits(share, { count, total: n }, 100)).toBe(true)
        const fit = fittingTotals(share, count, 100)
        expect(fit && fit.from <= n && (fit.to === null || fit.to >= n)).toBe(true)
      }),
    )
  })

  test.each([
    { share: '0.0', count: 0, fits: { from: 1, to: null } },
    { share: '0', count: 1, fits: { from: 200, to: null } },
    { share: '2.0', count: 0, fits: undefined },
    { share: '120', count: 6, fits: undefined },
    { share: '100', count: 6, fits: { from: 6, to: 6 } },
  ])('$count events in $share %', ({ share, count, fits }) => {
    expect(fittingTotals(share, count, 100)).toEqual(fits)
  })
})
