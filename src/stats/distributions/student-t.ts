import { incompleteBeta } from './beta.ts'

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
