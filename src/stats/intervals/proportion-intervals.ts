import { betaQuantile } from '../distributions/beta-quantile.ts'
import { checkEvents } from '../effect-sizes/check-counts.ts'
import type { RowOf } from '../effect-sizes/measure.ts'
import { criticalValue, type Interval, tailOf, USUAL_LEVEL } from './interval.ts'

/** Events among a number of people. */
export type Proportion = RowOf['proportion']

/**
 * Wilson's score interval of a proportion.
 *
 * @param continuity  with the continuity correction, which few use
 * @throws EvidenceError EFFECT_INPUT_INVALID  more events than people, a negative number, nobody
 * @source  Wilson 1927, J Am Stat Assoc 22:209–212; Newcombe 1998, Stat Med 17:857–872, methods 3 and 4
 * @checked test/reference/intervals.json (R 4.2.2 and mpmath, relative 1e-10)
 */
export function wilsonInterval(
  group: Proportion,
  { level = USUAL_LEVEL, continuity = false }: { level?: number; continuity?: boolean } = {},
): Interval {
  checkEvents('', group)
  const { events: x, total: n } = group
  const z = criticalValue(level)
  const lower = (events: number) => 1 - upperWilson(n - events, n, z, continuity)
  return {
    lower: x === 0 ? 0 : continuity ? Math.max(0, lower(x)) : lowerWilson(x, n, z),
    upper: x === n ? 1 : Math.min(1, upperWilson(x, n, z, continuity)),
  }
}

function upperWilson(x: number, n: number, z: number, continuity: boolean): number {
  const rest = (4 * x * (n - x)) / n
  const root = continuity ? z * z + 2 - 1 / n + rest - (4 * x) / n : z * z + rest
  return (2 * x + z * z + (continuity ? 1 : 0) + z * Math.sqrt(root)) / (2 * (n + z * z))
}

/** By the product of both limits, x² / (n (n + z²)), so that a small one keeps its digits. */
const lowerWilson = (x: number, n: number, z: number) => (x * x) / n / (n + z * z) / upperWilson(x, n, z, false)

/**
 * Clopper and Pearson's interval of a proportion, which holds the level for any of them.
 *
 * @throws EvidenceError EFFECT_INPUT_INVALID  more events than people, a negative number, nobody
 * @source  Clopper & Pearson 1934, Biometrika 26:404–413, by quantiles of the beta distribution
 * @checked test/reference/intervals.json (R 4.2.2, relative 1e-10)
 */
export function clopperPearsonInterval(group: Proportion, { level = USUAL_LEVEL }: { level?: number } = {}): Interval {
  checkEvents('', group)
  const { events: x, total: n } = group
  const tail = tailOf(level)
  return {
    lower: x === 0 ? 0 : betaQuantile(tail, x, n - x + 1),
    upper: x === n ? 1 : betaQuantile(1 - tail, x + 1, n - x),
  }
}

/**
 * Jeffreys' interval of a proportion: the middle of the posterior after a prior of Beta(½, ½), from 0 for no events and
 * to 1 for nothing else.
 *
 * @throws EvidenceError EFFECT_INPUT_INVALID  more events than people, a negative number, nobody
 * @source  Brown, Cai & DasGupta 2001, Stat Sci 16:101–133, section 4.1.1
 * @checked test/reference/intervals.json (R 4.2.2, relative 1e-10)
 */
export function jeffreysInterval(group: Proportion, { level = USUAL_LEVEL }: { level?: number } = {}): Interval {
  checkEvents('', group)
  const { events: x, total: n } = group
  const tail = tailOf(level)
  return {
    lower: x === 0 ? 0 : betaQuantile(tail, x + 0.5, n - x + 0.5),
    upper: x === n ? 1 : betaQuantile(1 - tail, x + 0.5, n - x + 0.5),
  }
}
