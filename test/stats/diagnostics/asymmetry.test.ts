import { describe, expect, test } from 'vitest'
import { beggTest } from '../../../src/stats/diagnostics/begg.ts'
import { eggerTest, harbordTest, petersTest, regressionTest } from '../../../src/stats/diagnostics/egger.ts'
import { failSafeN } from '../../../src/stats/diagnostics/fail-safe-n.ts'
import { kendall } from '../../../src/stats/diagnostics/kendall.ts'
import { TRIM_AND_FILL_ESTIMATORS, trimAndFill } from '../../../src/stats/diagnostics/trim-and-fill.ts'
import { normalTwoSided } from '../../../src/stats/distributions/normal.ts'
import type { NotEstimable } from '../../../src/stats/effect-sizes/measure.ts'
import { ONE_STUDY, TOO_FEW_STUDIES } from '../../../src/stats/pooling/effect.ts'
import type { Inference } from '../../../src/stats/pooling/inference.ts'
import { near, within } from '../near.ts'
import { studiesOf } from '../pooling/counts.ts'
import { estimated } from '../pooling/estimated.ts'
import { METADAT_SETS } from '../pooling/metadat.ts'
import { ANALYSES, effectsOf } from '../pooling/reference.ts'

/** A coefficient is that of R's lm or metafor's rma. */
function expectCoefficient(
  { estimate, inference }: { readonly estimate: number; readonly inference: Inference | NotEstimable },
  expected: { readonly estimate: number; readonly se: number; readonly p?: number },
  tolerance = 1e-8,
): void {
  expect(estimate).toSatisfy(within(expected.estimate, tolerance * expected.se))
  expect(estimated(inference).standardError).toSatisfy(near(expected.se, tolerance))
  if (expected.p !== undefined) expect(estimated(inference).pValue).toSatisfy(near(expected.p, 1e-6))
}

