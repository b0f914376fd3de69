/**
 * The largest sample SD that n values between two ends can have with a given mean. 0 where the mean is at an end.
 *
 * @param n  at least 2
 * @source  Bhatia & Davis 2000, Am Math Mon 107:353–357: √((maximum − mean)(mean − minimum) n / (n − 1))
 * @checked test/reference/integrity.json, sd_bound
 */
export function largestSd(
  mean: number,
  { minimum, maximum, n }: { readonly minimum: number; readonly maximum: number; readonly n: number },
): number {
  const product = (maximum - mean) * (mean - minimum)
  return product <= 0 ? 0 : Math.sqrt((product * n) / (n - 1))
}
