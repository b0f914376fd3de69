import type { RowEstimate } from './estimates.ts'
import type { Measure } from './measures.ts'

/** An effect as RevMan Web's forest plot has it: a ratio and not its logarithm. Empty where there is none. */
export function shownOf(estimate: RowEstimate | undefined, { log }: Measure) {
  if (estimate === undefined) return { Mean: null, 'CI start': null, 'CI end': null }
  const plain = (value: number) => rounded(log ? Math.exp(value) : value)
  return { Mean: plain(estimate.estimate), 'CI start': plain(estimate.ciLower), 'CI end': plain(estimate.ciUpper) }
}

/** With six decimals, as RevMan Web writes it; what they would make 0 keeps six digits. */
export function rounded(value: number): number {
  const short = Number(value.toFixed(6))
  return short === 0 ? Number(value.toPrecision(6)) : short
}
