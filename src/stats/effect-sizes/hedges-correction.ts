import { stirlingError } from '../distributions/saddle-point.ts'

/** How Hedges' correction for small samples is computed; `approximate` is what some programs and papers use. */
export const HEDGES_CORRECTIONS = ['exact', 'approximate'] as const

/**
 * Hedges' J, which makes a standardized mean difference unbiased: Γ(m/2) / (√(m/2) Γ((m − 1)/2)), or about 1 − 3/(4m − 1).
 *
 * Right to 12 digits for any m, also where both Γ are too large for a difference of their logarithms.
 *
 * @param m  degrees of freedom, above 1
 * @source  Hedges 1981, J Educ Stat 6:107–128, eqs. 6e and 7
 * @checked test/reference/effect-sizes-exact.json (mpmath 60 digits, relative 1e-12)
 */
export function hedgesCorrection(m: number, how: (typeof HEDGES_CORRECTIONS)[number]): number {
  if (how === 'approximate') return 1 - 3 / (4 * m - 1)
  // ln Γ(x) = ½ ln 2π + (x − ½) ln x − x + δ(x); what is large in the two cancels by hand.
  const x = m / 2
  return Math.exp((1 - x) * Math.log1p(-0.5 / x) - 0.5 + stirlingError(x) - stirlingError(x - 0.5))
}
