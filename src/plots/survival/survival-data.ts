/** A probability of being without the event, as it was printed. */
export interface SurvivalPoint {
  readonly months: number
  readonly probability: number
  readonly lower: number | null
  readonly upper: number | null
  /** Of the interval, such as 0.95. */
  readonly level: number | null
  /** Participants that it is about. */
  readonly n: number | null
  /** Whether a formula of ours made it. */
  readonly isDerived: boolean
}

interface SurvivalGroup {
  readonly label: string
  /** In the order of time. */
  readonly points: readonly SurvivalPoint[]
}

/** One outcome of one study: the groups that can be compared in it. */
export interface SurvivalPanel {
  readonly heading: string
  readonly groups: readonly SurvivalGroup[]
}

/** What a plot of survival shows. */
export interface SurvivalData {
  readonly title: string
  readonly description: string
  readonly panels: readonly SurvivalPanel[]
}