describe('agrees with metafor 3.8-1 and R 4.2.2', () => {
  test.each(ANALYSES)("$title: Egger's test", ({ yi, vi, bias }) => {
    const effects = effectsOf({ yi, vi })
    const { slope, limit } = estimated(eggerTest(effects))
    const { egger_lm: lm, egger_original_form: original, egger_rma: mixed } = bias
    expectCoefficient(slope, { estimate: lm.slope, se: lm.se, p: lm.p })
    expectCoefficient(slope, { estimate: original.intercept, se: original.se, p: original.p })
    expectCoefficient(limit, { estimate: lm.limit_intercept, se: lm.limit_se })
    expect(estimated(slope.inference).degreesOfFreedom).toBe(lm.df)
    expect(estimated(limit.inference).ciLower).toSatisfy(within(lm.limit_ci_lb, 1e-7 * lm.limit_se))
    expect(estimated(limit.inference).ciUpper).toSatisfy(within(lm.limit_ci_ub, 1e-7 * lm.limit_se))
    const random = estimated(eggerTest(effects, { method: 'REML', test: 'z' }))
    expectCoefficient(random.slope, { estimate: mixed.slope, se: mixed.se, p: mixed.p }, 1e-6)
    expectCoefficient(random.limit, { estimate: mixed.limit, se: mixed.limit_se }, 1e-6)
  })

  test.each(ANALYSES)('$title: PEESE', ({ yi, vi, bias }) => {
    const { limit } = estimated(eggerTest(effectsOf({ yi, vi }), { predictor: 'variance' }))
    const { peese_b0, peese_se, peese_p } = bias.pet_peese
    expectCoefficient(limit, { estimate: peese_b0, se: peese_se, p: peese_p })
  })

  test.each(ANALYSES.filter(({ bias }) => bias.regtest_lm_n))(
    '$title: on the number of people',
    ({ rows, yi, vi, bias }) => {
      const sizes = rows.filter((_, i) => yi[i] !== null).map(({ N_total }) => Number(N_total))
      const { slope } = estimated(regressionTest(effectsOf({ yi, vi }), sizes))
      const { slope: estimate, se, p } = bias.regtest_lm_n ?? { slope: Number.NaN, se: Number.NaN, p: Number.NaN }
      expectCoefficient(slope, { estimate, se, p })
    },
  )

  test.each(ANALYSES.filter(({ bias }) => bias.harbord))('$title: tests for odds ratios', ({ bias, ...analysis }) => {
    const tables = studiesOf(analysis).map(({ table }) => table)
    const { harbord, peters } = bias
    const efficient = estimated(harbordTest(tables))
    expect(efficient.k).toBe(harbord?.k)
    expectCoefficient(efficient.slope, {
      estimate: Number(harbord?.bias),
      se: Number(harbord?.se),
      p: Number(harbord?.p),
    })
    const inverse = estimated(petersTest(tables))
    expect(inverse.k).toBe(peters?.k)
    expectCoefficient(inverse.slope, { estimate: Number(peters?.slope), se: Number(peters?.se), p: Number(peters?.p) })
  })

  test.each(ANALYSES)("$title: Begg's test", ({ yi, vi, bias }) => {
    const { tau, pValue, isExact } = estimated(beggTest(effectsOf({ yi, vi })))
    expect(tau).toSatisfy(within(bias.begg_rank.kendall_tau, 1e-12))
    expect(pValue).toSatisfy(near(bias.begg_rank.p, 1e-10))
    expect(isExact).toBe(!bias.begg_rank.ties)
  })

  const filled = ANALYSES.flatMap(({ title, trimfill = {}, yi, vi }) =>
    Object.entries(trimfill).map(([key, expected]) => ({ title, key, expected, yi, vi })),
  )
  test.each(filled)('$title: trim and fill, $key', ({ key, expected, yi, vi }) => {
    const method = key.startsWith('EE') ? 'EE' : key.startsWith('DL') ? 'DL' : 'REML'
    const found = estimated(trimAndFill(effectsOf({ yi, vi }), { method, estimator: key.endsWith('R0') ? 'R0' : 'L0' }))
    expect(found.side).toBe(expected.side)
    expect(found.missing).toBe(expected.k0)
    expect(found.standardError).toSatisfy(near(expected.se_k0, 1e-9))
    expect(found.pooled.k).toBe(expected.k_total)
    expect(found.pooled.estimate).toSatisfy(within(expected.b, 1e-6 * expected.se))
    const inference = estimated(found.pooled.inference)
    expect(inference.standardError).toSatisfy(near(expected.se, 1e-6))
    expect(inference.ciLower).toSatisfy(within(expected.ci_lb, 1e-6 * expected.se))
    expect(inference.ciUpper).toSatisfy(within(expected.ci_ub, 1e-6 * expected.se))
    expected.filled_yi.forEach((value, i) => {
      expect(found.filled[i]?.yi).toSatisfy(within(value, 1e-6))
      expect(found.filled[i]?.vi).toBe(expected.filled_vi[i])
    })
  })

  const byEstimator = METADAT_SETS.flatMap(({ name, effects, trimfill }) =>
    trimfill.map((expected) => ({ name, effects, ...expected })),
  )
  test.each(byEstimator)('$name: trim and fill, $method and $estimator', ({ effects, values, side, ...options }) => {
    const [missing, missingSe, p, estimate, se] = values
    const found = estimated(trimAndFill(effects, options))
    expect(found).toMatchObject({ side, missing })
    expect(found.standardError).toSatisfy(near(Number(missingSe), 1e-6))
    expect(found.pValue ?? null).toBe(p)
    expect(found.pooled.estimate).toSatisfy(within(Number(estimate), 1e-6 * Number(se)))
    expect(estimated(found.pooled.inference).standardError).toSatisfy(near(Number(se), 1e-6))
  })

  test.each(ANALYSES)('$title: fail-safe N', ({ yi, vi, fsn }) => {
    const effects = effectsOf({ yi, vi })
    const by = (method: 'Rosenthal' | 'Orwin' | 'Rosenberg') => estimated(failSafeN(effects, { method }))
    expect(by('Rosenthal').n).toBe(fsn.rosenthal.fsN)
    expect(by('Rosenthal').pValue).toSatisfy(near(fsn.rosenthal.pval_stouffer_one_sided, 1e-8))
    expect(by('Orwin').n).toBe(fsn.orwin_unweighted_default_target_half.fsN)
    expect(by('Rosenberg').n).toBe(fsn.rosenberg.fsN)
    expect(by('Rosenberg').pValue).toSatisfy(near(fsn.rosenberg.pval, 1e-8))
  })
})

