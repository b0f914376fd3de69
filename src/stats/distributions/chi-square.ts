import { rootBetween } from '../root.ts'
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

/**
 * The number above which a χ² variable lies with probability p, 0 < p < 1.
 *
 * @source  the root of the function above
 * @checked test/stats/distributions/distributions.test.ts (R 4.2.2, relative 1e-12)
 */
export function chiSquareQuantile(p: number, degreesOfFreedom: number): number {
  let high = degreesOfFreedom
  while (chiSquareUpperTail(high, degreesOfFreedom) > p) high *= 2
  return rootBetween(0, high, (x) => chiSquareUpperTail(x, degreesOfFreedom) - p)
}
