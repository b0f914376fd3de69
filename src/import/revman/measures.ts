import type { StudyRows } from '../../model/study-record.ts'

type Measure = NonNullable<StudyRows['outcomeAnalysis'][number]['measure']>

/** What RevMan calls its measures, and reviewers theirs. */
const MEASURES: readonly (readonly [RegExp, Measure])[] = [
  [/^(?:rr|risk ratio|relative risk)$/i, 'risk_ratio'],
  [/^(?:or|peto or|peto odds ratio|odds ratio)$/i, 'odds_ratio'],
  [/^(?:rd|risk difference)$/i, 'risk_difference'],
  [/^(?:hr|hazard ratio)$/i, 'hazard_ratio'],
  [/^(?:incidence )?rate ratio$/i, 'rate_ratio'],
  [/^rate difference$/i, 'rate_difference'],
  [/^(?:md|mean difference)$/i, 'mean_difference'],
  [/^(?:smd|std\.? mean difference|standardi[sz]ed mean difference)$/i, 'standardised_mean_difference'],
  [/^ratio of means$/i, 'ratio_of_means'],
  [/^median difference$/i, 'median_difference'],
]

/** The measure that words or a code of RevMan surely name: RR, PETO_OR, Hazard Ratio. */
export const measureOf = (printed: string | undefined): Measure | undefined => {
  const words = printed?.replaceAll('_', ' ')
  return words === undefined ? undefined : MEASURES.find(([pattern]) => pattern.test(words))?.[1]
}
