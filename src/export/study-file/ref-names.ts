import type { StudyRecord } from '../../model/study-record.ts'
import type { FileNames } from './file-names.ts'
import { enrolmentInOrder, inNumberOrder, inOrder } from './in-order.ts'

/**
 * A readable name for every row that a formula or waiver can point at, in the file's order: complete-response-il2-lak.
 * The database keeps no such names, and so they come from what the rows are about.
 */
export function refNames({ slug, rows }: StudyRecord, names: FileNames): readonly (readonly [string, string])[] {
  const label = (table: string, id: string, ...parts: readonly (string | null)[]) =>
    [
      `${slug}/${table}/${names.code(id)}`,
      parts.flatMap((part) => (part === null ? [] : part.startsWith(`${slug}/`) ? names.code(part) : part)).join('-'),
    ] as const
  return [
    ...inOrder(rows.armIntervention).map((row) => label('arm_intervention', row.id, row.armId, row.interventionId)),
    ...enrolmentInOrder(rows).map((row) => label('enrolment', row.id, row.studyGroupId, row.analysisSetId)),
    ...inNumberOrder(rows.followUp).map((row) => label('follow_up', row.id, 'follow-up', row.studyGroupId)),
    ...inNumberOrder(rows.participantFlow).map((row) => label('participant_flow', row.id, 'flow', row.studyGroupId)),
    ...inNumberOrder(rows.baselineMeasurement).map((row) =>
      label('baseline_measurement', row.id, 'baseline', row.studyGroupId),
    ),
    ...inNumberOrder(rows.outcomeMeasurement).map((row) =>
      label('outcome_measurement', row.id, row.outcomeId, row.studyGroupId, row.timepointId),
    ),
    ...inNumberOrder(rows.outcomeAnalysis).map((row) =>
      label('outcome_analysis', row.id, row.outcomeId, row.comparisonId ?? 'analysis', row.timepointId),
    ),
    ...inNumberOrder(rows.adverseEventCount).map((row) =>
      label('adverse_event_count', row.id, row.termId, row.studyGroupId, row.timepointId),
    ),
  ]
}
