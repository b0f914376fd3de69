import { deviance, stirlingError } from './saddle-point.ts'

/** x^a e^−x / Γ(a + 1) for a > 0, x > 0. */
const gammaTerm = (a: number, x: number): number =>
  Math.exp(-stirlingError(a) - deviance(a, x)) / Math.sqrt(2 * Math.PI * a)

/** More terms than any argument below 10¹⁰ needs; the series and the fraction take about √a of them. */
const MOST_TERMS = 1_000_000

/** Factors of a fraction settle within rounding of 1, not on it. */
const CONVERGED = 4 * Number.EPSILON

/**
 * Regularised upper incomplete gamma function Q(a, x) = Γ(a, x) / Γ(a), for a > 0 and x ≥ 0: 1 at 0, falling to 0.
 *
 * Accurate relative to the tail itself, down to the smallest doubles.
 *
 * @source  series: Abramowitz & Stegun 6.5.29; continued fraction: 6.5.31, by Lentz's method; Loader 2000 for the factor
 *          before them
 * @checked test/reference/distributions.json (mpmath 50 digits, relative 1e-12)
 */
export function incompleteGammaUpper(a: number, x: number): number {
  if (x <= 0) return 1
  if (x === Number.POSITIVE_INFINITY) return 0
  return x < a + 1 ? 1 - lowerSeries(a, x) : upperFraction(a, x)
}

function lowerSeries(a: number, x: number): number {
  let term = 1
  let sum = 1
  for (let n = 1; n < MOST_TERMS && term > sum * Number.EPSILON * 0.25; n++) {
    term *= x / (a + n)
    sum += term
  }
  return sum * gammaTerm(a, x)
}

function upperFraction(a: number, x: number): number {
  // Γ(a, x) = e^−x x^a / (x + 1 − a − 1(1 − a)/(x + 3 − a − 2(2 − a)/(x + 5 − a − …)))
  let b = x + 1 - a
  let c = Number.POSITIVE_INFINITY
  let d = 1 / b
  let fraction = d
  for (let n = 1; n < MOST_TERMS; n++) {
    const numerator = n * (a - n)
    b += 2
    d = 1 / (b + numerator * d)
    c = b + numerator / c
    const change = c * d
    fraction *= change
    if (Math.abs(change - 1) < CONVERGED) break
  }
  return fraction * a * gammaTerm(a, x)
}
