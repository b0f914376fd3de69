import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { COMMON_EFFECT, NO_VARIATION, ONE_STUDY, TOO_FEW_STUDIES } from '../../../src/stats/pooling/effect.ts'
import { poolInverseVariance } from '../../../src/stats/pooling/inverse-variance.ts'
import { tauSquaredInterval } from '../../../src/stats/pooling/tau-squared-interval.ts'
import { near, within } from '../near.ts'
import { estimated } from './estimated.ts'
import { ANALYSES, effectsOf } from './reference.ts'

const METHODS = ['EE', 'DL', 'REML', 'ML', 'PM', 'SJ', 'HE', 'HS', 'EB'] as const
const CASES = ANALYSES.flatMap((analysis) =>
  METHODS.map((method) => ({ name: `${analysis.title} by ${method}`, analysis, method })),
)

/** Which of the file's figures a test asks for: closed forms to ten digits, iterated ones as near as the file itself is. */
const isIterated = (method: string) => ['REML', 'ML', 'PM', 'EB'].includes(method)

describe('agrees with metafor 3.8-1', () => {
  test.each(CASES)('$name', ({ analysis, method }) => {
    const expected = analysis.models[method]
    if (expected === undefined) throw new Error(`the file has no ${method}`)
    const effects = effectsOf(analysis)
    const pooled = estimated(poolInverseVariance(effects, { method }))
    const heterogeneity = estimated(pooled.heterogeneity)
    const meanVariance = effects.reduce((sum, { vi }) => sum + vi, 0) / effects.length
    const tolerance = isIterated(method) ? 1e-7 : 1e-10

    expect(pooled.k).toBe(analysis.k)
    expect(heterogeneity.hSquared).toSatisfy(near(expected.H2, tolerance))
    expect(heterogeneity.iSquared).toSatisfy(near(expected.I2, tolerance))
    if (method === 'EE') {
      expect(heterogeneity.statistic).toSatisfy(near(Number(expected.QE), 1e-10))
      expect(heterogeneity.degreesOfFreedom).toBe(expected.df)
      expect(heterogeneity.pValue).toSatisfy(near(Number(expected.QEp), 1e-8))
      expect(heterogeneity.iSquaredFromQ).toSatisfy(near(Number(expected.I2_from_Q), 1e-9))
      expect(pooled.tauSquared).toBe(COMMON_EFFECT)
      expect(poolInverseVariance(effects, { method: 'FE' })).toEqual(pooled)
    } else {
      const tauSquared = estimated(pooled.tauSquared)
      const floor = isIterated(method) ? 1e-9 * meanVariance : 0
      expect(tauSquared.value).toSatisfy(within(expected.tau2, Math.max(tolerance * expected.tau2, floor)))
      expect(tauSquared.standardError).toSatisfy(near(Number(expected.se_tau2), tolerance))
      expect(tauSquared.atBound).toBe(expected.tau2 === 0)
    }
    expected.weights_pct?.forEach((weight, i) => {
      expect(pooled.weights[i]).toSatisfy(near(weight, isIterated(method) ? 1e-8 : 1e-10))
    })
  })

  test.each(CASES)('$name: tests and intervals', ({ analysis, method }) => {
    const expected = analysis.models[method]
    if (expected === undefined) throw new Error(`the file has no ${method}`)
    const relative = isIterated(method) ? 1e-8 : 1e-10
    for (const test of ['z', 'knha', 'adhoc'] as const) {
      const pooled = estimated(poolInverseVariance(effectsOf(analysis), { method, test }))
      const tested = estimated(pooled.inference)
      const numbers = test === 'adhoc' ? expected.knha_adhoc : expected[test]
      const tolerance = relative * Number(numbers.se)
      expect(pooled.estimate).toSatisfy(within(expected.z.b, tolerance))
      expect(tested.standardError).toSatisfy(within(Number(numbers.se), tolerance))
      expect(tested.statistic).toSatisfy(
        within(Number(numbers.stat), relative * 10 * Math.max(1, Math.abs(tested.statistic))),
      )
      expect(tested.pValue).toSatisfy(near(Number(numbers.p), isIterated(method) ? 1e-6 : 1e-8))
      expect(tested.ciLower).toSatisfy(within(Number(numbers.ci_lb), 4 * tolerance))
      expect(tested.ciUpper).toSatisfy(within(Number(numbers.ci_ub), 4 * tolerance))
    }
  })

  test.each(CASES.filter(({ method }) => method !== 'EE'))('$name: prediction intervals', ({ analysis, method }) => {
    const expected = analysis.models[method]
    if (expected === undefined) throw new Error(`the file has no ${method}`)
    const kinds = [
      { numbers: expected.pi_riley_z, test: 'z', like: undefined },
      { numbers: expected.pi_riley_knha, test: 'knha', like: undefined },
      { numbers: expected.pi_z, test: 'z', like: 'metafor' },
      { numbers: expected.pi_knha, test: 'knha', like: 'metafor' },
    ] as const
    for (const { numbers, test, like } of kinds) {
      if (numbers === undefined) throw new Error('the file has no such interval')
      const { prediction } = estimated(poolInverseVariance(effectsOf(analysis), { method, test, like }))
      const tolerance = 1e-7 * (Number(numbers.ub) - Number(numbers.lb))
      expect(estimated(prediction).lower).toSatisfy(within(Number(numbers.lb), tolerance))
      expect(estimated(prediction).upper).toSatisfy(within(Number(numbers.ub), tolerance))
    }
  })

  test.each(ANALYSES)('$title: interval of τ²', (analysis) => {
    const { tauSquared, iSquared, hSquared, isEmpty } = estimated(tauSquaredInterval(effectsOf(analysis)))
    const { ci_tau2: expected } = analysis
    expect(tauSquared.lower).toSatisfy(near(expected.tau2_lb, 1e-7))
    expect(tauSquared.upper).toSatisfy(near(expected.tau2_ub, 1e-7))
    expect(iSquared.lower).toSatisfy(near(expected.I2_lb, 1e-7))
    expect(iSquared.upper).toSatisfy(near(expected.I2_ub, 1e-7))
    expect(hSquared.lower).toSatisfy(near(expected.H2_lb, 1e-7))
    expect(hSquared.upper).toSatisfy(near(expected.H2_ub, 1e-7))
    expect(isEmpty).toBe(expected.tau2_ub === 0)
  })
})

