import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { designOf } from '../../../src/stats/pooling/design.ts'
import { COMMON_EFFECT, TOO_FEW_STUDIES } from '../../../src/stats/pooling/effect.ts'
import {
  INVERSE_VARIANCE_METHODS,
  poolInverseVariance,
  TAU_SQUARED_METHODS,
} from '../../../src/stats/pooling/inverse-variance.ts'
import { metaRegression } from '../../../src/stats/pooling/meta-regression.ts'
import { regressionModel } from '../../../src/stats/pooling/regression-model.ts'
import { meanModel } from '../../../src/stats/pooling/weighted-model.ts'
import { near, within } from '../near.ts'
import { estimated } from './estimated.ts'
import { METADAT_SETS } from './metadat.ts'
import { ANALYSES, effectsOf } from './reference.ts'

const METHODS = ['EE', 'DL', 'REML', 'ML', 'PM'] as const
const CASES = ANALYSES.flatMap(({ title, metareg = [], yi, vi, rows }) =>
  metareg.flatMap((expected) => METHODS.map((method) => ({ title, expected, method, yi, vi, rows }))),
)

/** The effects of the studies that were in it, and its design matrix. */
const inputsOf = ({ expected, yi, vi }: Pick<(typeof CASES)[number], 'expected' | 'yi' | 'vi'>) => {
  const all = effectsOf({ yi, vi })
  const effects = expected.row_index.flatMap((i) => all[i] ?? [])
  return { effects, design: { names: expected.X_columns, rows: expected.X } }
}

describe('agrees with metafor 3.8-1', () => {
  test('on every meta-regression of the files', () => expect(CASES).toHaveLength(40))

  test.each(CASES)('$title $expected.formula by $method', (one) => {
    const { effects, design } = inputsOf(one)
    const { method } = one
    const expected = one.expected.fits[method]
    if (expected === undefined) throw new Error('the file has no such fit')
    for (const kind of ['z', 'knha'] as const) {
      const fitted = estimated(metaRegression(effects, design, { method, test: kind }))
      const { b, se, stat, p, ci_lb, ci_ub, QM } = expected[kind]
      fitted.coefficients.forEach(({ estimate, inference }, j) => {
        const [size = 0] = [se[j]]
        const tested = estimated(inference)
        expect(estimate).toSatisfy(within(Number(b[j]), 1e-7 * size))
        expect(tested.standardError).toSatisfy(near(size, 1e-7))
        expect(tested.statistic).toSatisfy(within(Number(stat[j]), 1e-6 * Math.max(1, Math.abs(tested.statistic))))
        expect(tested.pValue).toSatisfy(near(Number(p[j]), 1e-5))
        expect(tested.ciLower).toSatisfy(within(Number(ci_lb[j]), 1e-6 * size))
        expect(tested.ciUpper).toSatisfy(within(Number(ci_ub[j]), 1e-6 * size))
      })
      const moderators = estimated(fitted.moderators)
      expect(moderators.statistic).toSatisfy(near(QM.stat, 1e-7))
      expect(moderators.df1).toBe(QM.df1)
      expect(moderators.df2 ?? null).toBe(QM.df2)
      expect(moderators.pValue).toSatisfy(near(QM.p, 1e-5))
    }
    const fitted = estimated(metaRegression(effects, design, { method }))
    fitted.covariance.forEach((row, i) => {
      row.forEach((entry, j) => {
        expect(entry).toSatisfy(near(Number(expected.vcov_z[i]?.[j]), 1e-6))
      })
    })
    const heterogeneity = estimated(fitted.heterogeneity)
    expect(heterogeneity.statistic).toSatisfy(near(expected.QE, 1e-9))
    expect(heterogeneity.degreesOfFreedom).toBe(expected.QE_df)
    expect(heterogeneity.pValue).toSatisfy(near(expected.QEp, 1e-7))
    expect(heterogeneity.iSquared).toSatisfy(near(expected.I2, 1e-6))
    expect(heterogeneity.hSquared).toSatisfy(near(expected.H2, 1e-7))
    if (method === 'EE') {
      expect(fitted.tauSquared).toBe(COMMON_EFFECT)
      // The files have none of metafor's for this method; see the data sets of metadat.
      expect(expected.R2_pct).toBeNull()
    } else {
      const tauSquared = estimated(fitted.tauSquared)
      expect(tauSquared.value).toSatisfy(within(expected.tau2, 1e-7 * Math.max(expected.tau2, 1e-3)))
      expect(tauSquared.standardError).toSatisfy(near(Number(expected.se_tau2), 1e-6))
      expect(fitted.rSquared).toSatisfy(within(Number(expected.R2_pct), 1e-4))
    }
  })

  const predicted = CASES.filter(({ method, expected }) => method === 'REML' && expected.predict_REML_z)
  test.each(predicted)('$title $expected.formula: what it expects of a study', (one) => {
    const { effects, design } = inputsOf(one)
    const fitted = estimated(metaRegression(effects, design, { method: 'REML', like: 'metafor' }))
    for (const { x, pred, se, ci_lb, ci_ub, pi_lb, pi_ub } of one.expected.predict_REML_z ?? []) {
      const { estimate, inference, prediction } = fitted.predict([1, x])
      expect(estimate).toSatisfy(within(pred, 1e-7 * se))
      expect(estimated(inference).ciLower).toSatisfy(within(ci_lb, 1e-6 * se))
      expect(estimated(inference).ciUpper).toSatisfy(within(ci_ub, 1e-6 * se))
      expect(estimated(prediction).lower).toSatisfy(within(pi_lb, 1e-6 * se))
      expect(estimated(prediction).upper).toSatisfy(within(pi_ub, 1e-6 * se))
    }
  })

  test.each(CASES.filter(({ method }) => method === 'DL'))('$title $expected.formula: its design matrix', (one) => {
    const names = one.expected.formula
      .replace('~', '')
      .split('+')
      .map((name) => name.trim())
    const rows = one.rows.filter((_, i) => one.yi[i] !== null)
    const moderators = names.map((name) => ({
      name,
      values: one.expected.row_index.map((i) => String(rows[i]?.[name])),
    }))
    const { names: columns, rows: matrix } = designOf(moderators, one.expected.k)
    expect(matrix).toEqual(one.expected.X)
    expect(columns).toEqual(['intercept', ...one.expected.X_columns.slice(1)])
  })
})

