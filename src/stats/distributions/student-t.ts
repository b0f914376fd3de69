import { incompleteBeta } from './beta.ts'
import { normalQuantile } from './normal.ts'

/**
 * Two-sided p value of Student's t: P(|T| ≥ |t|).
 *
 * @param degreesOfFreedom  above 0, not necessarily whole
 * @source  Abramowitz & Stegun 26.7.1: I_x(ν/2, ½) with x = ν / (ν + t²)
 * @checked test/reference/distributions.json (mpmath 50 digits, relative 1e-12), integrity.json (R 4.2.2)
 */
export function studentTTwoSided(t: number, degreesOfFreedom: number): number {
  const squared = t * t
  if (squared === Number.POSITIVE_INFINITY) return 0
  const sum = degreesOfFreedom + squared
  return incompleteBeta(degreesOfFreedom / sum, squared / sum, degreesOfFreedom / 2, 0.5)
}

/**
 * The t whose two-sided p value is p: the factor of a confidence interval of level 1 − p. Never negative.
 *
 * @param p  above 0, at most 1
 * @source  bisection on studentTTwoSided, from a bracket around the normal quantile, which it is never below
 * @checked test/reference/distributions.json (mpmath 50 digits, relative 1e-12)
 */
export function studentTQuantileTwoSided(p: number, degreesOfFreedom: number): number {
  if (p <= 0) return Number.POSITIVE_INFINITY
  if (p >= 1) return 0
  let low = -normalQuantile(p / 2) * 0.999
  let high = 2 * low + 1
  while (studentTTwoSided(high, degreesOfFreedom) > p && high < Number.MAX_VALUE / 4) {
    low = high
    high *= 2
  }
  let middle = low + (high - low) / 2
  while (middle > low && middle < high) {
    if (studentTTwoSided(middle, degreesOfFreedom) > p) low = middle
    else high = middle
    middle = low + (high - low) / 2
  }
  return middle
}
