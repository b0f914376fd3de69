import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { crossingsDown, rootBetween } from '../../src/stats/root.ts'
import { near, within } from './near.ts'

describe('a root between two places', () => {
  test.each([
    { what: '√2', low: 0, high: 2, f: (x: number) => x * x - 2, root: Math.SQRT2 },
    { what: 'far from the middle', low: 0, high: 1e6, f: (x: number) => 1 / (1 + x) - 1e-3, root: 999 },
    { what: 'falling or rising', low: 0, high: 10, f: (x: number) => 1e-4 - Math.exp(-x), root: 4 * Math.LN10 },
    { what: 'next to 0', low: 0, high: 1, f: (x: number) => x ** 3 - 1e-30, root: 1e-10 },
    { what: 'in the other direction', low: 3, high: 0, f: (x: number) => x - 1, root: 1 },
  ])('$what', ({ low, high, f, root }) => {
    expect(rootBetween(low, high, f)).toSatisfy(near(root, 1e-12))
  })

  test('is an end where the function is 0 there', () => {
    expect(rootBetween(0, 3, (x) => x)).toBe(0)
    expect(rootBetween(-3, 0, (x) => x)).toBe(0)
  })

  test('takes few steps', () => {
    let steps = 0
    rootBetween(0, 2, (x) => {
      steps++
      return Math.cos(x)
    })
    expect(steps).toBeLessThan(15)
  })

  test('is where it was put', () => {
    const place = fc.double({ min: -1e3, max: 1e3, noNaN: true })
    fc.assert(fc.property(place, (x) => within(x, 1e-12)(rootBetween(-1001, 1001, (y) => Math.atan(y - x)))))
  })
})

describe('all crossings from above 0 to below', () => {
  const places = Array.from({ length: 21 }, (_, i) => i)

  test('of a wave', () => {
    const found = crossingsDown(places, Math.sin)
    expect(found.map((x) => x / Math.PI)).toEqual([1, 3, 5].map((n) => expect.closeTo(n, 12)))
  })

  test('of a hill that is narrower than the places are apart', () => {
    // Above 0 from 7.4 to 7.6 alone, where no place is; it rises to that from both sides.
    const hill = (x: number) => 0.01 - (x - 7.5) ** 2
    expect(crossingsDown(places, hill)).toEqual([expect.closeTo(7.6, 12)])
  })

  test('of a dip that is', () => {
    const dip = (x: number) => (x - 7.5) ** 2 - 0.01
    expect(crossingsDown(places, dip)).toEqual([expect.closeTo(7.4, 12)])
  })

  test('of what has none', () => {
    expect(crossingsDown(places, (x) => x + 1)).toEqual([])
    expect(crossingsDown(places, (x) => x - 5)).toEqual([])
    expect(crossingsDown([], Math.sin)).toEqual([])
  })
})
