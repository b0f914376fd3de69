import { byId } from './extraction/by-id.ts'
import { Changes } from './extraction/changes.ts'
import { type Columns, integer, text } from './extraction/columns.ts'
import { extractionByStudy } from './extraction/extraction.ts'
import { labelledGroups } from './extraction/groups.ts'
import { CORRECTION, DERIVED, STUDY, SUBGROUP } from './extraction/pair-columns.ts'
import { all, CHANGES, GROUP_LABELS } from './extraction/study-part.ts'

export interface FlowRow {
  readonly study: string
  readonly group: string
  readonly subgroup: string | null
  readonly period: string | null
  readonly milestone: string
  readonly reason: string | null
  readonly participants: number | null
  readonly missing_reason: string | null
  readonly derived: boolean
  readonly correction: string | null
}

export const FLOW_COLUMNS: Columns<FlowRow> = {
  study: STUDY,
  group: text('study_group.label', "the group's label"),
  subgroup: SUBGROUP,
  period: text('participant_flow.period', 'part of the study, as it names it'),
  milestone: text('participant_flow.milestone', 'started, completed, withdrew … as the study names it'),
  reason: text('participant_flow.reason', 'why participants left'),
  participants: integer('participant_flow.participants', 'participants', 'who came to the milestone'),
  missing_reason: text('participant_flow.missing_reason', 'why the number is missing'),
  derived: DERIVED,
  correction: CORRECTION,
}

export const FLOW = extractionByStudy({
  table: 'flow',
  about: 'group and milestone of the participants’ way through the study',
  columns: FLOW_COLUMNS,
  heeds: ['studies', 'review', 'derived', 'asPrinted'],
  needs: {
    ...GROUP_LABELS,
    ...CHANGES,
    participantFlow: all(
      ...(['id', 'studyId', 'studyGroupId', 'period', 'milestone', 'reason', 'participants'] as const),
      ...(['derived', 'missingReason'] as const),
    ),
  },
  rows: (study, part, run) => {
    if (part.participantFlow.length === 0) return []
    const [groupOf, changes] = [byId(labelledGroups(part)), new Changes(part, run)]
    return part.participantFlow.flatMap((stored): FlowRow[] => {
      const [changed, group] = [changes.of('participant_flow', stored), groupOf(stored.studyGroupId)]
      // What our formula made, and nothing else, isn't there without it.
      if (!changed || !group || (stored.derived && !changed.row.derived)) return []
      const { row, correction } = changed
      return [
        {
          study,
          group: group.label,
          subgroup: group.subgroup,
          period: row.period,
          milestone: row.milestone,
          reason: row.reason,
          participants: row.participants,
          missing_reason: row.missingReason,
          derived: row.derived,
          correction,
        },
      ]
    })
  },
})

/** One row per group and milestone of the participants' way through the study. */
export const extractFlow = FLOW.extract
