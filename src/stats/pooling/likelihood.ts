import { crossingsDown } from '../root.ts'
import { type TauSquared, truncated } from './tau-squared.ts'
import type { WeightedModel } from './weighted-model.ts'

export type Likelihood = 'ML' | 'REML'

/**
 * τ² of the highest likelihood, or restricted likelihood, over all values from 0 on. The restricted likelihood can have
 * several peaks: they are looked for on the whole range where any can be, and compared. metafor climbs from one place, and
 * stops where a step is below 1e-5, which may be 4e-5 away from the peak.
 *
 * Takes time linear in the number of studies.
 *
 * @source  Harville 1977, JASA 72:320–338; Viechtbauer 2005, J Educ Behav Stat 30:261–293. The standard error is from the
 *          expected information
 * @checked test/reference/pooling (the maximum to twelve digits; relative 1e-7)
 */
export function maximumLikelihood(model: WeightedModel, kind: Likelihood): TauSquared {
  const [first = 0, ...others] = peaks(model, kind)
  const best = others.length === 0 ? first : highest(model, kind, [first, ...others])
  return truncated(best, (value) => {
    const { weightSquares, tracePP } = model.fit(value)
    return Math.sqrt(2 / (kind === 'ML' ? weightSquares : tracePP))
  })
}

/** The likelihood's slope has its poles at τ² = −v: on the scale of ln(τ² + least v) nothing in it is narrower than this. */
const STEP = 0.4

function peaks(model: WeightedModel, kind: Likelihood): number[] {
  const { least, greatest } = model.range
  const end = slopeIsNegativeFrom(model, least, greatest)
  if (end === 0) return [0]
  const steps = Math.max(2, Math.ceil(Math.log1p(end / least) / STEP))
  const ratio = (1 + end / least) ** (1 / steps)
  // Plain loops: whole data sets are pooled by the ten thousand.
  const places = [0]
  for (let i = 1, growth = ratio; i < steps; i++, growth *= ratio) places.push(least * (growth - 1))
  places.push(end)
  const crossings = crossingsDown(places, (tauSquared) => slope(model, kind, tauSquared))
  return slope(model, kind, 0) <= 0 ? [0, ...crossings] : crossings
}

/** Twice the slope over what it is made of: rises and falls show as they do in the slope, and it is near 1 in size. */
function slope(model: WeightedModel, kind: Likelihood, tauSquared: number): number {
  const { residualSquares, traceP, weightSum } = model.score(tauSquared)
  return residualSquares / (kind === 'ML' ? weightSum : traceP) - 1
}

/**
 * With m = Σ(y − ŷ)² / (k − p), least and greatest v: y′PPy ≤ (k − p) m / (τ² + least)², and tr P ≥ (k − p) / (τ² + greatest).
 * The slope is negative beyond the greater root of (τ² + least)² = m (τ² + greatest).
 */
function slopeIsNegativeFrom(model: WeightedModel, least: number, greatest: number): number {
  const mean = model.fitUnweighted().residualSum / (model.k - model.p)
  const half = mean / 2 - least
  const root = half + Math.sqrt(half ** 2 - least ** 2 + mean * greatest)
  return root > 0 ? root * (1 + 1e-6) : 0
}

function highest(model: WeightedModel, kind: Likelihood, places: readonly number[]): number {
  const heights = places.map((tauSquared) => ({ tauSquared, height: logLikelihood(model, kind, tauSquared) }))
  return heights.reduce((best, other) => (other.height > best.height ? other : best)).tauSquared
}

/** The logarithm of the likelihood, without the constants that no τ² changes. */
export const logLikelihood = (model: WeightedModel, kind: Likelihood, tauSquared: number): number =>
  -(
    model.variances.reduce((sum, v) => sum + Math.log(v + tauSquared), 0) +
    model.fit(tauSquared).residualSum +
    (kind === 'REML' ? model.logDeterminant(tauSquared) : 0)
  ) / 2
