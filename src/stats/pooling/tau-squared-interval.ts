import { chiSquareQuantile } from '../distributions/chi-square.ts'
import type { NotEstimable } from '../effect-sizes/measure.ts'
import { type Effect, ONE_STUDY, whyNotPoolable } from './effect.ts'
import { tauSquaredWhereQIs } from './paule-mandel.ts'
import { LEVEL } from './pooled.ts'
import { meanModel, type WeightedModel } from './weighted-model.ts'

/** Between which values τ² lies, and with it I² (percent) and H². */
export interface TauSquaredInterval {
  readonly status: 'estimated'
  readonly tauSquared: Bounds
  readonly iSquared: Bounds
  readonly hSquared: Bounds
  /** The studies differ less than chance would have it even without any τ²: both bounds are 0, and no value is within. */
  readonly isEmpty: boolean
}

interface Bounds {
  readonly lower: number
  readonly upper: number
}

/**
 * Confidence interval of τ² by the Q-profile method: all values at which the generalised Q is within its χ² limits.
 *
 * @source  Viechtbauer 2007, Stat Med 26:37–52; I² and H² by monotone transformation of its limits
 * @checked test/reference/pooling (metafor 3.8-1 with a fine tolerance; relative 1e-7)
 */
export function tauSquaredInterval(
  effects: readonly Effect[],
  { level = LEVEL }: { readonly level?: number } = {},
): TauSquaredInterval | NotEstimable {
  return whyNotPoolable(effects) ?? intervalOf(meanModel(effects), level)
}

/** The same of a model, with moderators or without. */
function intervalOf(model: WeightedModel, level: number): TauSquaredInterval | NotEstimable {
  const df = model.k - model.p
  if (df < 1) return ONE_STUDY
  const { residualSum, traceP } = model.fit(0)
  const [low, high] = [chiSquareQuantile((1 + level) / 2, df), chiSquareQuantile((1 - level) / 2, df)]
  const bounds = { lower: tauSquaredWhereQIs(model, high), upper: tauSquaredWhereQIs(model, low) }
  const typical = df / traceP
  const mapped = (map: (tauSquared: number) => number) => ({ lower: map(bounds.lower), upper: map(bounds.upper) })
  return {
    status: 'estimated',
    tauSquared: bounds,
    iSquared: mapped((value) => (100 * value) / (typical + value)),
    hSquared: mapped((value) => value / typical + 1),
    isEmpty: residualSum < low,
  }
}
