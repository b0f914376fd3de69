import type { NotEstimable } from '../../stats/effect-sizes/measure.ts'
import type { PoolingTest } from '../../stats/pooling/inverse-variance.ts'
import type { PooledStudies, PoolMethod } from '../../stats/pooling/pool-studies.ts'
import type { TauSquaredInterval } from '../../stats/pooling/tau-squared-interval.ts'
import { type FitCells, fitCells, inferenceCells, isMissing, there, transformed } from './parts.ts'

/** What a pool is called by, and what it is told with. */
export interface PoolContext {
  readonly measure: string
  readonly method: PoolMethod
  readonly test: PoolingTest
  readonly level: number
  /** The studies' names, in the order of their rows. */
  readonly names: readonly string[]
  /** What each row's result is about, where that is known. */
  readonly about?: readonly (Readonly<Record<string, string | null>> | undefined)[]
  /** From the scale on which was pooled to the one that people read. */
  readonly back: (value: number) => number
  readonly interval: TauSquaredInterval | NotEstimable
}

type Maybe = number | null

/** A meta-analysis as `evibase pool --json` writes it; null is what cannot be estimated, `reasons` says why. */
export interface PoolRecord {
  readonly measure: string
  readonly method: PoolMethod
  readonly test: PoolingTest
  readonly level: number
  readonly status: 'estimated' | 'not-estimable'
  readonly k: number
  readonly estimate: Maybe
  readonly se: Maybe
  readonly ci_lower: Maybe
  readonly ci_upper: Maybe
  readonly statistic: Maybe
  readonly df: Maybe
  readonly p_value: Maybe
  readonly tau2: Maybe
  readonly se_tau2: Maybe
  readonly tau2_lower: Maybe
  readonly tau2_upper: Maybe
  readonly tau2_at_bound: boolean | null
  readonly i2: Maybe
  readonly i2_from_q: Maybe
  readonly h2: Maybe
  readonly q: Maybe
  readonly q_df: Maybe
  readonly q_p: Maybe
  readonly pi_lower: Maybe
  readonly pi_upper: Maybe
  readonly transformed: {
    readonly estimate: Maybe
    readonly ci_lower: Maybe
    readonly ci_upper: Maybe
    readonly pi_lower: Maybe
    readonly pi_upper: Maybe
  }
  /** Of the model: restricted by REML, else the full likelihood. */
  readonly fit: FitCells
  readonly reasons: Readonly<Record<string, string>>
  readonly studies: readonly {
    readonly study: string
    readonly yi: Maybe
    readonly vi: Maybe
    readonly weight: Maybe
    /** Why there is no effect. */
    readonly reason?: string
    /** Of a result of the database, what it is about. */
    readonly [about: string]: string | number | null | undefined
  }[]
}

export function poolRecord({ pooled, studies, fit }: PooledStudies, context: PoolContext): PoolRecord {
  const whole = pooled.status === 'estimated' ? pooled : undefined
  const inference = inferenceCells(whole?.inference)
  const heterogeneity = there(whole?.heterogeneity)
  const tauSquared = there(whole?.tauSquared)
  const prediction = there(whole?.prediction)
  const isCommon = COMMON_EFFECT_METHODS.some((one) => one === context.method)
  const interval = isCommon || whole === undefined ? undefined : there(context.interval)
  const back = (value: number | null | undefined) => transformed(value, context.back)
  return {
    measure: context.measure,
    method: context.method,
    test: context.test,
    level: context.level,
    status: pooled.status,
    k: whole?.k ?? studies.filter(({ effect }) => effect.status === 'estimated').length,
    estimate: whole?.estimate ?? null,
    ...inference,
    // A common-effect model has no variance between studies, which is not the same as one that can't be told.
    tau2: tauSquared?.value ?? (whole !== undefined && isCommon ? 0 : null),
    se_tau2: tauSquared?.standardError ?? null,
    tau2_lower: interval?.tauSquared.lower ?? null,
    tau2_upper: interval?.tauSquared.upper ?? null,
    tau2_at_bound: tauSquared?.atBound ?? null,
    i2: heterogeneity?.iSquared ?? null,
    i2_from_q: heterogeneity?.iSquaredFromQ ?? null,
    h2: heterogeneity?.hSquared ?? null,
    q: heterogeneity?.statistic ?? null,
    q_df: heterogeneity?.degreesOfFreedom ?? null,
    q_p: heterogeneity?.pValue ?? null,
    pi_lower: prediction?.lower ?? null,
    pi_upper: prediction?.upper ?? null,
    transformed: {
      estimate: back(whole?.estimate),
      ci_lower: back(inference.ci_lower),
      ci_upper: back(inference.ci_upper),
      pi_lower: back(prediction?.lower),
      pi_upper: back(prediction?.upper),
    },
    fit: fitCells(fit),
    reasons: reasonsOf({ pooled, fit }, isCommon, withoutVariance({ studies }, context.names)),
    studies: studies.map(({ effect, weight }, i) => ({
      study: context.names[i] ?? String(i + 1),
      yi: effect.status === 'estimated' ? effect.yi : null,
      vi: effect.status === 'estimated' ? effect.vi : null,
      weight: weight ?? null,
      ...context.about?.[i],
      ...(effect.status === 'not-estimable' && { reason: effect.reason }),
    })),
  }
}

const COMMON_EFFECT_METHODS: readonly PoolMethod[] = ['EE', 'FE', 'MH', 'Peto']

const AT_BOUND = 'the studies differ no more than their own variances let expect: τ² is at its bound, 0'

/** Studies whose effect nothing can be weighed by. */
const withoutVariance = ({ studies }: Pick<PooledStudies, 'studies'>, names: readonly string[]): readonly string[] =>
  studies.flatMap(({ effect }, i) => (effect.status === 'estimated' && !(effect.vi > 0) ? (names[i] ?? '') : []))

/** Why the null parts of an answer are null, by the first key of each; that a common effect has no τ² goes without saying. */
function reasonsOf(
  { pooled, fit }: Pick<PooledStudies, 'pooled' | 'fit'>,
  isCommon: boolean,
  blamed: readonly string[],
): Record<string, string> {
  if (pooled.status === 'not-estimable')
    return { estimate: blamed.length === 0 ? pooled.reason : `${pooled.reason}: ${blamed.join(', ')}` }
  const { inference, heterogeneity, tauSquared, prediction } = pooled
  const isAtBound = tauSquared.status === 'estimated' && tauSquared.atBound
  const parts = { se: inference, q: heterogeneity, ...(!isCommon && { tau2: tauSquared, pi_lower: prediction }), fit }
  return {
    ...Object.fromEntries(
      Object.entries(parts).flatMap(([key, part]) => (isMissing(part) ? [[key, part.reason]] : [])),
    ),
    ...(isAtBound && { tau2_at_bound: AT_BOUND }),
  }
}
