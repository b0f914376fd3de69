import type { EffectInputRow } from '../../queries/extract-effects-input.ts'

export type EffectMeasure = NonNullable<EffectInputRow['measure']>

/** A measure as RevMan has it. */
export interface Measure {
  readonly measure: EffectMeasure
  /** What RevMan Web calls it. */
  readonly label: string
  /** Whether it is pooled by its natural logarithm. */
  readonly log: boolean
}

const measure = (measure: EffectMeasure, label: string, log = false): Measure => ({ measure, label, log })

const MEASURES: Readonly<Record<EffectMeasure, Measure>> = {
  risk_ratio: measure('risk_ratio', 'Risk Ratio', true),
  odds_ratio: measure('odds_ratio', 'Odds Ratio', true),
  risk_difference: measure('risk_difference', 'Risk Difference'),
  hazard_ratio: measure('hazard_ratio', 'Hazard Ratio', true),
  rate_ratio: measure('rate_ratio', 'Rate Ratio', true),
  rate_difference: measure('rate_difference', 'Rate Difference'),
  mean_difference: measure('mean_difference', 'Mean Difference'),
  standardised_mean_difference: measure('standardised_mean_difference', 'Standardized Mean Difference'),
  ratio_of_means: measure('ratio_of_means', 'Ratio of Means', true),
  median_difference: measure('median_difference', 'Median Difference'),
  correlation: measure('correlation', 'Correlation'),
  other: measure('other', 'Other'),
}

/** What RevMan makes of 2×2 tables, by RevMan 5's codes. */
export const CODES_OF_TABLES = { risk_ratio: 'RR', odds_ratio: 'OR', risk_difference: 'RD' } as const
/** What RevMan makes of means. */
export const CODES_OF_MEANS = { mean_difference: 'MD', standardised_mean_difference: 'SMD' } as const

export const isOfTables = (measure: EffectMeasure | null): measure is keyof typeof CODES_OF_TABLES =>
  measure !== null && Object.hasOwn(CODES_OF_TABLES, measure)
export const isOfMeans = (measure: EffectMeasure | null): measure is keyof typeof CODES_OF_MEANS =>
  measure !== null && Object.hasOwn(CODES_OF_MEANS, measure)

export const measureCalled = (measure: EffectMeasure): Measure => MEASURES[measure]
