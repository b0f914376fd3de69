import { rounded } from '../rounded-number.ts'

/**
 * DEBIT: can n values that are 0 or 1 have that mean and that SD, each rounded as printed?
 *
 * @param mean, sd  as printed; the SD is the sample's, over n − 1
 * @returns the range of SDs that the mean allows, and whether the printed SD's own range meets it
 * @source  Heathers & Brown 2019: sd = √(n / (n − 1) · mean (1 − mean))
 * @checked test/reference/integrity.json, debit
 */
export function debit(
  mean: string,
  sd: string,
  n: number,
): { readonly consistent: boolean; readonly low: number; readonly high: number } {
  const share = rounded(mean)
  const spread = rounded(sd)
  const from = Math.min(1, Math.max(0, share.low))
  const to = Math.min(1, Math.max(0, share.high))
  const sdOf = (p: number) => Math.sqrt((n / (n - 1)) * p * (1 - p))
  const low = Math.min(sdOf(from), sdOf(to))
  const high = from <= 0.5 && to >= 0.5 ? sdOf(0.5) : Math.max(sdOf(from), sdOf(to))
  const consistent = share.low <= 1 && share.high >= 0 && low <= spread.high && high >= spread.low
  return { consistent, low, high }
}
