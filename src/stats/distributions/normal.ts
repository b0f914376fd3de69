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
