import fc from 'fast-check'
import { expect, test } from 'vitest'
import { linearScale, logScale } from '../../src/plots/scale.ts'

// Round numbers as anyone would write them on the axis.
test.each([
  { kind: 'linear', domain: [-0.34, 0.52], most: 5, ticks: [-0.2, 0, 0.2, 0.4] },
  { kind: 'linear', domain: [0, 0.3], most: 4, ticks: [0, 0.1, 0.2, 0.3] },
  { kind: 'linear', domain: [1234, 1266], most: 7, ticks: [1235, 1240, 1245, 1250, 1255, 1260, 1265] },
  { kind: 'log', domain: [0.07, 7], most: 7, ticks: [0.1, 0.2, 0.5, 1, 2, 5] },
  { kind: 'log', domain: [0.02, 60], most: 8, ticks: [0.03, 0.1, 0.3, 1, 3, 10, 30] },
  { kind: 'log', domain: [1e-6, 1e6], most: 7, ticks: [1e-6, 1e-4, 1e-2, 1, 100, 1e4, 1e6] },
  { kind: 'log', domain: [0.9, 1.15], most: 6, ticks: [0.9, 0.95, 1, 1.05, 1.1, 1.15] },
] as const)('a $kind axis from $domain has the ticks $ticks', ({ kind, domain, most, ticks }) => {
  expect((kind === 'log' ? logScale : linearScale)(domain, [0, 100]).ticks(most)).toEqual(ticks)
})

test('a linear place is in proportion to the difference, a logarithmic one to the ratio', () => {
  expect(linearScale([-1, 3], [100, 200]).place(0)).toBe(125)
  const log = logScale([0.1, 10], [0, 200])
  expect(log.place(1)).toBeCloseTo(100, 10)
  expect(log.place(4) - log.place(2)).toBeCloseTo(log.place(2) - log.place(1), 10)
})

const bounds = (value: fc.Arbitrary<number>) =>
  fc.tuple(value, value).filter(([low, high]) => high - low > 1e-6 * Math.max(Math.abs(low), Math.abs(high)))
const mosts = fc.integer({ min: 1, max: 12 })

test.each([
  { kind: 'linear', scale: linearScale, domain: bounds(fc.double({ min: -1e9, max: 1e9, noNaN: true })) },
  {
    kind: 'log',
    scale: logScale,
    domain: bounds(fc.double({ min: -200, max: 200, noNaN: true }).map((power) => 10 ** power)),
  },
])('ticks of any $kind axis rise, lie within it, and are no more than they may be', ({ scale, domain }) => {
  fc.assert(
    fc.property(domain, mosts, ([low, high], most) => {
      const axis = scale([low, high], [0, 1000])
      const ticks = axis.ticks(most)
      expect(ticks.length).toBeLessThanOrEqual(most)
      for (const [i, tick] of ticks.entries()) {
        expect(tick).toBeGreaterThan(ticks[i - 1] ?? Number.NEGATIVE_INFINITY)
        expect(axis.place(tick)).toBeGreaterThanOrEqual(-0.01)
        expect(axis.place(tick)).toBeLessThanOrEqual(1000.01)
      }
    }),
  )
})
