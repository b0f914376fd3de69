import type { Interval } from './interval.ts'

/** So many must be treated that one more benefits (NNTB) or is harmed (NNTH); infinity where there is no difference. */
export interface NumberNeeded {
  readonly kind: 'NNTB' | 'NNTH'
  readonly number: number
}

/** The interval goes from one number to the other: by larger numbers, and then through infinity where it holds no difference. */
export interface NumberNeededToTreat {
  readonly estimate: NumberNeeded
  readonly from: NumberNeeded
  readonly to: NumberNeeded
  readonly throughInfinity: boolean
}

/**
 * The number needed to treat for one more to benefit, or to be harmed, with the interval that belongs to that of the risk
 * difference. Where that one holds 0, numbers needed go from one that benefits through infinity to one that is harmed.
 *
 * @param difference  of risks, experimental less control, with its interval
 * @param event       whether it is good or bad to have it
 * @source  Altman 1998, BMJ 317:1309–1312
 * @checked test/reference/intervals.json
 */
export function numberNeededToTreat(
  difference: Interval & { readonly estimate: number },
  event: 'beneficial' | 'harmful',
): NumberNeededToTreat {
  const sign = event === 'beneficial' ? 1 : -1
  const [worst, best] = [difference.lower * sign, difference.upper * sign].sort((one, other) => one - other)
  const most = needed(best ?? Number.NaN, 'NNTB')
  const least = needed(worst ?? Number.NaN, 'NNTH')
  const throughInfinity = most.kind !== least.kind && Number.isFinite(most.number) && Number.isFinite(least.number)
  const [from, to] = throughInfinity || most.number <= least.number ? [most, least] : [least, most]
  return { estimate: needed(difference.estimate * sign, 'NNTB'), from, to, throughInfinity }
}

const needed = (benefit: number, ofNone: NumberNeeded['kind']): NumberNeeded => ({
  kind: benefit > 0 ? 'NNTB' : benefit < 0 ? 'NNTH' : ofNone,
  number: benefit === 0 ? Number.POSITIVE_INFINITY : 1 / Math.abs(benefit),
})

/** As the field writes it: "NNTB 6.6 to ∞ to NNTH 59.4". */
export function numberNeededText({ from, to, throughInfinity }: NumberNeededToTreat, digits = 1): string {
  const text = ({ number }: NumberNeeded) => (Number.isFinite(number) ? number.toFixed(digits) : '∞')
  if (throughInfinity) return `${from.kind} ${text(from)} to ∞ to ${to.kind} ${text(to)}`
  return `${from.kind} ${text(from)} to ${text(to)}`
}
