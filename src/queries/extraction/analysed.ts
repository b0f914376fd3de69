import type { AnalysisSetKind } from '../../generated/prisma/enums.ts'
import { groupedBy } from '../../model/grouped-by.ts'
import { byId } from './by-id.ts'
import { type Changed, Changes } from './changes.ts'
import { type LabelledGroup, labelledGroups } from './groups.ts'
import { namedOutcomes, withinOf } from './outcomes.ts'
import type { Run } from './run.ts'
import { all, CHANGES, GROUP_LABELS, labelsOf, type StudyPart } from './study-part.ts'
import type { Time } from './time.ts'

/** What a table of analyses needs beside their numbers. */
export const ANALYSED_NEEDS = {
  ...labelsOf('outcomeAnalysis'),
  ...GROUP_LABELS,
  ...CHANGES,
  analysisGroup: all('analysisId', 'studyGroupId', 'studyId', 'role'),
} as const

type Part = StudyPart<typeof ANALYSED_NEEDS>
interface Stored {
  readonly id: string
  readonly outcomeId: string
  readonly analysisSetId: string | null
  readonly timepointId: string | null
  readonly derived: boolean
}

export interface Member {
  readonly role: Part['analysisGroup'][number]['role']
  readonly group: LabelledGroup
}

/** An analysis as the choices want it, with what its labels are made of. */
export interface Analysed<Row> extends Changed<Row> {
  /** As the database has it. */
  readonly stored: Row
  readonly outcome: Part['outcome'][number]
  readonly within: string | null
  /** The groups in their roles, in the study's order. */
  readonly members: readonly Member[]
  readonly set: AnalysisSetKind | null
  readonly setLabel: string | null
  readonly time: Time | undefined
}

/** The analyses of the outcomes that the choices name; sets and times are left to be chosen of them. */
export function analysedOf<Row extends Stored>(
  study: string,
  part: Part,
  stored: readonly Row[],
  run: Run,
): readonly Analysed<Row>[] {
  const outcomeOf = namedOutcomes(study, part.outcome, run)
  if (stored.length === 0) return []
  const [groupOf, changes] = [byId(labelledGroups(part)), new Changes(part, run)]
  const [setOf, timeOf] = [byId(part.analysisSet), byId(part.timepoint)]
  const roles = groupedBy(part.analysisGroup, ({ analysisId }) => analysisId)
  const analysed: Analysed<Row>[] = []
  for (const one of stored) {
    const [changed, outcome] = [changes.of('outcome_analysis', one), outcomeOf(one.outcomeId)]
    if (changed === undefined || outcome === undefined) continue
    const set = setOf(one.analysisSetId)
    const members: Member[] = []
    for (const { role, studyGroupId } of roles.get(one.id) ?? []) {
      const group = groupOf(studyGroupId)
      if (group !== undefined) members.push({ role, group })
    }
    analysed.push({
      row: changed.row,
      correction: changed.correction,
      stored: one,
      outcome,
      within: withinOf(outcome, part.outcome),
      members: members.sort((first, second) => first.group.position - second.group.position),
      set: set?.kind ?? null,
      setLabel: set?.label ?? null,
      time: timeOf(one.timepointId),
    })
  }
  return analysed
}
