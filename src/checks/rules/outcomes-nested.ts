import { inconsistent, notCheckable } from '../observe.ts'
import type { Observation, Rule } from '../rule.ts'

/** How many of some people had an outcome: the most at each time, under null where no time is stated, and at any. */
interface Outer {
  readonly at: Map<string | null, number>
  most: number
}

export const outcomesNested: Rule = {
  id: 'outcomes-nested',
  title: 'Outcomes within outcomes',
  tests:
    'An outcome that is part of another one has not more participants with it, in the same group, analysis set and timepoint: complete responses within responses.',
  formula: 'events(outcome) ≤ events(outcome that it is within)',
  source: 'by definition; a warning where only one of them states a time',
  severity: 'error',
  *check({ rows, group, outcome }): Iterable<Observation> {
    type Row = (typeof rows.outcomeMeasurement)[number]
    const keyOf = (row: Row, outcomeId: string) => {
      const of = group(row.studyGroupId)
      return [outcomeId, of.armsKey, of.subgroupsKey, row.analysisSetId].join('\n')
    }
    const counted = new Map<string, Outer>()
    for (const row of rows.outcomeMeasurement) {
      if (row.events === null) continue
      const key = keyOf(row, row.outcomeId)
      const outer = counted.get(key) ?? { at: new Map(), most: 0 }
      outer.at.set(row.timepointId, Math.max(row.events, outer.at.get(row.timepointId) ?? 0))
      outer.most = Math.max(row.events, outer.most)
      counted.set(key, outer)
    }
    for (const row of rows.outcomeMeasurement) {
      const parent = outcome(outcome(row.outcomeId)?.parentId ?? '')
      if (!parent || row.events === null) continue
      const at = { table: 'outcome_measurement', id: row.id, field: 'events' }
      const outer = counted.get(keyOf(row, parent.id))
      const same = outer?.at.get(row.timepointId)
      // Without a time they may be of different times: then it is a question, and the most at any time bounds them.
      const wider = same ?? (row.timepointId === null ? outer?.most : outer?.at.get(null))
      const shown = { events: row.events, within: wider }
      if (wider === undefined)
        yield notCheckable(at, `${parent.label} is not counted for the same people and time`, shown)
      else if (row.events > wider)
        yield inconsistent(
          at,
          `${row.events} are more than the ${wider} of ${parent.label}, which they are part of.`,
          shown,
          same === undefined ? 'warning' : 'error',
        )
    }
  },
}
