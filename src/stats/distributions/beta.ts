import { deviance, stirlingError } from './saddle-point.ts'

/** x^a y^b / B(a, b) for a, b > 0 and x + y = 1. */
export function betaFactor(a: number, b: number, x: number, y: number): number {
  const sum = a + b
  const log = stirlingError(sum) - stirlingError(a) - stirlingError(b) - deviance(a, sum * x) - deviance(b, sum * y)
  return Math.exp(log) * Math.sqrt((a * b) / (2 * Math.PI * sum))
}

const MOST_TERMS = 1_000_000

/** Factors of a fraction settle within rounding of 1, not on it. */
const CONVERGED = 4 * Number.EPSILON

/**
 * Regularised incomplete beta function I_x(a, b), for a, b > 0: 0 at x = 0, rising to 1. Both x and y = 1 − x are given, so
 * that neither is rounded away.
 *
 * Accurate relative to the result where it is small, down to the smallest doubles.
 *
 * @source  Abramowitz & Stegun 26.5.8 (continued fraction, by Lentz's method), 26.5.2 (symmetry); Loader 2000 for the factor
 * @checked test/reference/distributions.json (mpmath 50 digits, relative 1e-12)
 */
export function incompleteBeta(x: number, y: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (y <= 0) return 1
  return x <= (a + 1) / (a + b + 2)
    ? (betaFactor(a, b, x, y) * betaFraction(x, a, b)) / a
    : 1 - (betaFactor(b, a, y, x) * betaFraction(y, b, a)) / b
}

function betaFraction(x: number, a: number, b: number): number {
  let c = 1
  let d = 1 / (1 - ((a + b) * x) / (a + 1))
  let fraction = d
  for (let m = 1; m < MOST_TERMS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / (1 + even * d)
    c = 1 + even / c
    fraction *= c * d
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / (1 + odd * d)
    c = 1 + odd / c
    const change = c * d
    fraction *= change
    if (Math.abs(change - 1) < CONVERGED) break
  }
  return fraction
}
