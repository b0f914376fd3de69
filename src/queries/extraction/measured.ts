import type { AnalysisSetKind } from '../../generated/prisma/enums.ts'
import { byId } from './by-id.ts'
import { type Changed, Changes } from './changes.ts'
import { type Choosable, choose } from './choose.ts'
import { type LabelledGroup, labelledGroups } from './groups.ts'
import { namedOutcomes, withinOf } from './outcomes.ts'
import type { Run } from './run.ts'
import { CHANGES, GROUP_LABELS, labelsOf, type StudyPart } from './study-part.ts'
import type { Time } from './time.ts'

/** What a table of single groups' numbers needs beside the numbers. */
export const MEASURED_NEEDS = { ...labelsOf('outcomeMeasurement'), ...GROUP_LABELS, ...CHANGES } as const

type Part = StudyPart<typeof MEASURED_NEEDS>
interface Stored {
  readonly id: string
  readonly outcomeId: string
  readonly studyGroupId: string
  readonly analysisSetId: string | null
  readonly timepointId: string | null
  readonly derived: boolean
}

/** A measurement with what its labels are made of. */
export interface Measured<Row> extends Changed<Row> {
  readonly outcome: Part['outcome'][number]
  readonly within: string | null
  readonly group: LabelledGroup
  readonly setLabel: string | null
  readonly set: AnalysisSetKind | null
  readonly time: Time | undefined
}

/** The measurements of single groups that the choices leave. */
export function measuredOf<Row extends Stored>(
  study: string,
  part: Part,
  stored: readonly Row[],
  run: Run,
  wanted: (row: Row, outcome: Part['outcome'][number]) => boolean,
): readonly Measured<Row>[] {
  const outcomeOf = namedOutcomes(study, part.outcome, run)
  if (stored.length === 0) return []
  const [groupOf, changes] = [byId(labelledGroups(part)), new Changes(part, run)]
  const [setOf, timeOf] = [byId(part.analysisSet), byId(part.timepoint)]
  const candidates: (Measured<Row> & Choosable)[] = []
  for (const one of stored) {
    const [changed, outcome] = [changes.of('outcome_measurement', one), outcomeOf(one.outcomeId)]
    const group = groupOf(one.studyGroupId)
    if (!changed || !outcome || !group || !wanted(changed.row, outcome)) continue
    const set = setOf(one.analysisSetId)
    candidates.push({
      row: changed.row,
      correction: changed.correction,
      outcome,
      group,
      within: withinOf(outcome, part.outcome),
      set: set?.kind ?? null,
      setLabel: set?.label ?? null,
      time: timeOf(one.timepointId),
      about: `${outcome.id} ${group.limits}`,
      whose: group.id,
    })
  }
  return choose(candidates, run.choices)
}
