import { expect, test } from 'vitest'
import type { NotEstimable } from '../../../src/stats/effect-sizes/measure.ts'
import { ONE_STUDY } from '../../../src/stats/pooling/effect.ts'
import { type FitStatistics, fitStatistics } from '../../../src/stats/pooling/fit-statistics.ts'
import { type InverseVarianceMethod, poolInverseVariance } from '../../../src/stats/pooling/inverse-variance.ts'
import { poolStudies } from '../../../src/stats/pooling/pool-studies.ts'
import { meanModel } from '../../../src/stats/pooling/weighted-model.ts'
import { near, within } from '../near.ts'
import { estimated } from './estimated.ts'
import { METADAT_COUNTS, METADAT_SETS } from './metadat.ts'
import { ANALYSES, effectsOf } from './reference.ts'

const METHODS = ['EE', 'DL', 'HE', 'HS', 'SJ', 'ML', 'REML', 'EB', 'PM'] as const

const given = (effects: readonly { readonly yi: number; readonly vi: number }[]) =>
  effects.map((effect) => ({ data: undefined, effect }))

const fitOf = (effects: readonly { readonly yi: number; readonly vi: number }[], method: InverseVarianceMethod) =>
  poolStudies('GEN', given(effects), { method }).fit

/** Log-likelihood, deviance, AIC, BIC, AICc. */
function expectFit(fit: FitStatistics | NotEstimable, expected: readonly number[]): void {
  const { logLikelihood, deviance, aic, bic, aicc } = estimated(fit)
  for (const [i, value] of [logLikelihood, deviance, aic, bic, aicc].entries())
    expect(value).toSatisfy(within(Number(expected[i]), 1e-8 * Math.max(1, Math.abs(value))))
}

test.each(ANALYSES)('$title: likelihood and criteria of metafor 3.8-1', ({ models, yi, vi }) => {
  for (const method of ['EE', 'ML', 'REML'] as const) {
    const { logLik, AIC, BIC, AICc } = models[method] ?? {}
    const fit = estimated(fitOf(effectsOf({ yi, vi }), method))
    expect(fit.logLikelihood).toSatisfy(near(Number(logLik), 1e-8))
    expect(fit.aic).toSatisfy(near(Number(AIC), 1e-8))
    expect(fit.bic).toSatisfy(near(Number(BIC), 1e-8))
    expect(fit.aicc).toSatisfy(near(Number(AICc), 1e-8))
  }
})

test.each(METADAT_SETS)('$name: all fit statistics of metafor 3.8-1, by every method', ({ effects, fits }) => {
  for (const method of METHODS) expectFit(fitOf(effects, method), fits[method] ?? [])
})

test('Mantel–Haenszel and Peto: of the effects about their estimates', () => {
  const { ai, n1i, ci, n2i, fit, peto } = METADAT_COUNTS
  const inputs = ai.map((events, i) => ({
    data: {
      experimental: { events, total: Number(n1i[i]) },
      control: { events: Number(ci[i]), total: Number(n2i[i]) },
    },
    effect: undefined,
  }))
  expectFit(poolStudies('OR', inputs, { method: 'MH' }).fit, fit)
  expectFit(poolStudies('OR', inputs, { method: 'Peto' }).fit, peto)
})

test('the deviance of one common effect is Q', () => {
  for (const { effects } of METADAT_SETS) {
    const { heterogeneity } = estimated(poolInverseVariance(effects, { method: 'EE' }))
    expect(estimated(fitOf(effects, 'EE')).deviance).toBe(estimated(heterogeneity).statistic)
  }
})

test('one study has the fit of a common effect, and of none with a τ²', () => {
  const one = [{ yi: 0.5, vi: 0.04 }]
  // By hand: the normal density at its own mean, and one parameter; of one study BIC takes nothing for it.
  const logLikelihood = -Math.log(2 * Math.PI * 0.04) / 2
  expectFit(fitOf(one, 'EE'), [
    logLikelihood,
    0,
    -2 * logLikelihood + 2,
    -2 * logLikelihood,
    -2 * logLikelihood + 2 * 3,
  ])
  for (const method of ['ML', 'REML', 'DL'] as const) expect(fitStatistics(meanModel(one), method, 0)).toBe(ONE_STUDY)
})
