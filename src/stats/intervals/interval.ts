import { normalQuantile } from '../distributions/normal-quantile.ts'
import { effectInputError } from '../effect-sizes/effect-input-error.ts'

/** A confidence interval; an end may be infinite. */
export interface Interval {
  readonly lower: number
  readonly upper: number
}

/** How sure an interval is without a level. */
export const USUAL_LEVEL = 0.95

/**
 * What lies beyond each end: half of 1 − level.
 *
 * @throws EvidenceError EFFECT_INPUT_INVALID  a level that isn't between 0 and 1
 */
export function tailOf(level: number): number {
  if (!(level > 0 && level < 1)) throw effectInputError('level', level, 'more than 0 and less than 1, such as 0.95')
  return (1 - level) / 2
}

/** The normal quantile that leaves half of 1 − level above it: 1.96 for 0.95. */
export const criticalValue = (level: number): number => -normalQuantile(tailOf(level))
