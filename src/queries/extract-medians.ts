import { PLAIN_CHOICES } from './extraction/choices.ts'
import { type Columns, integer, number, text } from './extraction/columns.ts'
import { extractionByStudy } from './extraction/extraction.ts'
import { MEASURED_NEEDS, measuredOf } from './extraction/measured.ts'
import { onlyOutcomesOf } from './extraction/outcomes.ts'
import { CORRECTION, DERIVED, SET, STUDY, SUBGROUP, WITHIN } from './extraction/pair-columns.ts'
import { those } from './extraction/study-part.ts'

export interface MedianRow {
  readonly study: string
  readonly outcome: string
  readonly subgroup: string | null
  readonly group: string
  readonly analysis_set: string | null
  readonly median: number
  readonly ci_lower: number | null
  readonly ci_upper: number | null
  readonly ci_level: number | null
  readonly unit: string | null
  readonly n: number | null
  readonly method: string | null
  readonly derived: boolean
  readonly within: string | null
  readonly correction: string | null
}

export const MEDIAN_COLUMNS: Columns<MedianRow> = {
  study: STUDY,
  outcome: text('outcome.label', 'what the time runs to'),
  subgroup: SUBGROUP,
  group: text('study_group.label', "the group's label"),
  analysis_set: SET,
  median: number('outcome_measurement.median', 'column unit', 'median time to the event'),
  ci_lower: number('outcome_measurement.ci_lower', 'column unit', 'lower end of its interval'),
  ci_upper: number('outcome_measurement.ci_upper', 'column unit', 'upper end of its interval'),
  ci_level: number('outcome_measurement.ci_level', '0 to 1', 'of the interval'),
  unit: text('outcome.unit', 'of the times'),
  n: integer('outcome_measurement.total', 'participants', 'participants that the median is about'),
  method: text('outcome_measurement.method', 'how it was estimated, as stated'),
  derived: DERIVED,
  within: WITHIN,
  correction: CORRECTION,
}

export const MEDIANS = extractionByStudy({
  table: 'medians',
  about: 'median time to an event',
  columns: MEDIAN_COLUMNS,
  heeds: PLAIN_CHOICES,
  needs: {
    ...MEASURED_NEEDS,
    outcomeMeasurement: those(
      '"median" IS NOT NULL',
      ...(['id', 'studyId', 'outcomeId', 'studyGroupId', 'analysisSetId', 'timepointId', 'median', 'total'] as const),
      ...(['ciLower', 'ciUpper', 'ciLevel', 'method', 'derived'] as const),
    ),
  },
  only: onlyOutcomesOf('outcomeMeasurement'),
  rows: (study, part, run) => {
    const rows: MedianRow[] = []
    const measured = measuredOf(study, part, part.outcomeMeasurement, run, (_, { kind }) => kind === 'time_to_event')
    for (const { row, correction, outcome, within, group, setLabel } of measured) {
      if (row.median === null) continue
      rows.push({
        study,
        outcome: outcome.label,
        subgroup: group.subgroup,
        group: group.label,
        analysis_set: setLabel,
        median: row.median,
        ci_lower: row.ciLower,
        ci_upper: row.ciUpper,
        ci_level: row.ciLevel,
        unit: outcome.unit,
        n: row.total,
        method: row.method,
        derived: row.derived,
        within,
        correction,
      })
    }
    return rows
  },
})

/** One row per group's median time to an event. */
export const extractMedians = MEDIANS.extract
