import type { TwoByTwo } from '../distributions/hypergeometric.ts'
import { checkEvents } from '../effect-sizes/check-counts.ts'
import type { NotEstimable } from '../effect-sizes/measure.ts'
import { COMMON_EFFECT, NO_EVENTS, NO_STUDIES } from './effect.ts'
import { heterogeneityOf } from './heterogeneity.ts'
import { inferenceOf } from './inference.ts'
import { LEVEL, type Pooled } from './pooled.ts'

/**
 * Pools 2×2 tables by Peto's one-step method: a log odds ratio, Σ(O − E) / ΣV, positive where the event is commoner in the
 * experimental group. Nothing is added to zero cells; studies where all or none have the event count nothing.
 *
 * @returns `not-estimable` for no study, or where no study has both people with and without the event
 * @throws EvidenceError EFFECT_INPUT_INVALID  nobody in a group, or more events than people
 * @source  Yusuf et al 1985, Prog Cardiovasc Dis 27:335–371, statistical appendix
 * @checked test/reference/pooling.json (metafor 3.8-1, relative 1e-10)
 */
export function poolPeto(
  tables: readonly TwoByTwo[],
  { level = LEVEL }: { readonly level?: number } = {},
): Pooled | NotEstimable {
  if (tables.length === 0) return NO_STUDIES
  for (const { experimental, control } of tables) {
    checkEvents('experimental.', experimental)
    checkEvents('control.', control)
  }
  const scores = tables.map(scoreOf)
  const total = scores.reduce((sum, { variance }) => sum + variance, 0)
  if (!(total > 0)) return NO_EVENTS
  const estimate = scores.reduce((sum, { excess }) => sum + excess, 0) / total
  const telling = scores.filter(({ variance }) => variance > 0)
  return {
    status: 'estimated',
    k: tables.length,
    level,
    estimate,
    inference: inferenceOf(estimate, 1 / Math.sqrt(total), { level }),
    // Σ(O − E)² / V − (Σ(O − E))² / ΣV, which about the estimate doesn't cancel.
    heterogeneity: heterogeneityOf(
      telling.reduce((sum, { excess, variance }) => sum + (excess - estimate * variance) ** 2 / variance, 0),
      telling.length - 1,
    ),
    tauSquared: COMMON_EFFECT,
    prediction: COMMON_EFFECT,
    weights: scores.map(({ variance }) => (100 * variance) / total),
  }
}

/** Observed less expected events of the experimental group, and their hypergeometric variance. */
function scoreOf({ experimental, control }: TwoByTwo): { readonly excess: number; readonly variance: number } {
  const n = experimental.total + control.total
  const events = experimental.events + control.events
  const share = experimental.total / n
  return {
    excess: experimental.events - events * share,
    variance: events === 0 || events === n ? 0 : (events * (n - events) * share * (control.total / n)) / (n - 1),
  }
}
