import { describe, expect, test } from 'vitest'
import { cumulative } from '../../../src/stats/diagnostics/cumulative.ts'
import { influence } from '../../../src/stats/diagnostics/influence.ts'
import { leaveOneOut } from '../../../src/stats/diagnostics/leave-one-out.ts'
import { ONE_STUDY } from '../../../src/stats/pooling/effect.ts'
import { poolInverseVariance } from '../../../src/stats/pooling/inverse-variance.ts'
import type { Pooled } from '../../../src/stats/pooling/pooled.ts'
import { type Pool, poolSubgroups } from '../../../src/stats/pooling/subgroups.ts'
import { near, within } from '../near.ts'
import { estimated } from '../pooling/estimated.ts'
import { ANALYSES, effectsOf, rowsOf } from '../pooling/reference.ts'

type Method = 'EE' | 'DL' | 'REML'
const METHODS: readonly Method[] = ['EE', 'DL', 'REML']
const by =
  (method: Method): Pool<{ readonly yi: number; readonly vi: number }> =>
  (effects) =>
    poolInverseVariance(effects, { method })

const tauSquaredOf = ({ tauSquared }: Pooled) => (tauSquared.status === 'estimated' ? tauSquared.value : 0)

/** Estimate, interval, p and τ² of a pool are those of a row of the file. */
function expectRow(pooled: Pooled, row: Readonly<Record<string, number | undefined>>): void {
  const { b = Number.NaN, se = Number.NaN, p = Number.NaN, ci_lb, ci_ub, tau2 = Number.NaN } = row
  const inference = estimated(pooled.inference)
  expect(pooled.estimate).toSatisfy(within(b, 1e-7 * se))
  expect(inference.standardError).toSatisfy(near(se, 1e-7))
  expect(inference.pValue).toSatisfy(near(p, 1e-5))
  if (ci_lb !== undefined) expect(inference.ciLower).toSatisfy(within(ci_lb, 1e-6 * se))
  if (ci_ub !== undefined) expect(inference.ciUpper).toSatisfy(within(ci_ub, 1e-6 * se))
  expect(tauSquaredOf(pooled)).toSatisfy(within(tau2, Math.max(1e-7 * tau2, 1e-9)))
}

