import { rounded } from '../rounded-number.ts'

export interface GrimOptions {
  /** How many whole-number items each person's value is the mean of; 1 by default. */
  readonly items?: number
  /** Whether the mean is a percentage of n. */
  readonly percent?: boolean
}

/** Largest and smallest whole number of which a rounded mean can be: the sums from one to the other all give it. */
export interface SumRange {
  readonly from: bigint
  readonly to: bigint
}

/**
 * GRIM: can the mean of n whole numbers, rounded as printed, be that mean?
 *
 * @param mean  as printed
 * @returns `informative` is false where n is so large that every mean can be
 * @source  Brown & Heathers 2017, Soc Psychol Personal Sci 8:363–369: |k / (n items) − mean| ≤ ½ · 10^−decimals
 * @checked test/reference/integrity.json, grim
 */
export function grim(
  mean: string,
  n: number,
  { items = 1, percent = false }: GrimOptions = {},
): { readonly consistent: boolean; readonly informative: boolean; readonly sums: SumRange } {
  const { digits, decimals } = rounded(mean)
  const unit = 10n ** BigInt(decimals + (percent ? 2 : 0))
  const people = BigInt(n) * BigInt(items)
  // In halves of the last digit, so that nothing is rounded here: k ∈ [N (2M − 1) / 2U, N (2M + 1) / 2U].
  const sums = {
    from: ceilDivide(people * (2n * digits - 1n), 2n * unit),
    to: floorDivide(people * (2n * digits + 1n), 2n * unit),
  }
  return { consistent: sums.from <= sums.to, informative: people < unit, sums }
}

/** a / b rounded down, for b > 0. */
export const floorDivide = (a: bigint, b: bigint): bigint => (a >= 0n || a % b === 0n ? a / b : a / b - 1n)

/** a / b rounded up, for b > 0. */
export const ceilDivide = (a: bigint, b: bigint): bigint => -floorDivide(-a, b)
