import { inconsistent, notCheckable, remark } from '../observe.ts'
import type { Observation, Rule } from '../rule.ts'

export const totalWithinEnrolment: Rule = {
  id: 'total-within-enrolment',
  title: 'Totals within the analysis set',
  tests:
    'The total of a result is not more than the size that the study gives for the group in that analysis set; a remark where it is less.',
  formula: 'total ≤ participants of the same group in the same analysis set',
  source: 'by definition',
  severity: 'error',
  *check({ rows, size, analysisSet }): Iterable<Observation> {
    const places = [
      ...rows.outcomeMeasurement.map((row) => ({ table: 'outcome_measurement', row })),
      ...rows.baselineMeasurement.map((row) => ({ table: 'baseline_measurement', row })),
    ]
    for (const { table, row } of places) {
      if (row.total === null) continue
      const at = { table, id: row.id, field: 'total' }
      const enrolled = size(row.studyGroupId, row.analysisSetId)
      const label = analysisSet(row.analysisSetId)?.label
      const shown = { total: row.total, participants: enrolled }
      if (label === undefined) yield notCheckable(at, 'the analysis set is not stated', shown)
      else if (enrolled === undefined) yield notCheckable(at, `the size of the group as "${label}" is not given`, shown)
      else if (row.total > enrolled)
        yield inconsistent(at, `The total ${row.total} is more than the ${enrolled} ${label}.`, shown)
      else if (row.total < enrolled)
        yield remark(
          at,
          `The total ${row.total} is ${enrolled - row.total} fewer than the ${enrolled} ${label}.`,
          shown,
        )
    }
  },
}