describe('agrees with metafor 3.8-1', () => {
  const leftOut = ANALYSES.flatMap(({ title, leave1out = {}, yi, vi }) =>
    METHODS.flatMap((method) => (leave1out[method] ? [{ title, method, yi, vi, expected: leave1out[method] }] : [])),
  )
  test.each(leftOut)('$title without each study, by $method', ({ method, yi, vi, expected }) => {
    const rows = rowsOf(expected)
    const pools = leaveOneOut(effectsOf({ yi, vi }), by(method))
    expect(pools).toHaveLength(rows.length)
    pools.forEach((pooled, i) => {
      const row = rows[i] ?? {}
      expectRow(estimated(pooled), row)
      const heterogeneity = estimated(estimated(pooled).heterogeneity)
      expect(heterogeneity.statistic).toSatisfy(near(Number(row.Q), 1e-8))
      expect(heterogeneity.iSquared).toSatisfy(within(Number(row.I2), 1e-5))
    })
  })

  const cumulated = ANALYSES.flatMap(({ title, cumul, yi, vi, rows }) =>
    cumul === undefined
      ? []
      : (['DL', 'REML'] as const).map((method) => ({ title, method, yi, vi, rows, expected: cumul[method] })),
  )
  test.each(cumulated)('$title as the studies came, by $method', ({ method, yi, vi, rows, expected }) => {
    const included = rows.filter((_, i) => yi[i] !== null)
    const steps = cumulative(effectsOf({ yi, vi }), (_, i) => Number(included[i]?.year ?? 0), by(method))
    expect(steps.map(({ place }) => place)).toEqual(expected.order_index)
    rowsOf(expected).forEach((row, i) => {
      expectRow(estimated(steps[i]?.pooled ?? ONE_STUDY), row)
    })
  })

  test.each(ANALYSES.filter(({ influence: expected }) => expected))('$title: influence', ({ yi, vi, ...analysis }) => {
    const expected = analysis.influence ?? { columns: [], rows: [], is_influential: [] }
    const found = estimated(influence(effectsOf({ yi, vi }), { method: 'REML' }))
    const close = (value: number | undefined) =>
      within(value ?? Number.NaN, 1e-6 * Math.max(1e-3, Math.abs(value ?? 0)))
    rowsOf(expected).forEach((row, i) => {
      const one = found[i]
      expect(one?.standardizedResidual).toSatisfy(close(row.rstandard))
      expect(one?.studentizedResidual).toSatisfy(close(row.rstudent))
      expect(one?.dffits).toSatisfy(close(row.dffits))
      expect(one?.dfbetas).toSatisfy(close(row.dfbetas))
      expect(one?.cooksDistance).toSatisfy(close(row.cook_d))
      expect(one?.covarianceRatio).toSatisfy(close(row.cov_r))
      expect(one?.tauSquaredWithout).toSatisfy(close(row.tau2_del))
      expect(one?.qWithout).toSatisfy(close(row.QE_del))
      expect(one?.hat).toSatisfy(close(row.hat))
    })
    expect(found.map(({ isInfluential }) => isInfluential)).toEqual(expected.is_influential)
  })

  const grouped = ANALYSES.flatMap(({ title, subgroup = [], yi, vi, rows }) =>
    subgroup.flatMap((expected) => METHODS.map((method) => ({ title, expected, method, yi, vi, rows }))),
  )
  test.each(grouped)('$title by $expected.by, $method', ({ expected, method, yi, vi, rows }) => {
    const { separate_tau2: levels = [], Q_between = Number.NaN, df, p = Number.NaN } = expected.methods[method] ?? {}
    const included = rows.filter((_, i) => yi[i] !== null)
    const { subgroups, difference } = poolSubgroups(
      effectsOf({ yi, vi }),
      (_, i) => String(included[i]?.[expected.by]),
      by(method),
    )
    expect(subgroups.map(({ level }) => level).sort()).toEqual(levels.map(({ level }) => level).sort())
    for (const { level, k, ...row } of levels) {
      const pooled = estimated(subgroups.find((one) => one.level === level)?.pooled ?? ONE_STUDY)
      expect(pooled.k).toBe(k)
      expectRow(pooled, row)
    }
    const between = estimated(difference)
    expect(between.statistic).toSatisfy(near(Q_between, 1e-7))
    expect(between.degreesOfFreedom).toBe(df)
    expect(between.pValue).toSatisfy(near(p, 1e-6))
  })
})

describe('what has no answer says why', () => {
  const study = { yi: 0.5, vi: 0.04 }
  test('one study leaves none, and influences nothing that can be told', () => {
    expect(leaveOneOut([study], by('REML'))).toMatchObject([{ status: 'not-estimable' }])
    expect(influence([study], { method: 'REML' })).toBe(ONE_STUDY)
    expect(influence([], { method: 'REML' })).toMatchObject({ status: 'not-estimable' })
    expect(poolSubgroups([study], () => 'a', by('DL')).difference).toBe(ONE_STUDY)
    expect(poolSubgroups([], () => 'a', by('DL'))).toEqual({ subgroups: [], difference: ONE_STUDY })
  })

  test('of two studies each leaves the other', () => {
    const found = estimated(influence([study, { yi: 0.1, vi: 0.02 }], { method: 'DL' }))
    // By hand: Q of one study is 0, and the other's estimate and variance are its own.
    expect(found[0]).toMatchObject({ tauSquaredWithout: 0, qWithout: 0 })
    expect(found[0]?.studentizedResidual).toSatisfy(near(0.4 / Math.sqrt(0.06), 1e-12))
  })
})
