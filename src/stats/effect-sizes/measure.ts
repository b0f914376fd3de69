import type { TwoByTwo } from '../distributions/hypergeometric.ts'
import type { GroupMean } from '../hypothesis-tests/means.ts'
import type { HEDGES_CORRECTIONS } from './hedges-correction.ts'

interface Rate {
  readonly events: number
  readonly time: number
}

/**
 * What a study gives itself: an effect size with its variance, an estimate with its interval (95 % without a level), or a
 * log rank test's O − E and V. `log` tells that yi is a logarithm, or that the estimate and its interval are of a ratio.
 */
export type Given =
  | { readonly yi: number; readonly vi: number; readonly log?: boolean }
  | {
      readonly estimate: number
      readonly ciLower: number
      readonly ciUpper: number
      readonly level?: number
      readonly log?: boolean
    }
  | { readonly observedMinusExpected: number; readonly variance: number }

/** What a measure is made of, by the name of its kind of data. */
export interface RowOf {
  readonly 'two-by-two': TwoByTwo
  /** Events in two groups' person-time. */
  readonly 'person-time': { readonly experimental: Rate; readonly control: Rate }
  readonly means: { readonly experimental: GroupMean; readonly control: GroupMean }
  readonly proportion: TwoByTwo['control']
  readonly rate: Rate
  readonly mean: GroupMean
  /** The same people measured twice; `correlation` is that of the two. */
  readonly 'paired-means': {
    readonly first: Omit<GroupMean, 'n'>
    readonly second: Omit<GroupMean, 'n'>
    readonly n: number
    readonly correlation: number
  }
  readonly correlation: { readonly correlation: number; readonly n: number }
  readonly generic: Given
}

export type Data = keyof RowOf

/** metafor's names of the ways to estimate a sampling variance; each measure has its own list of them. */
export const VARIANCE_TYPES = ['LS', 'LS2', 'UB', 'HO'] as const
export type VarianceType = (typeof VARIANCE_TYPES)[number]

/** Which tables get something added to their cells; functions of several rows also know metafor's if0all. */
export const CORRECTED = ['only0', 'all', 'none'] as const

/**
 * How an effect size is computed, with the names of metafor's `escalc`.
 *
 * - add: what is added to each cell of a table with counts, 0 for nothing
 * - to: tables with a zero cell, all tables, or none
 * - drop00: tables in which nobody, or everyone, had the event in both groups are not estimable
 * - vtype: the sampling variance
 * - hedges: how standardized differences are corrected for small samples; metafor's is exact
 */
export interface EffectOptions {
  readonly add: number
  readonly to: (typeof CORRECTED)[number]
  readonly drop00: boolean
  readonly vtype: VarianceType
  readonly hedges: (typeof HEDGES_CORRECTIONS)[number]
}

/** An effect size with its sampling variance, on the measure's scale; `correction` is what was added to each cell. */
export interface Estimated {
  readonly status: 'estimated'
  readonly yi: number
  readonly vi: number
  readonly correction: number
}

export interface NotEstimable {
  readonly status: 'not-estimable'
  readonly reason: string
}

export type EffectSize = Estimated | NotEstimable

/**
 * An effect measure under metafor's name.
 *
 * - title: what yi is; estimate: what it is after `back`
 * - data: the kind of data that it needs
 * - scale: of yi and of the square root of vi; `back` leads from it to the estimate
 * - vtypes: the sampling variances that it has, the first by default
 * - defaults, likeMetafor: what is added to zero cells, by our default and by that of metafor 3.8-1; undefined where the
 *   data have no cells
 * - zeroCell: whether a cell is zero, so that something may be added
 * - fill: puts the effect size where it is wanted, or tells why there is none; throws EFFECT_INPUT_INVALID where the numbers are
 *   none that data can have
 */
export interface Measure<Kind extends Data> {
  readonly title: string
  readonly estimate: string
  readonly data: Kind
  readonly scale: string
  readonly vtypes: readonly [VarianceType, ...VarianceType[]]
  readonly defaults: Pick<EffectOptions, 'add' | 'to' | 'drop00'> | undefined
  readonly likeMetafor: Pick<EffectOptions, 'add' | 'to' | 'drop00'> | undefined
  readonly source: string
  readonly back: (value: number, row: RowOf[Kind]) => number
  readonly zeroCell: (row: RowOf[Kind]) => boolean
  readonly fill: (row: RowOf[Kind], options: EffectOptions, into: Numbers) => NotEstimable | undefined
}

export const notEstimable = (reason: string): NotEstimable => ({ status: 'not-estimable', reason })

/** What a formula puts its numbers into: yi, vi, and what was added to each cell. One takes those of millions of rows. */
export type Numbers = Float64Array

/** Puts an effect size; false where either number is not finite, so that there is none, as metafor has it. */
export function put(into: Numbers, yi: number, vi: number, correction: number): boolean {
  into[0] = yi
  into[1] = vi
  into[2] = correction
  return Number.isFinite(yi) && Number.isFinite(vi)
}

/** Room for `put`. */
export const newNumbers = (): Numbers => new Float64Array(3)

const numbers = newNumbers()

/**
 * A row's effect size, by resolved options.
 *
 * @throws EvidenceError EFFECT_INPUT_INVALID  numbers that no data can have
 */
export function effectSize<Kind extends Data>(
  { fill }: Measure<Kind>,
  row: RowOf[Kind],
  options: EffectOptions,
): EffectSize {
  const reason = fill(row, options, numbers)
  if (reason !== undefined) return reason
  const [yi = Number.NaN, vi = Number.NaN, correction = 0] = numbers
  return { status: 'estimated', yi, vi, correction }
}
