import type { NotEstimable } from '../effect-sizes/measure.ts'
import { NO_STUDIES } from '../pooling/effect.ts'
import type { PooledStudies } from '../pooling/pool-studies.ts'

/** What a study adds to heterogeneity, and what it does to the estimate. */
export interface BaujatPoint {
  readonly status: 'estimated'
  /** Its squared Pearson residual, (y − μ)² / (v + τ²): where there is no τ², its part of Q. */
  readonly heterogeneity: number
  /** The squared move of the estimate when it is left out, over the variance of the estimate without it. */
  readonly influence: number
}

/**
 * Where a Baujat plot has each study, in their order.
 *
 * @returns for a study `not-estimable` where it has no effect, or where the others can't be pooled
 * @source  Baujat et al. 2002, Stat Med 21:2641–2652; with τ² as metafor has it
 * @checked test/reference/baujat.json (baujat of metafor 3.8-1; relative 1e-6)
 */
export function baujat<Study>(
  studies: readonly Study[],
  pool: (studies: readonly Study[]) => PooledStudies,
): (BaujatPoint | NotEstimable)[] {
  const { pooled, studies: weighed } = pool(studies)
  if (pooled.status === 'not-estimable') return studies.map(() => pooled)
  const tauSquared = pooled.tauSquared.status === 'estimated' ? pooled.tauSquared.value : 0
  return studies.map((_, i) => {
    const effect = weighed[i]?.effect ?? NO_STUDIES
    if (effect.status === 'not-estimable') return effect
    const without = pool(studies.toSpliced(i, 1)).pooled
    if (without.status === 'not-estimable') return without
    if (!('standardError' in without.inference)) return without.inference
    return {
      status: 'estimated',
      heterogeneity: (effect.yi - pooled.estimate) ** 2 / (effect.vi + tauSquared),
      influence: ((without.estimate - pooled.estimate) / without.inference.standardError) ** 2,
    }
  })
}
