import { inconsistent, notCheckable } from '../observe.ts'
import type { Observation, Rule } from '../rule.ts'

export const adverseEventsWithinRisk: Rule = {
  id: 'adverse-events-within-risk',
  title: 'Harms within those at risk',
  tests:
    'Not more are affected than were at risk, not more were at risk than the group has, and events are not fewer than those affected.',
  formula: 'affected ≤ at risk ≤ participants; affected ≤ events',
  source: 'by definition; with the analysis set unstated, participants is the largest size given for the group',
  severity: 'error',
  *check({ rows, size }): Iterable<Observation> {
    const largest = new Map<string, number>()
    for (const { studyGroupId, participants } of rows.enrolment)
      if (participants !== null) largest.set(studyGroupId, Math.max(participants, largest.get(studyGroupId) ?? 0))
    for (const row of rows.adverseEventCount) {
      const { affected, atRisk, events } = row
      const place = (field: string) => ({ table: 'adverse_event_count', id: row.id, field })
      const people =
        row.analysisSetId === null ? largest.get(row.studyGroupId) : size(row.studyGroupId, row.analysisSetId)
      const shown = { affected, at_risk: atRisk, events, participants: people }
      if (affected !== null && atRisk !== null && affected > atRisk)
        yield inconsistent(place('affected'), `${affected} affected are more than ${atRisk} at risk.`, shown)
      if (affected !== null && atRisk === null) {
        if (people === undefined) yield notCheckable(place('affected'), 'how many were at risk is not given', shown)
        else if (affected > people)
          yield inconsistent(place('affected'), `${affected} affected are more than the group's ${people}.`, shown)
      }
      if (atRisk !== null) {
        if (people === undefined) yield notCheckable(place('at_risk'), "the group's size is not given", shown)
        else if (atRisk > people)
          yield inconsistent(place('at_risk'), `${atRisk} at risk are more than the group's ${people}.`, shown)
      }
      if (affected !== null && events !== null && events < affected)
        yield inconsistent(
          place('events'),
          `${events} events are fewer than the ${affected} who had at least one.`,
          shown,
        )
    }
  },
}
