import { normalQuantile } from './normal-quantile.ts'

const MOST_STEPS = 200
const SMALLEST = 1e-300

/** From here on the expansion about the normal quantile gives every digit, and the continued fraction gets slow. */
const EXPANSION_FROM = 1e5

/**
 * The number below which a variable with Student's t distribution lies with probability p.
 *
 * @param p   a probability, 0 to 1
 * @param df  degrees of freedom, above 0; they need not be whole
 * @returns −∞ for 0, ∞ for 1, NaN where p is no probability or df isn't positive; else right to about 12 digits
 * @source  bisection and Newton steps on the distribution function, which is an incomplete beta function:
 *          Abramowitz & Stegun 1964, 26.7.1 and 26.5.8 (continued fraction); 26.7.5 for a large df
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

/** P(T > t) for t ≥ 0: half of the regularised incomplete beta function I_x(df/2, ½) at x = df / (df + t²). */
function upperTail(t: number, df: number): number {
  const [a, b] = [df / 2, 0.5]
  const x = df / (df + t * t)
  const rest = (t * t) / (df + t * t)
  // x^a (1 − x)^b Γ(a + b) / (Γ(a) Γ(b)), with the power of x taken from what is left of 1: digits stay at large df.
  const front = (Math.exp(-a * Math.log1p((t * t) / df)) * Math.sqrt(rest) * gammaRatio(a)) / Math.sqrt(Math.PI)
  // The fraction converges quickly on one side of the mean only; on the other, I_x(a, b) = 1 − I_{1−x}(b, a).
  return x < (a + 1) / (a + b + 2)
    ? (front * betaFraction(x, a, b)) / a / 2
    : 0.5 - (front * betaFraction(rest, b, a)) / b / 2
}

const density = (t: number, df: number): number =>
  (gammaRatio(df / 2) / Math.sqrt(df * Math.PI)) * Math.exp(-((df + 1) / 2) * Math.log1p((t * t) / df))

/** The continued fraction of the incomplete beta function, by Lentz's method. */
function betaFraction(x: number, a: number, b: number): number {
  const away = (value: number) => (Math.abs(value) < SMALLEST ? SMALLEST : value)
  let c = 1
  let d = 1 / away(1 - ((a + b) * x) / (a + 1))
  let result = d
  for (let m = 1; m <= 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / away(1 + even * d)
    c = away(1 + even / c)
    result *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / away(1 + odd * d)
    c = away(1 + odd / c)
    result *= d * c
    if (Math.abs(d * c - 1) < 1e-16) break
  }
  return result
}

/** The series of Γ(a + ½) / (Γ(a) √a) in 1/a. */
const RATIO_SERIES = [
  1,
  -1 / 8,
  1 / 128,
  5 / 1024,
  -21 / 32768,
  -399 / 262144,
  869 / 4194304,
  39325 / 33554432,
] as const
/** From here on the series gives every digit. */
const RATIO_SERIES_FROM = 60

/** Γ(a + ½) / Γ(a), from Γ(a + 1) = a Γ(a) below where the series is exact. */
function gammaRatio(a: number): number {
  let factor = 1
  let shifted = a
  for (; shifted < RATIO_SERIES_FROM; shifted++) factor *= shifted / (shifted + 0.5)
  return factor * Math.sqrt(shifted) * RATIO_SERIES.reduceRight((sum, coefficient) => sum / shifted + coefficient, 0)
}
