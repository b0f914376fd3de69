import { inconsistent, notCheckable } from '../observe.ts'
import type { Observation, Rule } from '../rule.ts'

export const eventsWithinTotal: Rule = {
  id: 'events-within-total',
  title: 'Events within the total',
  tests: 'No more participants had the event, or are in the category, than there are.',
  formula: 'events ≤ total; count ≤ total',
  source: 'by definition',
  severity: 'error',
  *check({ rows }): Iterable<Observation> {
    const places = [
      ...rows.outcomeMeasurement.map(({ id, events, total }) => ({
        table: 'outcome_measurement',
        field: 'events',
        id,
        part: events,
        total,
      })),
      ...rows.baselineMeasurement.map(({ id, count, total }) => ({
        table: 'baseline_measurement',
        field: 'count',
        id,
        part: count,
        total,
      })),
    ]
    for (const { table, field, id, part, total } of places) {
      if (part === null) continue
      const at = { table, id, field }
      if (total === null) yield notCheckable(at, `the total is not given`, { [field]: part })
      else if (part > total) yield inconsistent(at, `${part} of ${total} are more than all.`, { [field]: part, total })
    }
  },
}
