import { rounded } from '../rounded-number.ts'
import { ceilDivide, floorDivide } from './grim.ts'

/** What a printed share is a share of: 1 for a proportion, 100 for a percentage. */
export type Whole = 1 | 100

/** Whether a count out of a total gives a share as printed, rounded either way where it lies between two. */
export function shareFits(share: string, { count, total }: { count: number; total: number }, whole: Whole): boolean {
  const { digits, decimals } = rounded(share)
  // |whole · count / total − share| ≤ half a unit, times 2 · total · unit.
  const difference = 2n * (BigInt(whole) * BigInt(count) * 10n ** BigInt(decimals) - digits * BigInt(total))
  return (difference < 0n ? -difference : difference) <= BigInt(total)
}

/**
 * The totals out of which a count gives a share as printed.
 *
 * @returns the smallest and the largest of them (`to` null: there is no largest); nothing where no total fits
 * @source  whole · count / total within half a unit of the share's last digit, solved for the total
 * @checked test/reference/integrity.json, percentages
 */
export function fittingTotals(
  share: string,
  count: number,
  whole: Whole,
): { readonly from: number; readonly to: number | null } | undefined {
  const { digits, decimals } = rounded(share)
  const top = 2n * BigInt(whole) * BigInt(count) * 10n ** BigInt(decimals)
  if (digits < 0n || count < 0) return undefined
  if (count === 0) return digits === 0n ? { from: 1, to: null } : undefined
  const from = Math.max(count, Number(ceilDivide(top, 2n * digits + 1n)))
  if (digits === 0n) return { from, to: null }
  const to = Number(floorDivide(top, 2n * digits - 1n))
  return from <= to ? { from, to } : undefined
}
