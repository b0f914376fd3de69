import { inconsistent, notCheckable } from '../observe.ts'
import type { Observation, Rule } from '../rule.ts'

export const adverseEventsNested: Rule = {
  id: 'adverse-events-nested',
  title: 'Harms within harms',
  tests:
    'A harm that is part of another one has not more affected participants, in the same group: fatal infarctions within deaths.',
  formula: 'affected(term) ≤ affected(term that it is within)',
  source: 'by definition',
  severity: 'error',
  *check({ rows, group }): Iterable<Observation> {
    const terms = new Map(rows.adverseEventTerm.map((term) => [term.id, term]))
    const keyOf = (row: (typeof rows.adverseEventCount)[number], termId: string) => {
      const of = group(row.studyGroupId)
      return [termId, of.armsKey, of.subgroupsKey, row.analysisSetId, row.timepointId].join('\n')
    }
    const affected = new Map<string, number>()
    for (const row of rows.adverseEventCount)
      if (row.affected !== null) affected.set(keyOf(row, row.termId), row.affected)
    for (const row of rows.adverseEventCount) {
      const parent = terms.get(terms.get(row.termId)?.parentId ?? '')
      if (!parent || row.affected === null) continue
      const at = { table: 'adverse_event_count', id: row.id, field: 'affected' }
      const wider = affected.get(keyOf(row, parent.id))
      const shown = { affected: row.affected, within: wider }
      if (wider === undefined) yield notCheckable(at, `${parent.term} is not counted for the same people`, shown)
      else if (row.affected > wider)
        yield inconsistent(
          at,
          `${row.affected} are more than the ${wider} of ${parent.term}, which they are part of.`,
          shown,
        )
    }
  },
}
