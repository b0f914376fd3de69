import type { IndexedStudy, Place } from './indexed-study.ts'

/** The statistics of a group's values, of a result or a baseline characteristic, with what is known of the values. */
export interface Summary {
  readonly table: 'outcome_measurement' | 'baseline_measurement'
  readonly id: string
  readonly n: number | undefined
  readonly mean: number | null
  readonly sd: number | null
  readonly median: number | null
  readonly q1: number | null
  readonly q3: number | null
  readonly minimum: number | null
  readonly maximum: number | null
  /** Whether each participant's value is known to be a whole number, or 0 or 1. */
  readonly values: 'whole' | 'zero-or-one' | 'unknown'
}

/** A unit that says that values are whole: "whole points", "whole years". */
const WHOLE_UNIT = /^whole\b/i

/**
 * Every row with statistics of values.
 *
 * Values are known to be whole where the outcome is a count or ordinal, or its unit begins with "whole"; 0 or 1 where the
 * outcome is dichotomous.
 */
export function* summariesOf(study: IndexedStudy): Iterable<Summary> {
  for (const row of study.rows.outcomeMeasurement) {
    const outcome = study.outcome(row.outcomeId)
    const values =
      outcome?.kind === 'dichotomous'
        ? 'zero-or-one'
        : outcome?.kind === 'count' || outcome?.kind === 'ordinal' || WHOLE_UNIT.test(outcome?.unit ?? '')
          ? 'whole'
          : 'unknown'
    const n = row.total ?? study.size(row.studyGroupId, row.analysisSetId)
    yield { ...row, table: 'outcome_measurement', n, values }
  }
  for (const row of study.rows.baselineMeasurement) {
    const n = row.total ?? study.size(row.studyGroupId, row.analysisSetId)
    yield { ...row, table: 'baseline_measurement', n, values: WHOLE_UNIT.test(row.unit ?? '') ? 'whole' : 'unknown' }
  }
}

export const placeOf = ({ table, id }: Summary, field: string): Place => ({ table, id, field })
