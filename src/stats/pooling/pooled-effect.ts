import type { NotEstimable } from '../effect-sizes/measure.ts'
import { type Effect, whyNotPoolable } from './effect.ts'
import { type InverseVarianceMethod, isCommon, tauSquaredBy } from './inverse-variance.ts'
import { meanModel } from './weighted-model.ts'

/** The bare answer of a pool, on the scale of its effects; τ² is 0 for a common effect, and for one study. */
export interface PooledEffect {
  readonly status: 'estimated'
  readonly estimate: number
  readonly standardError: number
  readonly tauSquared: number
}

/**
 * What `poolInverseVariance` estimates, without tests, intervals, heterogeneity and weights: for simulations and the like, which
 * pool data sets by the thousand.
 *
 * @returns `not-estimable` for no study, or one whose variance is 0 or unknown
 * @source  as poolInverseVariance
 * @checked against poolInverseVariance, and by npm run bench -- stats
 */
export function pooledEffect(effects: readonly Effect[], method: InverseVarianceMethod): PooledEffect | NotEstimable {
  const reason = whyNotPoolable(effects)
  if (reason !== undefined) return reason
  const model = meanModel(effects)
  const found = isCommon(method) ? undefined : tauSquaredBy(model, method)
  const tauSquared = found?.status === 'estimated' ? found.value : 0
  const { coefficients, weightSum } = model.fit(tauSquared)
  return { status: 'estimated', estimate: coefficients[0] ?? 0, standardError: Math.sqrt(1 / weightSum), tauSquared }
}
