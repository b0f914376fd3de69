import { incompleteGammaUpper } from './gamma.ts'

/**
 * Probability that a χ² variable is above x.
 *
 * @param degreesOfFreedom  above 0, not necessarily whole
 * @source  Abramowitz & Stegun 26.4.19: Q(ν/2, χ²/2)
 * @checked test/reference/distributions.json (mpmath 50 digits, relative 1e-12), integrity.json (R 4.2.2)
 */
export const chiSquareUpperTail = (x: number, degreesOfFreedom: number): number =>
  incompleteGammaUpper(degreesOfFreedom / 2, x / 2)
