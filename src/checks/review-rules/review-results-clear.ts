import type { ReviewRows } from '../../model/review-record.ts'
import type { StudyRows } from '../../model/study-record.ts'
import { inconsistent } from '../observe.ts'
import type { ReviewRule } from '../review-rule.ts'

type Result = ReviewRows['reviewResult'][number]
/** What a result was taken at: two of the same are of the same people at the same time. */
type Taken = { readonly timepointId: string | null; readonly analysisSetId: string | null }

export const reviewResultsClear: ReviewRule = {
  id: 'review-results-clear',
  title: 'Chosen results give numbers',
  tests:
    'A result that a review chose is a number for each of the two groups, or an analysis of them; and just one, by its timepoint and analysis set.',
  formula: 'one place with a measurement of both groups, or with an analysis of the comparison',
  source: 'by definition; a warning, as the study may tell the outcome only in words',
  severity: 'warning',
  *check({ review: { rows }, studies }) {
    for (const result of rows.reviewResult) {
      const study = studies.get(result.studyId)
      if (!study) continue
      const places = placesOf(study.rows, result)
      const at = { table: 'review_result', id: result.id, field: null }
      if (places.size === 0)
        yield inconsistent(at, 'The study gives neither a number for both groups nor an analysis of them.', {})
      if (places.size > 1)
        yield inconsistent(
          at,
          `The study gives ${places.size} of them, at other times or of other participants; say which with timepoint and analysis_set.`,
          { places: places.size },
        )
    }
  },
}

/** The times and analysis sets at which the study has what the result asks for. */
function placesOf(rows: StudyRows, result: Result): ReadonlySet<string> {
  const fits = ({ timepointId, analysisSetId }: Taken) =>
    (result.timepointId === null || timepointId === result.timepointId) &&
    (result.analysisSetId === null || analysisSetId === result.analysisSetId)
  const placeOf = ({ timepointId, analysisSetId }: Taken) => JSON.stringify([timepointId, analysisSetId])
  const comparison = rows.comparison.find(({ id }) => id === result.comparisonId)
  const measured = (group: string | undefined) =>
    new Set(
      rows.outcomeMeasurement
        .filter((row) => row.outcomeId === result.outcomeId && row.studyGroupId === group)
        .filter((row) => row.missingReason === null && fits(row))
        .map(placeOf),
    )
  const reference = measured(comparison?.referenceGroupId)
  const both = [...measured(comparison?.experimentalGroupId)].filter((place) => reference.has(place))
  if (both.length > 0) return new Set(both)
  return new Set(
    rows.outcomeAnalysis
      .filter((row) => row.outcomeId === result.outcomeId && row.comparisonId === result.comparisonId)
      .filter((row) => (row.estimate !== null || row.pValue !== null) && fits(row))
      .map(placeOf),
  )
}
