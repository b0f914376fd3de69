import { incompleteBeta } from './beta.ts'

/**
 * Probability that an F variable is above f.
 *
 * @param numerator, denominator  degrees of freedom, above 0, not necessarily whole
 * @source  Abramowitz & Stegun 26.6.2: I_x(ν₂/2, ν₁/2) with x = ν₂ / (ν₂ + ν₁ F)
 * @checked test/reference/distributions.json (mpmath 50 digits, relative 1e-12), integrity.json (R 4.2.2)
 */
export function fUpperTail(f: number, { numerator, denominator }: { numerator: number; denominator: number }): number {
  if (f <= 0) return 1
  if (f === Number.POSITIVE_INFINITY) return 0
  const explained = numerator * f
  return incompleteBeta(
    denominator / (denominator + explained),
    explained / (denominator + explained),
    denominator / 2,
    numerator / 2,
  )
}
