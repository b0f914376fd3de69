import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { betaQuantile } from '../../../src/stats/distributions/beta-quantile.ts'
import { fisherOneSided } from '../../../src/stats/distributions/hypergeometric.ts'
import { midPValues } from '../../../src/stats/hypothesis-tests/mid-p.ts'
import type { Interval } from '../../../src/stats/intervals/interval.ts'
import { miettinenNurminenInterval } from '../../../src/stats/intervals/miettinen-nurminen-interval.ts'
import { newcombeInterval } from '../../../src/stats/intervals/newcombe-interval.ts'
import { numberNeededText, numberNeededToTreat } from '../../../src/stats/intervals/number-needed-to-treat.ts'
import {
  clopperPearsonInterval,
  jeffreysInterval,
  wilsonInterval,
} from '../../../src/stats/intervals/proportion-intervals.ts'
import reference from '../../reference/intervals.json' with { type: 'json' }
import { near } from '../near.ts'

const table = ({ a, n1, c, n2 }: { a: number; n1: number; c: number; n2: number }) => ({
  experimental: { events: a, total: n1 },
  control: { events: c, total: n2 },
})

/** Within a relative tolerance, an absolute one of 1e-14 near zero, and the same infinity. */
function expectInterval({ lower, upper }: Interval, expected: readonly (number | string)[], tolerance: number) {
  const [low, high] = expected.map(Number)
  for (const [found, wanted] of [
    [lower, low],
    [upper, high],
  ] as const)
    if (
      !(
        found === wanted ||
        Math.abs(found - (wanted ?? Number.NaN)) <= Math.max(tolerance * Math.abs(wanted ?? 0), 1e-14)
      )
    )
      expect({ lower, upper }).toEqual({ lower: low, upper: high })
}

describe('intervals of a proportion agree with R 4.2.2', () => {
  test.each(reference.proportions)('$x of $n at $level', ({ x, n, level, ...expected }) => {
    const group = { events: x, total: n }
    expectInterval(wilsonInterval(group, { level }), expected.wilson, 1e-10)
    expectInterval(wilsonInterval(group, { level, continuity: true }), expected.wilson_cc, 1e-10)
    expectInterval(clopperPearsonInterval(group, { level }), expected.clopper_pearson, 1e-10)
    expectInterval(jeffreysInterval(group, { level }), expected.jeffreys, 1e-10)
  })
})

describe('intervals and tests of two proportions agree with mpmath', () => {
  test.each(reference.comparisons)('$a/$n1 against $c/$n2', (row) => {
    const level = 'level' in row ? row.level : 0.95
    const counts = table(row)
    expectInterval(newcombeInterval(counts, { level }), row.newcombe, 1e-10)
    expectInterval(newcombeInterval(counts, { level, continuity: true }), row.newcombe_cc, 1e-10)
    expectInterval(miettinenNurminenInterval('RD', counts, { level }), row.mn_RD, 1e-8)
    expectInterval(miettinenNurminenInterval('RR', counts, { level }), row.mn_RR, 1e-8)
    expectInterval(miettinenNurminenInterval('OR', counts, { level }), row.mn_OR, 1e-8)
    if (row.fisher === undefined) return
    expect({ ...fisherOneSided(counts), ...midPValues(counts) }).toEqual({
      less: expect.toSatisfy(near(row.fisher.less, 1e-9)),
      greater: expect.toSatisfy(near(row.fisher.greater, 1e-9)),
      observed: expect.toSatisfy(near(row.fisher.observed, 1e-9)),
      doubled: expect.toSatisfy(near(row.fisher.mid_p_doubled, 1e-9)),
      minimumLikelihood: expect.toSatisfy(near(row.fisher.mid_p_minimum_likelihood, 1e-9)),
    })
  })
})

