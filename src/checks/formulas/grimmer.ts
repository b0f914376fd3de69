import { rounded } from '../rounded-number.ts'
import { ceilDivide, floorDivide, grim } from './grim.ts'

/** More sums than this fit a mean only where n is far too large for the test to tell anything. */
const MOST_SUMS = 10_000n

/**
 * GRIMMER: can n whole numbers with that mean have that SD, each rounded as printed?
 *
 * For each sum s that gives the mean there must be a sum of squares q of the same parity (x² and x are both odd or both
 * even) with n q − s² within n (n − 1) (sd ± ½ unit)².
 *
 * @param mean, sd  as printed; the SD is the sample's, over n − 1
 * @returns `reason`: which test fails; `consistent` also where n is too large to tell
 * @source  Anaya 2016; analytic form after Allard 2018
 * @checked test/reference/integrity.json, grimmer
 */
export function grimmer(
  mean: string,
  sd: string,
  n: number,
  { items = 1 }: { readonly items?: number } = {},
): { readonly consistent: boolean; readonly reason: 'grim' | 'grimmer' | null } {
  const { consistent, sums } = grim(mean, n, { items })
  if (!consistent) return { consistent: false, reason: 'grim' }
  if (n < 2 || sums.to - sums.from > MOST_SUMS) return { consistent: true, reason: null }
  const { digits, decimals } = rounded(sd)
  const people = BigInt(n)
  // Each person's sum over the items has an SD that is `items` times as large.
  const scale = people * (people - 1n) * BigInt(items) ** 2n
  const unit = 4n * 100n ** BigInt(decimals)
  const low = digits > 0n ? 2n * digits - 1n : 0n
  const high = 2n * digits + 1n
  for (let sum = sums.from; sum <= sums.to; sum++) {
    const squares = {
      from: ceilDivide(sum * sum * unit + scale * low * low, people * unit),
      to: floorDivide(sum * sum * unit + scale * high * high, people * unit),
    }
    const odd = (value: bigint) => value % 2n !== 0n
    const first = odd(squares.from) === odd(sum) ? squares.from : squares.from + 1n
    if (first <= squares.to) return { consistent: true, reason: null }
  }
  return { consistent: false, reason: 'grimmer' }
}
