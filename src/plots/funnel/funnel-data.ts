/**
 * A study in a funnel: its effect on the scale on which it is pooled, such as the logarithm, and its standard error.
 */
export interface FunnelPoint {
  readonly estimate: number
  readonly standardError: number
}

/** What a funnel plot shows. */
export interface FunnelData {
  readonly title: string
  readonly description: string
  readonly axisLabel: string
  readonly studies: readonly FunnelPoint[]
  /** Mirror images that trim and fill adds: hollow. */
  readonly filled: readonly FunnelPoint[]
  /** The pooled estimate, about which the funnel stands; not there where it can't be estimated. */
  readonly centre: number | undefined
  /** The confidence of the pseudo-confidence region about the centre, such as 0.95. */
  readonly level: number
  /**
   * Two-sided p values within which regions about no effect are shaded, falling, such as 0.1, 0.05, 0.01; empty for
   * none.
   */
  readonly significance: readonly number[]
  /** The value of no effect, on the scale of the estimates. */
  readonly noEffect: number
  /** Ratios: the axis is labelled with them, at their logarithms. */
  readonly scale: 'linear' | 'log'
}
