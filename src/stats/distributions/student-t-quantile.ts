import { incompleteBeta } from './beta.ts'
import { normalQuantile } from './normal-quantile.ts'
import { deviance, stirlingError } from './saddle-point.ts'

const MOST_STEPS = 200

/** From here on the expansion about the normal quantile gives every digit, and the continued fraction gets slow. */
const EXPANSION_FROM = 1e5

/**
 * The number below which a variable with Student's t distribution lies with probability p.
 *
 * @param p   a probability, 0 to 1
 * @param df  degrees of freedom, above 0; they need not be whole
 * @returns −∞ for 0, ∞ for 1, NaN where p is no probability or df isn't positive; else right to about 12 digits
 * @source  bisection and Newton steps on the distribution function, which is an incomplete beta function:
 *          Abramowitz & Stegun 1964, 26.7.1; 26.7.5 for a large df
 * @checked test/stats/distributions/student-t-quantile.test.ts
 */
export function studentTQuantile(p: number, df: number): number {
  if (!(p >= 0 && p <= 1) || !(df > 0)) return Number.NaN
  if (p === 0 || p === 1) return p === 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  if (p === 0.5) return 0
  if (p < 0.5) return -upperQuantile(p, df)
  return upperQuantile(1 - p, df)
}

/** The positive t above which the probability is `tail`. */
function upperQuantile(tail: number, df: number): number {
  if (df >= EXPANSION_FROM) return expansion(-normalQuantile(tail), df)
  let low = 0
  let high = 1
  while (upperTail(high, df) > tail && high < 1e300) [low, high] = [high, high * 2]
  let t = (low + high) / 2
  for (let step = 0; step < MOST_STEPS; step++) {
    const error = upperTail(t, df) - tail
    if (error > 0) low = t
    else high = t
    const newton = t + error / density(t, df)
    const next = newton > low && newton < high ? newton : (low + high) / 2
    if (Math.abs(next - t) <= 1e-15 * t) return next
    t = next
  }
  return t
}

/** Abramowitz & Stegun 1964, 26.7.5, with z for their x. */
const expansion = (z: number, df: number): number =>
  z +
  (z ** 3 + z) / 4 / df +
  (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96 / df ** 2 +
  (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384 / df ** 3 +
  (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / 92160 / df ** 4

/** P(T > t) for t ≥ 0. What is left of 1 is given beside it: digits stay at large df. */
const upperTail = (t: number, df: number): number =>
  incompleteBeta(df / (df + t * t), (t * t) / (df + t * t), df / 2, 0.5) / 2

/** The density at t, for the steps alone: Loader 2000. */
const density = (t: number, df: number): number =>
  Math.exp(
    stirlingError((df + 1) / 2) -
      stirlingError(df / 2) -
      deviance(df / 2, (df + 1) / 2) -
      (df / 2) * Math.log1p((t * t) / df),
  ) / Math.sqrt(2 * Math.PI * (1 + (t * t) / df))
