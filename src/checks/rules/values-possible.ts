import type { IndexedStudy } from '../indexed-study.ts'
import { inconsistent } from '../observe.ts'
import type { Observation, Rule } from '../rule.ts'

type Bounds = readonly [lowest: number, highest: number]

const COUNT: Bounds = [0, Number.POSITIVE_INFINITY]
const SHARE: Bounds = [0, 1]

/** What each field can be. A ratio is above zero, which depends on the row. */
const FIELDS: readonly (readonly [
  table: string,
  rows: keyof IndexedStudy['rows'],
  fields: Readonly<Record<string, Bounds>>,
])[] = [
  ['enrolment', 'enrolment', { participants: COUNT }],
  ['follow_up', 'followUp', { value: COUNT }],
  ['participant_flow', 'participantFlow', { participants: COUNT }],
  ['baseline_measurement', 'baselineMeasurement', { count: COUNT, total: COUNT, sd: COUNT }],
  [
    'outcome_measurement',
    'outcomeMeasurement',
    { events: COUNT, total: COUNT, personTime: COUNT, sd: COUNT, se: COUNT, proportion: SHARE, ciLevel: SHARE },
  ],
  ['outcome_analysis', 'outcomeAnalysis', { pValue: SHARE, ciLevel: SHARE }],
  ['adverse_event_count', 'adverseEventCount', { affected: COUNT, atRisk: COUNT, events: COUNT, percent: [0, 100] }],
]

const RATIOS = new Set(['risk_ratio', 'odds_ratio', 'hazard_ratio', 'rate_ratio', 'ratio_of_means'])

export const valuesPossible: Rule = {
  id: 'values-possible',
  title: 'Values that can be',
  tests:
    'Counts and spreads are not negative, probabilities lie between 0 and 1, percentages between 0 and 100, ratios are not negative.',
  formula: '0 ≤ value ≤ 1, 100 or without end',
  source: 'by definition',
  severity: 'error',
  *check({ rows }): Iterable<Observation> {
    for (const [table, name, fields] of FIELDS)
      for (const row of rows[name] as readonly ({ readonly id: string } & Readonly<Record<string, unknown>>)[])
        for (const [field, [lowest, highest]] of Object.entries(fields)) {
          const value = row[field]
          if (typeof value === 'number' && !(value >= lowest && value <= highest))
            yield impossible(
              table,
              row.id,
              field,
              value,
              highest === Number.POSITIVE_INFINITY ? 'at least 0' : `0 to ${highest}`,
            )
        }
    for (const row of rows.outcomeAnalysis)
      if (row.measure !== null && RATIOS.has(row.measure))
        for (const field of ['estimate', 'ciLower', 'ciUpper'] as const) {
          const value = row[field]
          if (value !== null && value < 0)
            yield impossible('outcome_analysis', row.id, field, value, 'a ratio, at least 0')
        }
  },
}

const impossible = (table: string, id: string, field: string, value: number, expected: string) => {
  const column = field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  return inconsistent({ table, id, field: column }, `${column} is ${value}; it can only be ${expected}.`, {
    [column]: value,
  })
}
