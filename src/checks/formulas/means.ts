import { anovaPValue, welchPValue } from '../../stats/hypothesis-tests/means.ts'
import { rounded } from '../rounded-number.ts'

/** A group's mean and SD as printed, and its size. */
export interface PrintedMean {
  readonly mean: string
  readonly sd: string
  readonly n: number
}

/** Of more groups than this, the ends of the range would take too many combinations. */
const MOST_GROUPS = 12

/**
 * The p values that groups with these printed means and SDs can have, over all values that round to them: by analysis of
 * variance (of two groups, Student's t test) and, of two groups, by Welch's t test.
 *
 * @returns nothing where a group has fewer than two, or there are fewer than 2 or more than 12 groups
 * @source  Carlisle 2017, Anaesthesia 72:944–952 (p over all roundings); Brown & Heathers 2019, RIVETS
 * @checked test/reference/integrity.json, anova (p_range_from_rounding, relative 1e-8)
 */
export function pFromMeans(
  groups: readonly PrintedMean[],
): { readonly pooled: readonly [number, number]; readonly welch: readonly [number, number] | null } | undefined {
  if (groups.length < 2 || groups.length > MOST_GROUPS || groups.some(({ n }) => n < 2)) return undefined
  const printed = groups.map(({ mean, sd }) => ({ mean: rounded(mean), sd: rounded(sd) }))
  // In units of the largest number, so that no square is too large for a double.
  const unit = Math.max(...printed.flatMap(({ mean, sd }) => [Math.abs(mean.low), Math.abs(mean.high), sd.high]))
  const means = printed.map(({ mean }) => ({ low: mean.low / unit, high: mean.high / unit }))
  const sds = printed.map(({ sd }) => ({ low: Math.max(0, sd.low) / unit, high: sd.high / unit }))
  const sizes = groups.map(({ n }) => n)
  const size = { groups: groups.length, participants: sizes.reduce((sum, n) => sum + n, 0) }
  const within = (which: 'low' | 'high') =>
    sds.reduce((sum, sd, at) => sum + ((sizes[at] ?? 0) - 1) * sd[which] ** 2, 0)
  const pooled = [
    anovaPValue({ between: largestBetween(means, sizes), within: within('low') }, size),
    anovaPValue({ between: smallestBetween(means, sizes), within: within('high') }, size),
  ] as const
  return { pooled, welch: groups.length === 2 ? welchRange(means, sds, sizes) : null }
}

type Range = { readonly low: number; readonly high: number }

/** Σ n (mean − grand mean)² is convex in the means: it is largest at a corner of their ranges. */
function largestBetween(means: readonly Range[], sizes: readonly number[]): number {
  const all = sizes.reduce((sum, n) => sum + n, 0)
  let largest = 0
  for (let corner = 0; corner < 2 ** means.length; corner++) {
    const at = means.map(({ low, high }, index) => ((corner >> index) & 1 ? high : low))
    const grand = at.reduce((sum, mean, index) => sum + mean * (sizes[index] ?? 0), 0) / all
    largest = Math.max(
      largest,
      at.reduce((sum, mean, index) => sum + (sizes[index] ?? 0) * (mean - grand) ** 2, 0),
    )
  }
  return largest
}

/** It is smallest where each mean is as near as it can be to one common value, which a search narrows down. */
function smallestBetween(means: readonly Range[], sizes: readonly number[]): number {
  const distance = (to: number) =>
    means.reduce((sum, { low, high }, index) => {
      const away = Math.max(0, low - to, to - high)
      return sum + (sizes[index] ?? 0) * away * away
    }, 0)
  let low = Math.min(...means.map((mean) => mean.low))
  let high = Math.max(...means.map((mean) => mean.high))
  for (let step = 0; step < 200; step++) {
    const third = (high - low) / 3
    if (distance(low + third) <= distance(high - third)) high -= third
    else low += third
  }
  return distance(low)
}

function welchRange(
  means: readonly Range[],
  sds: readonly Range[],
  sizes: readonly number[],
): readonly [number, number] | null {
  const [one, other] = means
  const [first, second] = sds
  const [n = 0, m = 0] = sizes
  if (!one || !other || !first || !second) return null
  const farthest = Math.max(one.high - other.low, other.high - one.low)
  const nearest = Math.max(0, one.low - other.high, other.low - one.high)
  const values = [first.low, first.high].flatMap((sd) =>
    [second.low, second.high].flatMap((otherSd) =>
      [nearest, farthest].map((difference) => welchPValue({ mean: difference, sd, n }, { mean: 0, sd: otherSd, n: m })),
    ),
  )
  return [Math.min(...values), Math.max(...values)]
}