describe('identities', () => {
  const effect = fc.record({
    yi: fc.double({ min: -5, max: 5, noNaN: true }),
    vi: fc.double({ min: 1e-3, max: 10, noNaN: true }),
  })
  const effects = fc.array(effect, { minLength: 2, maxLength: 12 })
  const method = fc.constantFrom(...METHODS)
  const tauSquaredOf = (pooled: ReturnType<typeof poolInverseVariance>) => {
    const { tauSquared } = estimated(pooled)
    return tauSquared.status === 'estimated' ? tauSquared.value : 0
  }

  test('what is added to all effects is added to the estimate, and changes no variance', () => {
    fc.assert(
      fc.property(effects, method, fc.double({ min: -3, max: 3, noNaN: true }), (studies, by, shift) => {
        const one = estimated(poolInverseVariance(studies, { method: by }))
        const moved = studies.map(({ yi, vi }) => ({ yi: yi + shift, vi }))
        const other = estimated(poolInverseVariance(moved, { method: by }))
        expect(other.estimate).toSatisfy(within(one.estimate + shift, 1e-9))
        expect(tauSquaredOf(other)).toSatisfy(within(tauSquaredOf(one), 1e-9))
        expect(estimated(other.inference).standardError).toSatisfy(near(estimated(one.inference).standardError, 1e-9))
      }),
    )
  })

  test('a change of unit changes the estimate by its factor, τ² by the square, and Q, I² and p not at all', () => {
    fc.assert(
      fc.property(effects, method, fc.double({ min: 0.01, max: 100, noNaN: true }), (studies, by, unit) => {
        const one = estimated(poolInverseVariance(studies, { method: by }))
        const scaled = studies.map(({ yi, vi }) => ({ yi: yi * unit, vi: vi * unit ** 2 }))
        const other = estimated(poolInverseVariance(scaled, { method: by }))
        expect(other.estimate).toSatisfy(within(one.estimate * unit, 1e-9 * unit))
        expect(tauSquaredOf(other)).toSatisfy(within(tauSquaredOf(one) * unit ** 2, 1e-9 * unit ** 2))
        expect(estimated(other.heterogeneity).iSquared).toSatisfy(within(estimated(one.heterogeneity).iSquared, 1e-7))
      }),
    )
  })

  test.each([2 ** -100, 2 ** 100])(
    'nor does one by %d change a digit, at the ends of what can be computed with',
    (unit) => {
      for (const { analysis, method } of CASES) {
        const studies = effectsOf(analysis)
        const one = estimated(poolInverseVariance(studies, { method }))
        const scaled = studies.map(({ yi, vi }) => ({ yi: yi * unit, vi: vi * unit ** 2 }))
        const other = estimated(poolInverseVariance(scaled, { method }))
        expect(other.estimate).toSatisfy(near(one.estimate * unit, 1e-12))
        expect(tauSquaredOf(other)).toSatisfy(near(tauSquaredOf(one) * unit ** 2, 1e-12))
        expect(other.heterogeneity).toEqual(one.heterogeneity)
      }
    },
  )

  test('the order of studies makes no difference', () => {
    fc.assert(
      fc.property(effects, method, (studies, by) => {
        const one = estimated(poolInverseVariance(studies, { method: by }))
        const other = estimated(poolInverseVariance(studies.toReversed(), { method: by }))
        expect(other.estimate).toSatisfy(within(one.estimate, 1e-10))
        expect(tauSquaredOf(other)).toSatisfy(within(tauSquaredOf(one), 1e-9))
        other.weights.toReversed().forEach((weight, i) => {
          expect(weight).toSatisfy(within(one.weights[i] ?? Number.NaN, 1e-7))
        })
      }),
    )
  })

  test('studies that say the same have no variance between them, and weigh by their own', () => {
    const same = [1, 2, 4].map((vi) => ({ yi: 0.3, vi }))
    for (const by of METHODS) {
      const pooled = estimated(poolInverseVariance(same, { method: by }))
      expect(pooled.estimate).toSatisfy(near(0.3, 1e-15))
      expect(tauSquaredOf(pooled)).toBe(0)
      expect(pooled.weights.map((weight) => Math.round(weight * 7))).toEqual([400, 200, 100])
    }
  })
})

