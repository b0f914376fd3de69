import { type NotEstimable, notEstimable } from '../effect-sizes/measure.ts'
import { type Effect, ONE_STUDY, TOO_FEW_STUDIES, whyNotPoolable } from '../pooling/effect.ts'
import { type InverseVarianceOptions, poolInverseVariance } from '../pooling/inverse-variance.ts'
import { metaRegression } from '../pooling/meta-regression.ts'
import type { Pooled } from '../pooling/pooled.ts'

/** What the pool would be if the funnel were made even: studies that seem to be missing are filled in. */
export interface TrimAndFill {
  readonly status: 'estimated'
  /** The side of the funnel on which studies are missing. */
  readonly side: 'left' | 'right'
  readonly missing: number
  readonly standardError: number
  /** Mirror images of the studies that have no counterpart. */
  readonly filled: readonly Effect[]
  readonly pooled: Pooled
}

export interface TrimAndFillOptions extends Omit<InverseVarianceOptions, 'about'> {
  readonly estimator?: 'L0' | 'R0'
  /** By default, the side to which small studies do not lean. */
  readonly side?: 'left' | 'right'
}

const MOST_ROUNDS = 100
const NOT_SETTLED = notEstimable('the number of missing studies did not settle')

/**
 * Duval and Tweedie's trim and fill.
 *
 * @returns `not-estimable` for less than three studies, where one has no variance, and where the number does not settle
 * @source  Duval & Tweedie 2000, JASA 95:89–98, and Biometrics 56:455–463
 * @checked test/reference/pooling (trimfill of metafor 3.8-1; relative 1e-7)
 */
export function trimAndFill(
  effects: readonly Effect[],
  { estimator = 'L0', side: given, ...options }: TrimAndFillOptions,
): TrimAndFill | NotEstimable {
  const reason = whyNotPoolable(effects)
  if (reason !== undefined) return reason
  if (effects.length < 2) return ONE_STUDY
  const side = given ?? missingSide(effects, options)
  if (side === undefined) return TOO_FEW_STUDIES
  // Those that are missing are taken to be on the left: the other case is its mirror image.
  const sign = side === 'right' ? -1 : 1
  const sorted = effects.map(({ yi, vi }) => ({ yi: sign * yi, vi })).sort((one, other) => one.yi - other.yi)
  const k = sorted.length
  let missing = 0
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const trimmed = poolInverseVariance(sorted.slice(0, k - missing), { ...options, test: 'z' })
    if (trimmed.status === 'not-estimable') return trimmed
    const centre = trimmed.estimate
    const found = ESTIMATORS[estimator](signedRanks(sorted.map(({ yi }) => yi - centre)))
    const count = Math.max(0, Math.round(found.missing))
    if (count !== missing) {
      missing = count
      continue
    }
    const filled = sorted.slice(k - missing).map(({ yi, vi }) => ({ yi: sign * (2 * centre - yi), vi }))
    const pooled = poolInverseVariance([...effects, ...filled], options)
    if (pooled.status === 'not-estimable') return pooled
    return { status: 'estimated', side, missing, standardError: Math.max(0, found.standardError), filled, pooled }
  }
  return NOT_SETTLED
}

/** The effects of small studies lean to one side: on the other, some are missing. */
function missingSide(
  effects: readonly Effect[],
  options: Omit<InverseVarianceOptions, 'about'>,
): 'left' | 'right' | undefined {
  const rows = effects.map(({ vi }) => [1, Math.sqrt(vi)])
  const fitted = metaRegression(effects, { names: ['intercept', 'standard error'], rows }, { ...options, test: 'z' })
  const slope = fitted.status === 'estimated' ? fitted.coefficients[1]?.estimate : undefined
  return slope === undefined ? undefined : slope < 0 ? 'right' : 'left'
}

/** Ranks of the distances from 0, from 1 on, with the sign of each; of two that are equal the first has the lower. */
function signedRanks(values: readonly number[]): number[] {
  const order = [...values.keys()].sort((i, j) => Math.abs(values[i] ?? 0) - Math.abs(values[j] ?? 0))
  const ranks = values.map(() => 0)
  for (const [rank, i] of order.entries()) ranks[i] = Math.sign(values[i] ?? 0) * (rank + 1)
  return ranks
}

interface Missing {
  readonly missing: number
  readonly standardError: number
}

const ESTIMATORS = {
  /** Of the longest run of high ranks that are all on one side. */
  R0: (ranks: readonly number[]): Missing => {
    const missing = ranks.length - Math.max(0, ...ranks.map((rank) => -rank)) - 1
    return { missing, standardError: Math.sqrt(2 * Math.max(0, missing) + 2) }
  },
  /** Of Wilcoxon's statistic, the sum of the ranks on the right. */
  L0: (ranks: readonly number[]): Missing => {
    const k = ranks.length
    const statistic = ranks.reduce((sum, rank) => sum + Math.max(0, rank), 0)
    const missing = (4 * statistic - k * (k + 1)) / (2 * k - 1)
    const variance =
      (k * (k + 1) * (2 * k + 1) +
        10 * missing ** 3 +
        27 * missing ** 2 +
        17 * missing -
        18 * k * missing ** 2 -
        18 * k * missing +
        6 * k ** 2 * missing) /
      24
    return { missing, standardError: (4 * Math.sqrt(Math.max(0, variance))) / (2 * k - 1) }
  },
} as const
