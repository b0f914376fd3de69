import { normalTwoSided } from '../distributions/normal.ts'

/** Kendall's rank correlation with its two-sided p value; exact where no values are tied, and there are not too many. */
export interface Kendall {
  readonly tau: number
  readonly pValue: number
  readonly isExact: boolean
}

/** The exact p value takes time by the third power of the number; of more pairs the normal approximation has three digits. */
const MOST_EXACT = 2_000

/**
 * Kendall's τ-b of two series.
 *
 * @returns undefined for less than two pairs, or a series that does not vary
 * @source  Kendall 1938, Biometrika 30:81–93; with ties, the normal approximation of Kendall 1970, Rank Correlation Methods,
 *          chapter 4, without correction for continuity, as R's cor.test has it
 */
export function kendall(x: readonly number[], y: readonly number[]): Kendall | undefined {
  const n = x.length
  let score = 0
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) score += Math.sign((x[i] ?? 0) - (x[j] ?? 0)) * Math.sign((y[i] ?? 0) - (y[j] ?? 0))
  const pairs = (n * (n - 1)) / 2
  const [tiesOfX, tiesOfY] = [tiesIn(x), tiesIn(y)]
  const untied = (ties: readonly number[]) => pairs - sum(ties, (t) => (t * (t - 1)) / 2)
  const size = Math.sqrt(untied(tiesOfX) * untied(tiesOfY))
  if (!(size > 0)) return undefined
  if (tiesOfX.length + tiesOfY.length === 0 && n <= MOST_EXACT)
    return { tau: score / size, pValue: exactTwoSided(Math.round((score + pairs) / 2), n), isExact: true }
  const variance = varianceWithTies(n, tiesOfX, tiesOfY)
  return { tau: score / size, pValue: normalTwoSided(score / Math.sqrt(variance)), isExact: false }
}

const sum = (values: readonly number[], term: (value: number) => number): number =>
  values.reduce((total, value) => total + term(value), 0)

/** How many values there are of each that occurs more than once. */
function tiesIn(values: readonly number[]): number[] {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts.values()].filter((count) => count > 1)
}

function varianceWithTies(n: number, t: readonly number[], u: readonly number[]): number {
  const pairs = (ties: readonly number[]) => sum(ties, (count) => count * (count - 1))
  const triples = (ties: readonly number[]) => sum(ties, (count) => count * (count - 1) * (count - 2))
  const spread = (ties: readonly number[]) => sum(ties, (count) => count * (count - 1) * (2 * count + 5))
  return (
    (n * (n - 1) * (2 * n + 5) - spread(t) - spread(u)) / 18 +
    (pairs(t) * pairs(u)) / (2 * n * (n - 1)) +
    (n > 2 ? (triples(t) * triples(u)) / (9 * n * (n - 1) * (n - 2)) : 0)
  )
}

/** Twice the smaller tail of the number of concordant pairs, when all orders are equally likely. */
function exactTwoSided(concordant: number, n: number): number {
  // All orders turned round are as likely: the upper tail is the lower one of the discordant pairs.
  const last = Math.min(concordant, (n * (n - 1)) / 2 - concordant)
  let [probabilities, next] = [new Float64Array(last + 1), new Float64Array(last + 1)]
  probabilities[0] = 1
  // Each further value is concordant with 0 to i of those before it, each as likely as the other.
  for (let i = 1, length = 1; i < n; i++) {
    length = Math.min(length + i, last + 1)
    let window = 0
    for (let c = 0; c < length; c++) {
      window += (probabilities[c] ?? 0) - (c > i ? (probabilities[c - i - 1] ?? 0) : 0)
      next[c] = window / (i + 1)
    }
    ;[probabilities, next] = [next, probabilities]
  }
  return Math.min(1, 2 * probabilities.reduce((total, p) => total + p, 0))
}
