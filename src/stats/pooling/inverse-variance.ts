import type { NotEstimable } from '../effect-sizes/measure.ts'
import { COMMON_EFFECT, type Effect, ONE_STUDY, whyNotPoolable } from './effect.ts'
import { heterogeneityOf } from './heterogeneity.ts'
import { inferenceOf } from './inference.ts'
import { maximumLikelihood } from './likelihood.ts'
import { pauleMandel } from './paule-mandel.ts'
import { LEVEL, type Pooled } from './pooled.ts'
import { predictionOf } from './prediction.ts'
import { dersimonianLaird, hedgesOlkin, hunterSchmidt, sidikJonkman, type TauSquared } from './tau-squared.ts'
import { type Fit, meanModel, type WeightedModel } from './weighted-model.ts'

/** How to estimate the between-study variance, by metafor's names. */
export const TAU_SQUARED_METHODS = {
  DL: dersimonianLaird,
  HE: hedgesOlkin,
  HS: hunterSchmidt,
  SJ: sidikJonkman,
  ML: (model) => maximumLikelihood(model, 'ML'),
  REML: (model) => maximumLikelihood(model, 'REML'),
  EB: pauleMandel,
  PM: pauleMandel,
} as const satisfies Readonly<Record<string, (model: WeightedModel) => TauSquared>>
type TauSquaredMethod = keyof typeof TAU_SQUARED_METHODS

/** EE and FE are the same: one effect for all, or the mean of just these studies' effects, and no τ². */
export type InverseVarianceMethod = 'EE' | 'FE' | TauSquaredMethod
export const INVERSE_VARIANCE_METHODS = [
  'EE',
  'FE',
  'DL',
  'HE',
  'HS',
  'SJ',
  'ML',
  'REML',
  'EB',
  'PM',
] as const satisfies readonly InverseVarianceMethod[]

/**
 * How the estimate is tested, by metafor's names: against the normal distribution; Student's t with k − p degrees of freedom;
 * the same with Knapp and Hartung's standard error; or with that one, but no smaller than the plain one.
 */
export const POOLING_TESTS = ['z', 't', 'knha', 'adhoc'] as const
export type PoolingTest = (typeof POOLING_TESTS)[number]

export interface InverseVarianceOptions {
  readonly method: InverseVarianceMethod
  readonly test?: PoolingTest
  readonly level?: number
  /** `metafor` gives the prediction interval as that does: by z, or t with k − p degrees of freedom, and not k − p − 1. */
  readonly like?: 'evibase' | 'metafor' | undefined
  /** Takes Q, and DL's τ² from it, about this value and not about the weighted mean. */
  readonly about?: number
}

/**
 * Pools effects by the inverse of their variances: the weighted mean Σwy / Σw, w = 1 / (v + τ²), standard error 1 / √Σw, on
 * the scale of the effects.
 *
 * @returns `not-estimable` for no study, or one whose variance is 0 or unknown; what a single study cannot say carries its
 *          reason
 * @source  Hedges & Olkin 1985, chapter 6; for each τ² see there; Knapp & Hartung 2003, Stat Med 22:2693–2710
 * @checked test/reference/pooling (metafor 3.8-1)
 */
export function poolInverseVariance(
  effects: readonly Effect[],
  { method, test = 'z', level = LEVEL, like, about }: InverseVarianceOptions,
): Pooled | NotEstimable {
  const reason = whyNotPoolable(effects)
  if (reason !== undefined) return reason
  const model = meanModel(effects)
  const common = model.fit(0)
  const q = qAbout(common, about)
  const tauSquared = tauSquaredBy(model, method, q)
  const value = tauSquared.status === 'estimated' ? tauSquared.value : 0
  const fit = value === 0 ? common : model.fit(value)
  const [estimate = 0] = fit.coefficients
  const df = model.k - 1
  const standardError = Math.sqrt(varianceFactor(fit, test, df) / fit.weightSum)
  return {
    status: 'estimated',
    k: model.k,
    level,
    estimate,
    inference: inferenceOf(estimate, standardError, { level, ...(test !== 'z' && { degreesOfFreedom: df }) }),
    heterogeneity: heterogeneityOf(
      q,
      df,
      isCommon(method) ? undefined : { tauSquared: value, variance: df / common.traceP },
    ),
    tauSquared,
    prediction:
      tauSquared.status === 'estimated'
        ? predictionOf(estimate, standardError, value, { level, degreesOfFreedom: predictionDf(df, test, like) })
        : tauSquared,
    weights: effects.map(({ vi }) => 100 / ((vi + value) * fit.weightSum)),
  }
}

export const isCommon = (method: InverseVarianceMethod): method is 'EE' | 'FE' => method === 'EE' || method === 'FE'

/** Q of the model; Σw(y − c)² = Σw(y − ȳ)² + (ȳ − c)² Σw about any other value c. */
const qAbout = ({ residualSum, weightSum, coefficients: [mean = 0] }: Fit, about: number | undefined): number =>
  about === undefined ? residualSum : residualSum + (mean - about) ** 2 * weightSum

/** The model's τ²; what there is none of carries the reason. */
export function tauSquaredBy(
  model: WeightedModel,
  method: InverseVarianceMethod,
  q?: number,
): TauSquared | NotEstimable {
  if (isCommon(method)) return COMMON_EFFECT
  if (model.k <= model.p) return ONE_STUDY
  return method === 'DL' ? dersimonianLaird(model, q) : TAU_SQUARED_METHODS[method](model)
}

/** What a residual sum is taken for 0 below: rounding, not a difference of studies; metafor's own bound. */
const NOTHING = Number.EPSILON

/** By how much the variance of estimates is multiplied: Knapp and Hartung's factor, or 1. */
export function varianceFactor({ residualSum }: Fit, test: PoolingTest, df: number): number {
  if (test === 'z' || test === 't' || df < 1) return 1
  const factor = residualSum <= NOTHING ? 0 : residualSum / df
  return test === 'adhoc' ? Math.max(1, factor) : factor
}

/** Degrees of freedom of the prediction interval, from those of the residuals; undefined for the normal distribution. */
export function predictionDf(
  df: number,
  test: PoolingTest,
  like: 'evibase' | 'metafor' | undefined,
): number | undefined {
  if (like !== 'metafor') return df - 1
  return test === 'z' ? undefined : df
}