describe('identities', () => {
  const group = fc
    .integer({ min: 1, max: 300 })
    .chain((total) => fc.integer({ min: 0, max: total }).map((events) => ({ events, total })))
  const others = ({ events, total }: { events: number; total: number }) => ({ events: total - events, total })
  const opposite = (one: Interval, other: Interval) =>
    Math.abs(one.lower + other.upper) <= 1e-9 && Math.abs(one.upper + other.lower) <= 1e-9

  test('every interval of a proportion holds it, and that of who had no event is its mirror', () => {
    fc.assert(
      fc.property(group, fc.constantFrom(wilsonInterval, clopperPearsonInterval, jeffreysInterval), (row, interval) => {
        const one = interval(row)
        const other = interval(others(row))
        const p = row.events / row.total
        return (
          0 <= one.lower &&
          one.lower <= p &&
          p <= one.upper &&
          one.upper <= 1 &&
          Math.abs(one.lower + other.upper - 1) <= 1e-10
        )
      }),
    )
  })

  test('of swapped groups, a difference has the mirrored interval and a ratio the inverse one', () => {
    fc.assert(
      fc.property(group, group, (experimental, control) => {
        const one = { experimental, control }
        const other = { experimental: control, control: experimental }
        const ratio = (of: 'RR' | 'OR') => {
          const [found, swapped] = [miettinenNurminenInterval(of, one), miettinenNurminenInterval(of, other)]
          return near(found.lower, 1e-8)(1 / swapped.upper) && near(swapped.lower, 1e-8)(1 / found.upper)
        }
        return (
          opposite(newcombeInterval(one), newcombeInterval(other)) &&
          opposite(miettinenNurminenInterval('RD', one), miettinenNurminenInterval('RD', other)) &&
          ratio('RR') &&
          ratio('OR')
        )
      }),
      { numRuns: 40 },
    )
  })

  test('both tails of Fisher’s test hold the observed table', () => {
    fc.assert(
      fc.property(group, group, (experimental, control) => {
        const { less, greater, observed } = fisherOneSided({ experimental, control })
        return Math.abs(less + greater - observed - 1) <= 1e-9
      }),
    )
  })

  test('a beta quantile mirrors that of the other tail', () => {
    const shape = fc.double({ min: 0.5, max: 1e4, noNaN: true })
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 0.5, noNaN: true }), shape, shape, (p, a, b) => {
        const [one, other] = [betaQuantile(p, a, b), betaQuantile(1 - p, b, a)]
        return Math.abs(one + other - 1) <= 1e-9
      }),
    )
  })
})

describe('the number needed to treat', () => {
  test.each(reference.numbers_needed)('$id', ({ estimate, lower, upper, nnt, ...expected }) => {
    const found = numberNeededToTreat({ estimate, lower, upper }, 'beneficial')
    expect(found.estimate).toEqual({ kind: 'NNTB', number: expect.toSatisfy(near(nnt, 1e-12)) })
    expect(found.throughInfinity).toBe(expected.crosses_zero)
    const [from, to] = expected.crosses_zero
      ? [expected.NNTB_limit, expected.NNTH_limit]
      : [expected.nnt_lower, expected.nnt_upper]
    expect(found.from).toEqual({ kind: 'NNTB', number: expect.toSatisfy(near(from ?? Number.NaN, 1e-12)) })
    expect(found.to).toEqual({
      kind: expected.crosses_zero ? 'NNTH' : 'NNTB',
      number: expect.toSatisfy(near(to ?? Number.NaN, 1e-12)),
    })
    if (expected.text !== undefined) expect(numberNeededText(found)).toBe(expected.text.replaceAll('infinity', '∞'))
  })

  test('of a harmful event is the same with its signs turned', () => {
    const difference = { estimate: -0.1, lower: -0.25, upper: 0.05 }
    const found = numberNeededToTreat(difference, 'harmful')
    expect(found).toEqual({
      estimate: { kind: 'NNTB', number: 10 },
      from: { kind: 'NNTB', number: 4 },
      to: { kind: 'NNTH', number: 20 },
      throughInfinity: true,
    })
    expect(numberNeededText(found)).toBe('NNTB 4.0 to ∞ to NNTH 20.0')
  })

  test.each([
    ['only harm', { estimate: -0.2, lower: -0.25, upper: -0.125 }, 'NNTH 4.0 to 8.0'],
    ['at best no difference', { estimate: -0.2, lower: -0.25, upper: 0 }, 'NNTH 4.0 to ∞'],
    ['at worst no difference', { estimate: 0.2, lower: 0, upper: 0.25 }, 'NNTB 4.0 to ∞'],
  ])('of an interval with %s', (_, difference, text) => {
    expect(numberNeededText(numberNeededToTreat(difference, 'beneficial'))).toBe(text)
  })
})

test('what no counts can be is refused, by name', () => {
  const bad = { experimental: { events: 3, total: 2 }, control: { events: 1, total: 2 } }
  for (const interval of [wilsonInterval, clopperPearsonInterval, jeffreysInterval])
    expect(() => interval(bad.experimental)).toThrow('events is 3. Expected a number from 0 to the total of 2.')
  expect(() => miettinenNurminenInterval('RD', bad)).toThrow('experimental.events is 3.')
  expect(() => newcombeInterval(bad)).toThrow('events is 3.')
  for (const interval of [wilsonInterval, clopperPearsonInterval, jeffreysInterval])
    expect(() => interval(bad.control, { level: 95 })).toThrow('level is 95. Expected more than 0 and less than 1')
})