test("test t has z's standard error, and Student's t with k − 1 degrees of freedom", () => {
  const [{ yi = [], vi = [] } = {}] = ANALYSES
  const effects = effectsOf({ yi, vi })
  const z = estimated(estimated(poolInverseVariance(effects, { method: 'REML' })).inference)
  const t = estimated(estimated(poolInverseVariance(effects, { method: 'REML', test: 't' })).inference)
  expect(t.standardError).toBe(z.standardError)
  expect(t.statistic).toBe(z.statistic)
  expect(t.degreesOfFreedom).toBe(12)
  // qt(.975, 12) of R 4.2.2
  expect((t.ciUpper - t.ciLower) / 2 / t.standardError).toSatisfy(near(2.1788128296672284, 1e-12))
})

describe('what has no answer says why', () => {
  const study = { yi: 0.5, vi: 0.04 }
  test.each(METHODS)('%s of one study is that study, without heterogeneity', (method) => {
    const pooled = estimated(poolInverseVariance([study], { method }))
    expect(pooled.estimate).toBe(0.5)
    expect(estimated(pooled.inference).standardError).toSatisfy(near(0.2, 1e-15))
    expect(pooled.heterogeneity).toEqual(ONE_STUDY)
    expect(pooled.tauSquared).toBe(method === 'EE' ? COMMON_EFFECT : ONE_STUDY)
    expect(pooled.weights).toEqual([100])
  })

  test('two studies have no prediction interval, but like metafor', () => {
    const two = [study, { yi: 0.1, vi: 0.02 }]
    expect(estimated(poolInverseVariance(two, { method: 'DL' })).prediction).toBe(TOO_FEW_STUDIES)
    const { prediction } = estimated(poolInverseVariance(two, { method: 'DL', like: 'metafor' }))
    expect(prediction).toMatchObject({ status: 'estimated', degreesOfFreedom: undefined })
  })

  test.each(['t', 'knha', 'adhoc'] as const)('%s of one study has no degree of freedom', (test) => {
    const pooled = estimated(poolInverseVariance([study], { method: 'REML', test }))
    expect(pooled.estimate).toBe(0.5)
    expect(pooled.inference).toBe(TOO_FEW_STUDIES)
    expect(pooled.prediction).toBe(ONE_STUDY)
  })

  test("studies that say the same leave Knapp and Hartung's test nothing, and the ad hoc one its floor", () => {
    const same = [1, 2, 4].map((vi) => ({ yi: 0.3, vi }))
    const of = (test: 'knha' | 'adhoc') => estimated(poolInverseVariance(same, { method: 'PM', test }))
    expect(of('knha').inference).toBe(NO_VARIATION)
    expect(of('knha').prediction).toBe(NO_VARIATION)
    expect(estimated(of('adhoc').inference).standardError).toSatisfy(near(Math.sqrt(4 / 7), 1e-15))
  })

  test.each([
    { what: 'no study', effects: [], reason: 'there is no study' },
    { what: 'a variance of 0', effects: [study, { yi: 1, vi: 0 }], reason: 'no sampling variance' },
    { what: 'a negative variance', effects: [study, { yi: 1, vi: -1 }], reason: 'no sampling variance' },
    { what: 'an unknown variance', effects: [study, { yi: 1, vi: Number.NaN }], reason: 'no sampling variance' },
    { what: 'no effect', effects: [study, { yi: Number.NaN, vi: 1 }], reason: 'has no effect' },
    { what: 'a tiny variance', effects: [study, { yi: 1e-150, vi: 1e-300 }], reason: 'another unit' },
    { what: 'a huge variance', effects: [study, { yi: 1e150, vi: 1e300 }], reason: 'another unit' },
    { what: 'a huge effect', effects: [study, { yi: -1e150, vi: 1 }], reason: 'another unit' },
  ])('$what', ({ effects, reason }) => {
    for (const method of METHODS)
      expect(poolInverseVariance(effects, { method })).toEqual({
        status: 'not-estimable',
        reason: expect.stringContaining(reason),
      })
  })
})
