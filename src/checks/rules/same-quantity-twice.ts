import { groupedBy } from '../../model/grouped-by.ts'
import type { StudyRows } from '../../model/study-record.ts'
import { inconsistent } from '../observe.ts'
import { isAbove, rounded } from '../rounded-number.ts'
import type { Observation, Rule, Severity } from '../rule.ts'

interface Kind<T> {
  readonly table: string
  readonly rows: readonly T[]
  readonly key: (row: T) => readonly (string | null)[]
  readonly fields: Readonly<Record<string, keyof T>>
  readonly severity?: Severity
}

const kinds = (rows: StudyRows) => [
  kind({
    table: 'outcome_measurement',
    rows: rows.outcomeMeasurement,
    key: (row) => [row.outcomeId, row.studyGroupId, row.analysisSetId, row.timepointId, row.method],
    fields: {
      events: 'events',
      total: 'total',
      mean: 'mean',
      sd: 'sd',
      se: 'se',
      median: 'median',
      proportion: 'proportion',
    },
  }),
  kind({
    table: 'baseline_measurement',
    rows: rows.baselineMeasurement,
    key: (row) => [row.studyGroupId, row.analysisSetId, row.characteristic, row.category, row.unit],
    fields: { count: 'count', total: 'total', mean: 'mean', sd: 'sd', median: 'median' },
  }),
  kind({
    table: 'adverse_event_count',
    rows: rows.adverseEventCount,
    key: (row) => [row.termId, row.studyGroupId, row.analysisSetId, row.timepointId],
    fields: { affected: 'affected', at_risk: 'atRisk', events: 'events', percent: 'percent' },
  }),
  kind({
    table: 'participant_flow',
    rows: rows.participantFlow,
    key: (row) => [row.studyGroupId, row.period, row.milestone, row.reason],
    fields: { participants: 'participants' },
  }),
  kind({
    table: 'outcome_analysis',
    // Without a comparison, which groups take part isn't in the row.
    rows: rows.outcomeAnalysis.filter(({ comparisonId }) => comparisonId !== null),
    key: (row) => [row.outcomeId, row.comparisonId, row.analysisSetId, row.timepointId, row.measure, row.method],
    fields: { estimate: 'estimate', p_value: 'pValue' },
    severity: 'warning',
  }),
]

export const sameQuantityTwice: Rule = {
  id: 'same-quantity-twice',
  title: 'The same quantity twice',
  tests:
    'What is reported twice, of the same people at the same time by the same method, has the same value within rounding.',
  formula: 'the ranges that two printed values were rounded from meet',
  source: 'by definition; of analyses a warning, as they may differ in what isn’t stated',
  severity: 'error',
  *check(study): Iterable<Observation> {
    for (const { table, entries, severity } of kinds(study.rows))
      for (const same of groupedBy(entries, ({ key }) => key).values())
        for (const [field] of same[0]?.values ?? []) {
          const given = same.flatMap(({ id, values }) => {
            const value = values.get(field) ?? null
            return value === null ? [] : [{ id, value, range: rounded(study.printed({ table, id, field }, value)) }]
          })
          const [first] = given
          const other = given.find(({ range }) => first && (isAbove(range, first.range) || isAbove(first.range, range)))
          if (first && other)
            yield inconsistent(
              { table, id: other.id, field },
              `${field} is ${other.value} here and ${first.value} in ${first.id.slice(study.record.slug.length + 1)}, for the same people, time and method.`,
              { [field]: other.value, other: first.value },
              severity,
            )
        }
  },
}

function kind<T extends { readonly id: string; readonly derived: boolean }>({
  table,
  rows,
  key,
  fields,
  severity,
}: Kind<T>) {
  const entries = rows
    .filter(({ derived }) => !derived)
    .map((row) => ({
      id: row.id,
      key: JSON.stringify(key(row)),
      values: new Map(Object.entries(fields).map(([field, name]) => [field, row[name] as number | null])),
    }))
  return { table, entries, severity }
}
