import { normalTwoSided } from '../../stats/distributions/normal.ts'
import { normalQuantile } from '../../stats/distributions/normal-quantile.ts'
import { type Rounded, rounded } from '../rounded-number.ts'

/** An estimate with its interval, as printed. */
export interface PrintedInterval {
  readonly estimate: string
  readonly lower: string
  readonly upper: string
}

/** On which scale the interval is the estimate ± z · standard error. */
export type Scale = 'linear' | 'log' | 'fisher-z'

export interface IntervalCheck {
  readonly containsEstimate: boolean
  /** (upper + lower − 2 estimate) / (upper − lower) on the scale: 0 in the middle, beyond ±1 outside. */
  readonly asymmetry: number
  /** The same over all values that round to what is printed. */
  readonly asymmetryRange: readonly [number, number]
  readonly z: number
  readonly p: number
  readonly pRange: readonly [number, number]
  /** Whether the value of no effect lies outside the interval. */
  readonly excludesNull: boolean
}

const SCALES: Readonly<
  Record<Scale, { readonly to: (x: number) => number; readonly from: number; readonly below: number }>
> = {
  linear: { to: (x) => x, from: Number.NEGATIVE_INFINITY, below: Number.POSITIVE_INFINITY },
  log: { to: Math.log, from: 0, below: Number.POSITIVE_INFINITY },
  'fisher-z': { to: Math.atanh, from: -1, below: 1 },
}

/**
 * What an estimate and its confidence interval say of each other and of the p value of no effect (0 on the scale).
 *
 * @returns nothing where an end, or what rounds to it, isn't on the scale (a ratio of 0), or the ends are equal as printed
 * @source  Altman & Bland 2011, BMJ 343:d2304: SE = (upper − lower) / 2z, z = estimate / SE; p exactly, not by their
 *          approximation
 * @checked test/reference/integrity.json, p_from_ci (relative 1e-9)
 */
export function checkInterval(
  { estimate, lower, upper }: PrintedInterval,
  { scale, level }: { readonly scale: Scale; readonly level: number },
): IntervalCheck | undefined {
  const { to, from, below } = SCALES[scale]
  const printed = [rounded(estimate), rounded(lower), rounded(upper)] as const
  if (printed.some(({ low, high }) => low <= from || high >= below) || !(level > 0 && level < 1)) return undefined
  const ends = ({ low, high }: Rounded) => [to(low), to(high)] as const
  const [middle, left, right] = [ends(printed[0]), ends(printed[1]), ends(printed[2])]
  const [at, start, end] = printed.map(({ value }) => to(value)) as [number, number, number]
  if (end <= start) return undefined
  const factor = -normalQuantile((1 - level) / 2)
  const standardError = (end - start) / (2 * factor)
  const asymmetries = middle.flatMap((m) =>
    left.flatMap((l) => right.flatMap((r) => (r > l ? [(r + l - 2 * m) / (r - l)] : []))),
  )
  const widest = (right[1] - left[0]) / (2 * factor)
  const narrowest = (right[0] - left[1]) / (2 * factor)
  const farthest = Math.max(Math.abs(middle[0]), Math.abs(middle[1]))
  const nearest = middle[0] <= 0 && middle[1] >= 0 ? 0 : Math.min(Math.abs(middle[0]), Math.abs(middle[1]))
  return {
    containsEstimate: printed[0].high >= printed[1].low && printed[0].low <= printed[2].high,
    asymmetry: (end + start - 2 * at) / (end - start),
    asymmetryRange: [Math.min(...asymmetries), Math.max(...asymmetries)],
    z: at / standardError,
    p: normalTwoSided(at / standardError),
    pRange: [
      narrowest <= 0 ? 0 : normalTwoSided(farthest / narrowest),
      widest <= 0 ? 1 : normalTwoSided(nearest / widest),
    ],
    excludesNull: start > 0 || end < 0,
  }
}
