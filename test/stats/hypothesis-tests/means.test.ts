import { describe, expect, test } from 'vitest'
import { studentTTwoSided } from '../../../src/stats/distributions/student-t.ts'
import { anovaPValue, welchPValue, welchT } from '../../../src/stats/hypothesis-tests/means.ts'
import integrity from '../../reference/integrity.json' with { type: 'json' }
import { near } from '../near.ts'

describe('analysis of variance agrees with R 4.2.2', () => {
  test.each(integrity.anova)('$variable', ({ means, sds, n, p }) => {
    const participants = n.reduce((sum, size) => sum + size, 0)
    const all = means.reduce((sum, mean, group) => sum + mean * (n[group] ?? 0), 0) / participants
    const between = means.reduce((sum, mean, group) => sum + (n[group] ?? 0) * (mean - all) ** 2, 0)
    const within = sds.reduce((sum, sd, group) => sum + ((n[group] ?? 0) - 1) * sd ** 2, 0)
    expect(anovaPValue({ between, within }, { groups: n.length, participants })).toSatisfy(near(p, 1e-9))
  })
  test('without any spread, groups are alike or differ for certain', () => {
    expect(anovaPValue({ between: 0, within: 0 }, { groups: 2, participants: 9 })).toBe(1)
    expect(anovaPValue({ between: 3, within: 0 }, { groups: 2, participants: 9 })).toBe(0)
  })
})

describe("Welch's test", () => {
  test('has the t of its definition, and the degrees of freedom of two equal groups', () => {
    const one = { mean: 5, sd: 2, n: 16 }
    const other = { mean: 3.5, sd: 2, n: 16 }
    // t = 1.5 / √(4/16 + 4/16); with equal spread and size ν = 2(n − 1)
    expect(welchT(one, other).t).toBeCloseTo(1.5 / Math.sqrt(0.5), 12)
    expect(welchT(one, other).degreesOfFreedom).toBeCloseTo(30, 10)
    expect(welchPValue(one, other)).toSatisfy(near(studentTTwoSided(1.5 / Math.sqrt(0.5), 30), 1e-10))
  })
  test('changes its sign with the order', () => {
    const one = { mean: 5, sd: 2, n: 10 }
    const other = { mean: 3.5, sd: 4, n: 16 }
    expect(welchT(one, other).t).toBeCloseTo(-welchT(other, one).t, 12)
    expect(welchPValue(one, other)).toBeCloseTo(welchPValue(other, one), 12)
  })
})
