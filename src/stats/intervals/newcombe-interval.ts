import type { TwoByTwo } from '../distributions/hypergeometric.ts'
import { type Interval, USUAL_LEVEL } from './interval.ts'
import { wilsonInterval } from './proportion-intervals.ts'

/**
 * Newcombe's interval of a risk difference, made of the Wilson intervals of both risks.
 *
 * @param continuity  of Wilson intervals with the continuity correction
 * @throws EvidenceError EFFECT_INPUT_INVALID  more events than people, a negative number, nobody
 * @source  Newcombe 1998, Stat Med 17:873–890, method 10, and 11 with the correction
 * @checked test/reference/intervals.json (mpmath 50 digits, relative 1e-10)
 */
export function newcombeInterval(
  { experimental, control }: TwoByTwo,
  { level = USUAL_LEVEL, continuity = false }: { level?: number; continuity?: boolean } = {},
): Interval {
  const one = wilsonInterval(experimental, { level, continuity })
  const two = wilsonInterval(control, { level, continuity })
  const p1 = experimental.events / experimental.total
  const p2 = control.events / control.total
  return {
    lower: p1 - p2 - Math.hypot(p1 - one.lower, two.upper - p2),
    upper: p1 - p2 + Math.hypot(one.upper - p1, p2 - two.lower),
  }
}
