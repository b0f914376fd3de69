import { incompleteGammaUpper } from './gamma.ts'

/**
 * Probability that a standard normal variable is above z: 1 − Φ(z). Accurate relative to the tail itself.
 *
 * @source  Abramowitz & Stegun 26.2.29 with 6.5.17: 1 − Φ(z) = ½ Q(½, z²/2) for z ≥ 0
 * @checked test/reference/distributions.json (mpmath 50 digits, relative 1e-12)
 */
export function normalUpperTail(z: number): number {
  const beyond = incompleteGammaUpper(0.5, (z * z) / 2) / 2
  return z < 0 ? 1 - beyond : beyond
}

/** Probability that a standard normal variable is at most z: Φ(z). Accurate relative to the lower tail. */
export const normalCumulative = (z: number): number => normalUpperTail(-z)

/** Two-sided p value of a standard normal statistic: P(|Z| ≥ |z|). */
export const normalTwoSided = (z: number): number => incompleteGammaUpper(0.5, (z * z) / 2)

/**
 * The value that a standard normal variable is at most with probability p: Φ⁻¹(p). −∞ at 0, ∞ at 1.
 *
 * @param p  a probability, 0 to 1; near 1 use the symmetry −Φ⁻¹(1 − p) with 1 − p known exactly
 * @source  Halley's method on Φ(z) − p, from Abramowitz & Stegun 26.2.23 (absolute error below 4.5e-4)
 * @checked test/reference/distributions.json (mpmath 50 digits, relative 1e-12)
 */
export function normalQuantile(p: number): number {
  if (p <= 0) return Number.NEGATIVE_INFINITY
  if (p >= 1) return Number.POSITIVE_INFINITY
  if (p === 0.5) return 0
  if (p > 0.5) return -normalQuantile(1 - p)
  const t = Math.sqrt(-2 * Math.log(p))
  let z = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
  for (let step = 0; step < 4; step++) {
    // Relative to the density, the distance is as accurate in the far tail as in the middle.
    const tail = normalUpperTail(z)
    const distance = ((tail - p) / p) * (p * Math.sqrt(2 * Math.PI) * Math.exp((z * z) / 2))
    z += distance / (1 - (z * distance) / 2)
  }
  return -z
}