describe('several moderators, categories among them, of studies that have all of them', () => {
  const cases = METADAT_SETS.flatMap(({ name, effects, regression }) =>
    INVERSE_VARIANCE_METHODS.flatMap((method) => {
      const expected = regression?.fits[method]
      if (regression === undefined || expected === undefined) return []
      const columns = Object.entries(regression.columns)
      const isWhole = effects.map((_, i) => columns.every(([, values]) => typeof values[i] === 'string'))
      const whole = <One>(values: readonly One[]) => values.filter((_, i) => isWhole[i])
      const moderators = columns.map(([title, values]) => ({ name: title, values: whole(values).map(String) }))
      return [{ name, method, expected, effects: whole(effects), design: designOf(moderators, expected.k) }]
    }),
  )
  test('by nine methods in two data sets', () => expect(cases).toHaveLength(18))

  test.each(cases)('$name by $method: coefficients, QM, R² and fit', ({ method, expected, effects, design }) => {
    expect(effects).toHaveLength(expected.k)
    const { coefficients, moderators, rSquared, fit } = estimated(metaRegression(effects, design, { method }))
    coefficients.forEach(({ estimate, inference }, j) => {
      expect(estimate).toSatisfy(within(Number(expected.b[j]), 1e-6 * estimated(inference).standardError))
    })
    expect(coefficients).toHaveLength(expected.b.length)
    expect(estimated(moderators).statistic).toSatisfy(near(expected.qm, 1e-6))
    expect(rSquared).toSatisfy(within(expected.r2, 1e-5))
    const { logLikelihood, deviance, aic, bic, aicc } = estimated(fit)
    for (const [i, value] of [logLikelihood, deviance, aic, bic, aicc].entries())
      expect(value).toSatisfy(within(Number(expected.fit[i]), 1e-7 * Math.abs(value)))
  })
})

describe('identities', () => {
  const effect = fc.record({
    yi: fc.double({ min: -5, max: 5, noNaN: true }),
    vi: fc.double({ min: 1e-3, max: 10, noNaN: true }),
  })
  const effects = fc.array(effect, { minLength: 3, maxLength: 12 })

  test('an intercept alone is the mean, by every estimate of τ²', () => {
    fc.assert(
      fc.property(effects, (studies) => {
        const regression = regressionModel(
          studies,
          studies.map(() => [1]),
        )
        if (regression === undefined) throw new Error('ones depend on nothing')
        const mean = meanModel(studies)
        for (const by of Object.values(TAU_SQUARED_METHODS)) {
          const [one, other] = [by(regression), by(mean)]
          expect(one.value).toSatisfy(within(other.value, 1e-8))
          expect(one.standardError).toSatisfy(near(other.standardError, 1e-7))
        }
        expect(regression.logDeterminant(0.3)).toSatisfy(within(mean.logDeterminant(0.3), 1e-12))
      }),
    )
  })

  test('moderators on another scale change their coefficients alone', () => {
    const [{ yi = [], vi = [], rows = [] } = {}] = ANALYSES
    const studies = effectsOf({ yi, vi })
    const by = (map: (latitude: number) => number) =>
      estimated(
        metaRegression(
          studies,
          { names: ['intercept', 'ablat'], rows: rows.map(({ ablat }) => [1, map(Number(ablat))]) },
          { method: 'REML' },
        ),
      )
    const [one, other] = [by((x) => x), by((x) => 1e4 + x / 60)]
    expect(estimated(other.tauSquared).value).toSatisfy(near(estimated(one.tauSquared).value, 1e-8))
    expect(other.coefficients[1]?.estimate).toSatisfy(near(60 * Number(one.coefficients[1]?.estimate), 1e-8))
    expect(estimated(other.moderators).statistic).toSatisfy(near(estimated(one.moderators).statistic, 1e-7))
  })
})

describe('what has no answer says why', () => {
  const studies = [1, 2, 3, 4].map((yi) => ({ yi, vi: 0.1 }))
  const by = (rows: number[][], some = studies) =>
    metaRegression(some, { names: ['intercept', 'x', 'z'].slice(0, rows[0]?.length), rows }, { method: 'REML' })

  test('moderators that do not vary, or depend on each other', () => {
    const reason = expect.stringContaining('depend on each other')
    expect(by(studies.map(() => [1, 7]))).toEqual({ status: 'not-estimable', reason })
    expect(by([1, 2, 3, 5].map((x) => [1, x, 2 * x - 1]))).toEqual({ status: 'not-estimable', reason })
  })

  test('as many coefficients as studies, or none at all', () => {
    expect(
      by(
        [
          [1, 0],
          [1, 1],
        ],
        studies.slice(0, 2),
      ),
    ).toBe(TOO_FEW_STUDIES)
    expect(by([], [])).toMatchObject({ status: 'not-estimable', reason: expect.stringContaining('no study') })
    expect(poolInverseVariance([], { method: 'DL' })).toMatchObject({ status: 'not-estimable' })
  })
})
