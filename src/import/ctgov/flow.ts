import { printedCount } from '../rows/printed-text.ts'
import type { RowBook } from '../rows/row-book.ts'
import type { ArmNames, GroupList } from './groups.ts'
import { addGroups } from './groups.ts'
import type { Place } from './shape.ts'
import type { Results } from './study-shape.ts'

interface Step {
  readonly groupId: string | undefined
  readonly comment: string | undefined
  readonly numSubjects: string | undefined
  readonly numUnits?: string | undefined
  readonly place: Place | undefined
}

/** The participants' way: each milestone and each reason for leaving, by group; and who started, as sizes of the groups. */
export function addFlow(book: RowBook, arms: readonly ArmNames[], flow: Results['participantFlowModule']): void {
  if (flow === undefined) return
  const groups = addGroups(book, arms, 'participant_flow', '', flow.groups)
  const unitsOf = flow.typeUnitsAnalyzed ?? 'units'
  for (const [index, period] of flow.periods.entries()) {
    const title = period.title ?? null
    for (const { type, comment, achievements } of period.milestones) {
      const started = index === 0 && type?.toUpperCase() === 'STARTED'
      for (const step of achievements) {
        const of = { title, milestone: type ?? 'not named', reason: null, comment, unitsOf }
        addStep(book, groups, step, of)
        if (started) {
          const set = book.analysisSet('other', title === null ? 'Started' : `Started: ${title}`, undefined)
          book.enrol(groups.of(step.groupId, step.place), set, step.numSubjects)
        }
      }
    }
    for (const { type, comment, reasons } of period.dropWithdraws)
      for (const step of reasons)
        addStep(book, groups, step, {
          title,
          milestone: 'NOT COMPLETED',
          reason: type ?? 'not named',
          comment,
          unitsOf,
        })
  }
}

interface OfStep {
  readonly title: string | null
  readonly milestone: string
  readonly reason: string | null
  readonly comment: string | undefined
  readonly unitsOf: string
}

function addStep(
  book: RowBook,
  groups: GroupList,
  step: Step,
  { title, milestone, reason, comment, unitsOf }: OfStep,
): void {
  const studyGroupId = groups.of(step.groupId, step.place)
  const id = book.next('participant_flow')
  const participants = book.number('participant_flow', id, 'participants', printedCount, step.numSubjects)
  const units = book.number('participant_flow', id, 'units', printedCount, step.numUnits)
  book.rows.participantFlow.push({
    id,
    studyId: book.slug,
    studyGroupId,
    period: title,
    milestone,
    reason,
    participants,
    derived: false,
    missingReason: book.reason(participants, step.comment),
    note: step.comment ?? null,
    milestoneNote: comment ?? null,
    units,
    unitsOf: step.numUnits === undefined ? null : unitsOf,
  })
}
