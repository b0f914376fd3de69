import { deviance, stirlingError } from './saddle-point.ts'

/** A 2×2 table by its events and totals. */
export interface TwoByTwo {
  readonly experimental: { readonly events: number; readonly total: number }
  readonly control: { readonly events: number; readonly total: number }
}

/** Two probabilities that differ by less are the same: what R's fisher.test takes for a tie. */
const TIE = 1 + 1e-7

/**
 * Fisher's exact test of a 2×2 table, two-sided: the sum of the hypergeometric probabilities, at the table's margins, of
 * all tables that are at most as probable as the observed one (ties within a relative 1e-7).
 *
 * Takes time in proportion to the standard deviation of the events, not to the number of participants.
 *
 * @returns the p value, 0 to 1; 1 where the margins allow one table only
 * @source  Fisher 1935; the two-sided rule is that of Freeman & Halton 1951, as in R's fisher.test
 * @checked test/reference/fisher.json (R 4.2.2, relative 1e-9)
 */
export function fisherTwoSided({ experimental, control }: TwoByTwo): number {
  const events = experimental.events + control.events
  const lowest = Math.max(0, events - control.total)
  const highest = Math.min(events, experimental.total)
  const probability = (k: number) => hypergeometricProbability(k, experimental.total, control.total, events)
  const limit = probability(experimental.events) * TIE
  const mode = Math.floor(((events + 1) * (experimental.total + 1)) / (experimental.total + control.total + 2))
  // Probabilities rise up to the mode and fall after it, so each tail begins where they first pass the limit.
  const lower = lastWhere(lowest - 1, mode, (k) => k < lowest || probability(k) <= limit)
  const upper = -lastWhere(-(highest + 1), -mode, (k) => -k > highest || probability(-k) <= limit)
  if (lower >= upper - 1) return 1
  return Math.min(1, sumFrom(lower, lowest, -1, probability) + sumFrom(upper, highest, 1, probability))
}

/** The one-sided p values of Fisher's exact test, and the probability of the observed table. */
export interface FisherOneSided {
  /** As many events in the experimental group, or less. */
  readonly less: number
  /** As many, or more. */
  readonly greater: number
  readonly observed: number
}

/**
 * Fisher's exact test of a 2×2 table, one-sided, to each side.
 *
 * @checked test/reference/intervals.json (mpmath, relative 1e-9)
 */
export function fisherOneSided({ experimental, control }: TwoByTwo): FisherOneSided {
  const events = experimental.events + control.events
  const at = experimental.events
  const probability = (k: number) => hypergeometricProbability(k, experimental.total, control.total, events)
  const observed = probability(at)
  // The smaller tail falls from the observed table on; the other is what is left.
  const upper = at * (experimental.total + control.total) >= events * experimental.total
  const tail = upper
    ? sumFrom(at, Math.min(events, experimental.total), 1, probability)
    : sumFrom(at, Math.max(0, events - control.total), -1, probability)
  const rest = Math.min(1, 1 - tail + observed)
  return upper ? { less: rest, greater: tail, observed } : { less: tail, greater: rest, observed }
}

/** The last whole number from `from` on, which holds, up to `to`, for which a condition holds that, once broken, stays broken. */
function lastWhere(from: number, to: number, holds: (k: number) => boolean): number {
  if (holds(to)) return to
  let [good, bad] = [from, to]
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2)
    if (holds(middle)) good = middle
    else bad = middle
  }
  return good
}

/** A tail's sum, from its largest term outwards until what is left no longer counts. */
function sumFrom(first: number, last: number, step: 1 | -1, probability: (k: number) => number): number {
  let sum = 0
  for (let k = first; step * (last - k) >= 0; k += step) {
    const term = probability(k)
    sum += term
    if (term <= sum * 1e-18) break
  }
  return sum
}

/**
 * Probability of k events among `drawn` when `drawn` of `drawn` + `left` participants are picked, `events` of whom have it.
 *
 * @source  Loader 2000: a product of three binomial probabilities
 */
function hypergeometricProbability(k: number, drawn: number, left: number, events: number): number {
  const all = drawn + left
  if (events === 0 || events === all || drawn === 0 || left === 0) return 1
  const p = events / all
  const q = (all - events) / all
  return Math.exp(logBinomial(k, drawn, p, q) + logBinomial(events - k, left, p, q) - logBinomial(events, all, p, q))
}

function logBinomial(k: number, n: number, p: number, q: number): number {
  if (k === 0) return n * Math.log1p(-p)
  if (k === n) return n * Math.log(p)
  return (
    stirlingError(n) -
    stirlingError(k) -
    stirlingError(n - k) -
    deviance(k, n * p) -
    deviance(n - k, n * q) +
    Math.log(n / (2 * Math.PI * k * (n - k))) / 2
  )
}
