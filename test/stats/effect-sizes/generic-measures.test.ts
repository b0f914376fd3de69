import { describe, expect, test } from 'vitest'
import { effectSizes } from '../../../src/stats/effect-sizes/effect-sizes.ts'
import { GENERIC_MEASURES } from '../../../src/stats/effect-sizes/generic-measures.ts'
import reference from '../../reference/effect-sizes-exact.json' with { type: 'json' }
import { near } from '../near.ts'

const { GEN } = GENERIC_MEASURES

describe("a study's own effect size", () => {
  test.each(reference.intervals)('$desc, by its interval', ({ scale, est, lo, hi, level, yi, vi }) => {
    const given = { estimate: est, ciLower: lo, ciUpper: hi, level, log: scale === 'ratio' }
    expect(effectSizes(GEN, [given])).toEqual([
      {
        status: 'estimated',
        yi: expect.toSatisfy(near(yi, 1e-10)),
        vi: expect.toSatisfy(near(vi, 1e-10)),
        correction: 0,
      },
    ])
    expect(GEN.back(yi, given)).toSatisfy(near(est, 1e-12))
  })

  test.each(reference.log_rank)('log rank test: $id', ({ observed_minus_expected, v, log_hr, se }) => {
    const given = { observedMinusExpected: observed_minus_expected, variance: v }
    expect(effectSizes(GEN, [given])).toMatchObject([
      { yi: expect.toSatisfy(near(log_hr, 1e-10)), vi: expect.toSatisfy(near(se ** 2, 1e-10)) },
    ])
    expect(GEN.back(log_hr, given)).toBe(Math.exp(log_hr))
  })

  test('is taken as it is with yi and vi, and 95 % without a level', () => {
    expect(effectSizes(GEN, [{ yi: -0.3, vi: 0.04 }])).toEqual([
      { status: 'estimated', yi: -0.3, vi: 0.04, correction: 0 },
    ])
    expect(GEN.back(-0.3, { yi: -0.3, vi: 0.04 })).toBe(-0.3)
    expect(GEN.back(-0.3, { yi: -0.3, vi: 0.04, log: true })).toBe(Math.exp(-0.3))
    const interval = { estimate: 2, ciLower: 1, ciUpper: 4, log: true }
    expect(effectSizes(GEN, [interval])).toEqual(effectSizes(GEN, [{ ...interval, level: 0.95 }]))
  })

  test.each([
    ['an interval whose ends are swapped', { estimate: 2, ciLower: 4, ciUpper: 1 }, /lower end first/],
    ['a ratio of zero', { estimate: 0, ciLower: 0.1, ciUpper: 1, log: true }, /has no logarithm/],
    ['a ratio whose interval begins at zero', { estimate: 0.5, ciLower: 0, ciUpper: 1, log: true }, /more than 0/],
    ['a log rank test without information', { observedMinusExpected: 0, variance: 0 }, /knows nothing/],
  ])('%s is not estimable', (_, given, reason) => {
    expect(effectSizes(GEN, [given])).toEqual([{ status: 'not-estimable', reason: expect.stringMatching(reason) }])
  })

  test('what no number can be is refused, by name', () => {
    expect(() => effectSizes(GEN, [{ yi: 1, vi: -1 }])).toThrow('vi is -1. Expected a number from 0 on.')
    expect(() => effectSizes(GEN, [{ yi: Number.NaN, vi: 1 }])).toThrow('yi is NaN. Expected a number.')
    expect(() => effectSizes(GEN, [{ observedMinusExpected: 1, variance: -2 }])).toThrow(
      'variance is -2. Expected a number from 0 on.',
    )
  })
})