describe('identities', () => {
  test.each(ANALYSES)('$title: what is mirrored is filled in on the other side', ({ yi, vi }) => {
    const effects = effectsOf({ yi, vi })
    const mirrored = effects.map((effect) => ({ ...effect, yi: -effect.yi }))
    for (const estimator of TRIM_AND_FILL_ESTIMATORS) {
      const one = estimated(trimAndFill(effects, { method: 'DL', estimator }))
      const other = estimated(trimAndFill(mirrored, { method: 'DL', estimator }))
      expect(other.side).not.toBe(one.side)
      expect(other.missing).toBe(one.missing)
      expect(other.pooled.estimate).toSatisfy(within(-one.pooled.estimate, 1e-10))
    }
  })

  test('Orwin: by hand, five studies with a mean of 0.6 come down to 0.2 with ten of 0', () => {
    const effects = [0.2, 0.4, 0.6, 0.8, 1].map((yi) => ({ yi, vi: 1 }))
    expect(estimated(failSafeN(effects, { method: 'Orwin', target: 0.2 })).n).toBe(10)
    expect(estimated(failSafeN(effects, { method: 'Orwin', target: 0.7 })).n).toBe(0)
  })

  test('the exact p value of four pairs in order is 2 of 24', () => {
    expect(kendall([1, 2, 3, 4], [2, 5, 6, 9])).toEqual({ tau: 1, pValue: expect.closeTo(2 / 24, 12), isExact: true })
    expect(kendall([1, 2, 3, 4], [9, 6, 5, 2])).toEqual({ tau: -1, pValue: expect.closeTo(2 / 24, 12), isExact: true })
    expect(kendall([1, 2], [3, 3])).toBeUndefined()
    expect(kendall([], [])).toBeUndefined()
  })

  test('of many pairs the normal approximation is all but the exact p value', () => {
    // The places of 1 to n in the order of their multiples of 577 by a prime: no order of size, and none tied.
    const shuffled = (n: number) => Array.from({ length: n }, (_, i) => ((i + 1) * 577) % 2_003)
    const inOrder = (n: number) => Array.from({ length: n }, (_, i) => i)
    const exact = kendall(inOrder(1_000), shuffled(1_000))
    expect(exact?.isExact).toBe(true)
    // By the variance of Kendall's score without ties, n (n − 1) (2 n + 5) / 18, of τ n (n − 1) / 2.
    const z = Number(exact?.tau) * Math.sqrt((9 * 1_000 * 999) / (2 * 2_005))
    expect(exact?.pValue).toSatisfy(near(normalTwoSided(z), 1e-2))
    expect(kendall(inOrder(2_001), shuffled(2_001))?.isExact).toBe(false)
  })
})

describe('what has no answer says why', () => {
  const study = { yi: 0.5, vi: 0.04 }
  test('too few studies', () => {
    const two = [study, { yi: 0.1, vi: 0.02 }]
    expect(eggerTest(two)).toBe(TOO_FEW_STUDIES)
    expect(trimAndFill(two, { method: 'REML' })).toBe(TOO_FEW_STUDIES)
    expect(trimAndFill([study], { method: 'REML' })).toBe(ONE_STUDY)
    expect(beggTest([study])).toBe(ONE_STUDY)
    for (const find of [eggerTest, beggTest]) expect(find([])).toMatchObject({ status: 'not-estimable' })
    expect(failSafeN([], { method: 'Rosenthal' })).toMatchObject({ status: 'not-estimable' })
  })

  test('studies that have the same variance', () => {
    const same = [1, 2, 4].map((yi) => ({ yi, vi: 0.1 }))
    expect(eggerTest(same)).toMatchObject({ reason: expect.stringContaining('do not vary') })
    expect(beggTest(same)).toMatchObject({ reason: expect.stringContaining('same variance') })
    expect(failSafeN([{ yi: 0, vi: 1 }], { method: 'Orwin' })).toMatchObject({ status: 'not-estimable' })
  })
})
