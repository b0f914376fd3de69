import { rootBetween } from '../root.ts'
import { type TauSquared, truncated } from './tau-squared.ts'
import type { WeightedModel } from './weighted-model.ts'

/**
 * The τ² at which Q of the model has come down to a value, which it does but once; 0 where it is no higher to begin with.
 */
export function tauSquaredWhereQIs(model: WeightedModel, q: number): number {
  const excess = (tauSquared: number) => model.fit(tauSquared).residualSum - q
  if (excess(0) <= 0) return 0
  // Q(τ²) ≤ Σ(y − ŷ)² / (τ² + least v)
  const end = model.fitUnweighted().residualSum / q - model.range.least
  return rootBetween(0, end * (1 + 1e-6), excess)
}

/**
 * τ² at which Q is its own expectation, k − p. The empirical Bayes estimate solves the same equation, and so is the same.
 *
 * @source  Paule & Mandel 1982, J Res NBS 87:377–385; Morris 1983, JASA 78:47–55; that they agree: Viechtbauer et al 2015,
 *          Psychol Methods 20:360–374
 * @checked test/reference/pooling (metafor 3.8-1, relative 1e-7)
 */
export function pauleMandel(model: WeightedModel): TauSquared {
  const { k, p } = model
  return truncated(
    tauSquaredWhereQIs(model, k - p),
    (value) => (k * Math.sqrt(2 / (k - p))) / model.fit(value).weightSum,
  )
}
