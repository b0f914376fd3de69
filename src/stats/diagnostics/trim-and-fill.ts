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
  /** By R0, whether any are missing: how likely more are where none is. */
  readonly pValue: number | undefined
  /** Mirror images of the studies that have no counterpart. */
  readonly filled: readonly Effect[]
  readonly pooled: Pooled
}

/** How the number of missing studies is estimated, by Duval and Tweedie's names. */
export const TRIM_AND_FILL_ESTIMATORS = ['L0', 'R0', 'Q0'] as const
export type TrimAndFillEstimator = (typeof TRIM_AND_FILL_ESTIMATORS)[number]

export interface TrimAndFillOptions extends Omit<InverseVarianceOptions, 'about'> {
  readonly estimator?: TrimAndFillEstimator
  /** By default, the side to which small studies do not lean. */
  readonly side?: 'left' | 'right'
}

const MOST_ROUNDS = 100
const NOT_SETTLED = notEstimable('the number of missing studies did not settle')
const NO_Q0 = notEstimable('Q0 has no value here: the studies are too uneven for its square root')

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
    if (Number.isNaN(found.missing)) return NO_Q0
    const count = Math.max(0, Math.round(found.missing))
    if (count !== missing) {
      missing = count
      continue
    }
    const filled = sorted.slice(k - missing).map(({ yi, vi }) => ({ yi: sign * (2 * centre - yi), vi }))
    const pooled = poolInverseVariance([...effects, ...filled], options)
    if (pooled.status === 'not-estimable') return pooled
    return {
      status: 'estimated',
      side,
      missing,
      standardError: Math.max(0, found.standardError),
      pValue: estimator === 'R0' ? 0.5 ** (missing + 1) : undefined,
      filled,
      pooled,
    }
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

/** Wilcoxon's statistic, the sum of the ranks on the right, and its variance where so many of k are missing. */
const rightRanks = (ranks: readonly number[]): number => ranks.reduce((sum, rank) => sum + Math.max(0, rank), 0)
const varianceOfRanks = (k: number, missing: number): number =>
  Math.max(
    0,
    k * (k + 1) * (2 * k + 1) +
      10 * missing ** 3 +
      27 * missing ** 2 +
      17 * missing -
      18 * k * missing ** 2 -
      18 * k * missing +
      6 * k ** 2 * missing,
  ) / 24

const ESTIMATORS: Readonly<Record<TrimAndFillEstimator, (ranks: readonly number[]) => Missing>> = {
  /** Of the longest run of high ranks that are all on one side. */
  R0: (ranks) => {
    const missing = ranks.length - Math.max(0, ...ranks.map((rank) => -rank)) - 1
    return { missing, standardError: Math.sqrt(2 * Math.max(0, missing) + 2) }
  },
  /** Of Wilcoxon's statistic, linearly. */
  L0: (ranks) => {
    const k = ranks.length
    const missing = (4 * rightRanks(ranks) - k * (k + 1)) / (2 * k - 1)
    return { missing, standardError: (4 * Math.sqrt(varianceOfRanks(k, missing))) / (2 * k - 1) }
  },
  /** Of Wilcoxon's statistic, by the root of a quadratic equation. */
  Q0: (ranks) => {
    const k = ranks.length
    const missing = k - 0.5 - Math.sqrt(2 * k ** 2 - 4 * rightRanks(ranks) + 0.25)
    const root = k - 0.5 - missing
    return { missing, standardError: (2 * Math.sqrt(varianceOfRanks(k, missing))) / root }
  },
}
