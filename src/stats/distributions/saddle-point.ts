/**
 * The two terms that make binomial, Poisson, gamma and beta densities accurate to a few units in the last place, for any
 * size of their arguments: the logarithm of a density is a sum of small terms, never a difference of large ones.
 *
 * @source  Loader 2000, Fast and accurate computation of binomial probabilities
 */

/** From here on the series below is exact to double precision. */
const SERIES_FROM = 16

/**
 * Error of Stirling's formula: ln n! − (½ ln 2πn + n ln n − n), for real n > 0. Falls from infinity at 0 to 0.
 *
 * @source  Loader 2000; the series is Abramowitz & Stegun 6.1.41, the step down is (n + ½) ln(1 + 1/n) − 1
 */
export function stirlingError(n: number): number {
  let steps = 0
  let at = n
  for (; at < SERIES_FROM; at++) steps += (at + 0.5) * Math.log1p(1 / at) - 1
  const squared = 1 / (at * at)
  const series =
    (1 / 12 -
      squared *
        (1 / 360 - squared * (1 / 1260 - squared * (1 / 1680 - squared * (1 / 1188 - squared * (691 / 360360)))))) /
    at
  return steps + series
}

/**
 * Deviance of an observed from an expected number: x ln(x / m) + m − x, for x ≥ 0 and m > 0. Never negative; 0 where they
 * are equal.
 *
 * @source  Loader 2000, D₀; near x = m by the series of ln((1 + v)/(1 − v)), v = (x − m)/(x + m)
 */
export function deviance(observed: number, expected: number): number {
  if (observed === 0) return expected
  const difference = observed - expected
  const sum = observed + expected
  if (Math.abs(difference) >= 0.1 * sum) return observed * Math.log(observed / expected) - difference
  const v = difference / sum
  let term = 2 * observed * v
  let total = difference * v
  // With |v| < 0.1 a term is below a hundredth of the one before it.
  for (let k = 1; k < 12; k++) {
    term *= v * v
    total += term / (2 * k + 1)
  }
  return total
}
