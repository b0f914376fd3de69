import type { TwoByTwo } from '../distributions/hypergeometric.ts'
import { checkEvents } from '../effect-sizes/check-counts.ts'
import type { NotEstimable } from '../effect-sizes/measure.ts'
import { commonEffect } from './common-effect.ts'
import { type Effect, NO_STUDIES } from './effect.ts'
import { LEVEL, type Pooled } from './pooled.ts'

/** One group: its risk, its people, and the variance of its risk, with ½ added to events and non-events where asked. */
const groupOf = ({ events, total }: TwoByTwo['control'], add: number) => ({
  risk: events / total,
  n: total,
  variance: ((events + add) * (total - events + add)) / (total + 2 * add) ** 3,
  corrected: total + 2 * add,
})

function groupsOf({ experimental, control }: TwoByTwo) {
  checkEvents('experimental.', experimental)
  checkEvents('control.', control)
  const hasZero = [experimental, control].some(({ events, total }) => events === 0 || events === total)
  const add = hasZero ? 0.5 : 0
  return { one: groupOf(experimental, add), other: groupOf(control, add) }
}

/**
 * A study's risk difference as RevMan 5 has it: of the counts as they are. Where a cell is zero only the variance is of counts
 * with ½ added to all four cells, so that also studies without events have one.
 *
 * @throws EvidenceError EFFECT_INPUT_INVALID  nobody in a group, or more events than people
 * @source  as revmanRiskDifference
 */
export function revmanRiskDifferenceOf(table: TwoByTwo): Effect {
  const { one, other } = groupsOf(table)
  return { yi: one.risk - other.risk, vi: one.variance + other.variance }
}

/**
 * Pools risk differences as RevMan 5 does, by Mantel and Haenszel's weights: estimate and weights are of the counts as they
 * are, Greenland and Robins's variance of those with ½ added to all cells of a study that has a zero one. Studies without
 * events count. metafor's variance is another, Sato's.
 *
 * @throws EvidenceError EFFECT_INPUT_INVALID  nobody in a group, or more events than people
 * @source  Greenland & Robins 1985, Biometrics 41:55–68; what is added to, after metabin of Schwarzer's R package meta, whose
 *          documentation says that RevMan 5 does so. That studies without events count: Cochrane Handbook 5.1, 16.9.3
 * @checked against R by these formulas; no file of RevMan's with risk differences was at hand
 */
export function revmanRiskDifference(tables: readonly TwoByTwo[], level = LEVEL): Pooled | NotEstimable {
  if (tables.length === 0) return NO_STUDIES
  const studies = tables.map((table) => ({ table, effect: revmanRiskDifferenceOf(table), ...groupsOf(table) }))
  const weights = studies.map(({ one, other }) => one.n * (other.n / (one.n + other.n)))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const estimate = studies.reduce((sum, { effect }, i) => sum + (weights[i] ?? 0) * effect.yi, 0) / total
  const variance =
    studies.reduce((sum, { one, other, effect }) => {
      const weight = (one.corrected * other.corrected) / (one.corrected + other.corrected)
      return sum + weight ** 2 * effect.vi
    }, 0) /
    total ** 2
  return commonEffect(studies, { estimate, variance, weights }, level)
}
