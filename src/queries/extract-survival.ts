import { PLAIN_CHOICES } from './extraction/choices.ts'
import { type Columns, integer, number, text, truth } from './extraction/columns.ts'
import { extractionByStudy } from './extraction/extraction.ts'
import { MEASURED_NEEDS, measuredOf } from './extraction/measured.ts'
import { onlyOutcomesOf } from './extraction/outcomes.ts'
import { CORRECTION, SET, STUDY, SUBGROUP, TIMEPOINT, WITHIN } from './extraction/pair-columns.ts'
import { those } from './extraction/study-part.ts'
import { atMonths } from './extraction/time.ts'

export interface SurvivalRow {
  readonly study: string
  readonly outcome: string
  readonly subgroup: string | null
  readonly time_months: number | null
  readonly group: string
  readonly probability: number
  readonly ci_lower: number | null
  readonly ci_upper: number | null
  readonly n: number | null
  readonly method: string | null
  readonly derived: boolean
  readonly ci_level: number | null
  readonly timepoint: string | null
  readonly analysis_set: string | null
  readonly within: string | null
  readonly correction: string | null
}

export const SURVIVAL_COLUMNS: Columns<SurvivalRow> = {
  study: STUDY,
  outcome: text('outcome.label', 'what the time runs to'),
  subgroup: SUBGROUP,
  time_months: number(
    'timepoint.from_time',
    'months',
    'when: a year is 12 months, a month 30.4375 days; empty for a period and where no number is stated',
  ),
  group: text('study_group.label', "the group's label"),
  probability: number('outcome_measurement.proportion', '0 to 1', 'of being without the event'),
  ci_lower: number('outcome_measurement.ci_lower', '0 to 1', 'lower end of its interval'),
  ci_upper: number('outcome_measurement.ci_upper', '0 to 1', 'upper end of its interval'),
  n: integer(
    'outcome_measurement.total',
    'participants',
    'participants that the probability is about; empty where not stated',
  ),
  method: text('outcome_measurement.method', 'how the probability was estimated, as stated'),
  derived: truth('derivation.formula', 'true where our formula made the number, and not the study'),
  ci_level: number('outcome_measurement.ci_level', '0 to 1', 'of the interval'),
  timepoint: TIMEPOINT,
  analysis_set: SET,
  within: WITHIN,
  correction: CORRECTION,
}

export const SURVIVAL = extractionByStudy({
  table: 'survival',
  about: 'probability of a time-to-event outcome',
  columns: SURVIVAL_COLUMNS,
  heeds: PLAIN_CHOICES,
  needs: {
    ...MEASURED_NEEDS,
    outcomeMeasurement: those(
      '"proportion" IS NOT NULL',
      ...(['id', 'studyId', 'outcomeId', 'studyGroupId', 'analysisSetId', 'timepointId', 'proportion'] as const),
      ...(['ciLower', 'ciUpper', 'ciLevel', 'total', 'method', 'derived'] as const),
    ),
  },
  only: onlyOutcomesOf('outcomeMeasurement'),
  rows: (study, part, run) => {
    const rows: SurvivalRow[] = []
    const measured = measuredOf(study, part, part.outcomeMeasurement, run, (_, { kind }) => kind === 'time_to_event')
    for (const { row, correction, outcome, within, group, setLabel, time } of measured) {
      if (row.proportion === null) continue
      rows.push({
        study,
        outcome: outcome.label,
        subgroup: group.subgroup,
        time_months: atMonths(time),
        group: group.label,
        probability: row.proportion,
        ci_lower: row.ciLower,
        ci_upper: row.ciUpper,
        n: row.total,
        method: row.method,
        derived: row.derived,
        ci_level: row.ciLevel,
        timepoint: time?.label ?? null,
        analysis_set: setLabel,
        within,
        correction,
      })
    }
    return rows
  },
})

/** One row per probability of a time-to-event outcome. No counts are made of it: the study gives none. */
export const extractSurvival = SURVIVAL.extract
