/** A study in a Baujat plot: what it adds to heterogeneity, and what it does to the estimate. */
export interface BaujatStudy {
  readonly label: string
  readonly heterogeneity: number
  readonly influence: number
}

/** What a Baujat plot shows. */
export interface BaujatData {
  readonly title: string
  readonly description: string
  /** What the lower axis measures: a part of Q, or with τ² a squared residual. */
  readonly heterogeneityLabel: string
  readonly studies: readonly BaujatStudy[]
}
