import { type NotEstimable, notEstimable } from '../effect-sizes/measure.ts'

/** One study's effect with its sampling variance, on the scale it is pooled on: the logarithm, for a ratio. */
export interface Effect {
  readonly yi: number
  readonly vi: number
}

export const NO_STUDIES = notEstimable('there is no study to pool')
export const ONE_STUDY = notEstimable('one study cannot tell how studies differ')
export const TOO_FEW_STUDIES = notEstimable('too few studies for the degrees of freedom')
export const NO_EVENTS = notEstimable(
  'no study has both people with the event and people without it, as the method needs',
)
export const NO_VARIATION = notEstimable('the standard error is 0: the studies leave nothing to measure by')
export const COMMON_EFFECT = notEstimable('the model has one effect for all studies')

const NO_EFFECT = notEstimable('a study has no effect')
const BEYOND = notEstimable(
  'an effect or its variance is too small or large to compute with; give them in another unit',
)

/** Fourth powers of weights, and squares of weighted effects, must be doubles. */
const LEAST_VARIANCE = 1e-70
const GREATEST = 1e70
const NO_VARIANCE = notEstimable('a study has no sampling variance above 0, and so no weight')

/** What keeps effects from being weighted by their variances. One loop: whole data sets are pooled by the ten thousand. */
export function whyNotPoolable(effects: readonly Effect[]): NotEstimable | undefined {
  if (effects.length === 0) return NO_STUDIES
  for (const { yi, vi } of effects)
    if (!(vi >= LEAST_VARIANCE && vi <= GREATEST && Math.abs(yi) <= GREATEST)) return whyNotAny(effects)
  return undefined
}

function whyNotAny(effects: readonly Effect[]): NotEstimable {
  if (!effects.every(({ yi }) => Number.isFinite(yi))) return NO_EFFECT
  return effects.every(({ vi }) => vi > 0 && Number.isFinite(vi)) ? BEYOND : NO_VARIANCE
}
