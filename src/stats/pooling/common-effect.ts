import type { NotEstimable } from '../effect-sizes/measure.ts'
import { COMMON_EFFECT } from './effect.ts'
import { heterogeneityOf, qAbout } from './heterogeneity.ts'
import { inferenceOf } from './inference.ts'
import { LEVEL, type Pooled, type StudyTable } from './pooled.ts'

/** What a method for counts finds before it is tested: its estimate, that one's variance, and how it weighs the studies. */
export interface CommonEstimate {
  readonly estimate: number
  readonly variance: number
  readonly weights: readonly number[]
}

/**
 * The answer of a method that takes all studies for one effect. Q sums (yᵢ − estimate)² / vᵢ over the studies that have an
 * effect of their own.
 */
export function commonEffect<Table>(
  studies: readonly StudyTable<Table>[],
  { estimate, variance, weights }: CommonEstimate,
  level = LEVEL,
): Pooled | NotEstimable {
  const effects = studies.flatMap(({ effect }) => effect ?? [])
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return {
    status: 'estimated',
    k: studies.length,
    level,
    estimate,
    inference: inferenceOf(estimate, Math.sqrt(variance), { level }),
    heterogeneity: heterogeneityOf(qAbout(effects, estimate), effects.length - 1),
    tauSquared: COMMON_EFFECT,
    prediction: COMMON_EFFECT,
    weights: weights.map((weight) => (100 * weight) / total),
  }
}
