import type { NumberFormat } from '../number-text.ts'

/** Between which values; on the scale that people read. */
export interface Interval {
  readonly lower: number
  readonly upper: number
}

/** An estimate with its interval, on the scale that people read: a ratio, not its logarithm. */
export interface Estimate extends Interval {
  readonly estimate: number
}

/** One study's row. */
export interface ForestStudy {
  readonly label: string
  /** What stands beside it, one text for each of the columns. */
  readonly cells: readonly string[]
  /** Not there where the study alone gives none; then `note` says so in a word or two. */
  readonly effect: Estimate | undefined
  readonly note?: string
  /** In percent of the whole pool; not there where it isn't in the pool. */
  readonly weight: number | undefined
}

/** What studies say together: a diamond. */
export interface ForestSummary {
  readonly label: string
  readonly cells: readonly string[]
  /** Not there where they can't be pooled; then `note` says why. */
  readonly effect: Estimate | undefined
  readonly note?: string
  readonly weight: number | undefined
  readonly prediction?: Interval | undefined
  /** Sentences below it: heterogeneity, the test of the effect. */
  readonly lines: readonly string[]
}

/** Studies that belong together; without a label where there is only one such group. */
export interface ForestGroup {
  readonly label: string | undefined
  readonly studies: readonly ForestStudy[]
  readonly summary: ForestSummary | undefined
}

/** A column of the studies' data; those that follow each other with the same `over` share that heading. */
export interface ForestColumn {
  readonly over: string | undefined
  readonly heading: string
}

/** What a forest plot shows. */
export interface ForestData {
  readonly title: string
  readonly description: string
  readonly columns: readonly ForestColumn[]
  /** Heads the estimates, such as "RR [95% CI]". */
  readonly effectHeading: string
  /** What the axis measures. */
  readonly axisLabel: string
  readonly scale: 'linear' | 'log'
  /** How effects are printed. */
  readonly format: NumberFormat
  /** The value of no effect, where there is one. */
  readonly noEffect: number | undefined
  /** What it means to lie on either side of it; empty for what nobody says. */
  readonly favours: { readonly left: string; readonly right: string } | undefined
  /** The bounds of the axis; chosen where not given. */
  readonly bounds?: readonly [low: number, high: number] | undefined
  readonly groups: readonly ForestGroup[]
  /** Of all studies together. */
  readonly overall: ForestSummary | undefined
}
