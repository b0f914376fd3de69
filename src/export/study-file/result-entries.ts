import { groupedBy } from '../../model/grouped-by.ts'
import type { StudyFile } from '../../model/study-file.ts'
import type { StudyRecord, StudyRows } from '../../model/study-record.ts'
import type { FileNames } from './file-names.ts'
import { enrolmentInOrder, inNumberOrder, inOrder, inOrderOf } from './in-order.ts'
import { filled, given, present } from './present.ts'
import type { ProvenanceEntries } from './provenance-entries.ts'

type Results = Pick<
  StudyFile,
  'enrolment' | 'follow_up' | 'flow' | 'baseline' | 'timepoints' | 'outcomes' | 'adverse_events'
>
type Reason = StudyRows['enrolment'][number]['missingReason']

/** A value that the file can't be without, or why it is missing. Null without a reason means not reported. */
export const orReason = <T>(value: T | null, reason: Reason): T | { missing: NonNullable<Reason> } =>
  value ?? { missing: reason ?? 'not_reported' }

/** The same where the file may say nothing. */
export const orReasonGiven = <T>(value: T | null, reason: Reason): T | { missing: NonNullable<Reason> } | undefined =>
  value === null && reason === null ? undefined : orReason(value, reason)

/** What the study gives about its participants, outcomes and harms. */
export function resultEntries({ rows }: StudyRecord, names: FileNames, provenance: ProvenanceEntries): Results {
  const { code, optional } = names
  const measurements = groupedBy(inNumberOrder(rows.outcomeMeasurement), ({ outcomeId }) => outcomeId)
  const analyses = groupedBy(inNumberOrder(rows.outcomeAnalysis), ({ outcomeId }) => outcomeId)
  const counts = groupedBy(inNumberOrder(rows.adverseEventCount), ({ termId }) => termId)
  const groupsOf = analysisGroups(rows, names)
  /** An entry of a row: its ref first, and what supports it last. */
  const entry = <T extends object>(table: string, id: string, fields: T) =>
    provenance.of(table, code(id), { ref: provenance.ref(table, code(id)), ...fields })

  return {
    enrolment: filled(
      enrolmentInOrder(rows).map((row) =>
        entry('enrolment', row.id, {
          group: code(row.studyGroupId),
          analysis_set: code(row.analysisSetId),
          participants: orReason(row.participants, row.missingReason),
          note: given(row.note),
        }),
      ),
    ),
    follow_up: filled(
      inNumberOrder(rows.followUp).map((row) =>
        entry('follow_up', row.id, {
          group: code(row.studyGroupId),
          statistic: row.statistic,
          basis: row.basis,
          value: row.value,
          unit: row.unit,
        }),
      ),
    ),
    flow: filled(
      inNumberOrder(rows.participantFlow).map((row) =>
        entry('participant_flow', row.id, {
          group: code(row.studyGroupId),
          period: given(row.period),
          milestone: row.milestone,
          reason: given(row.reason),
          participants: orReason(row.participants, row.missingReason),
        }),
      ),
    ),
    baseline: filled(
      inNumberOrder(rows.baselineMeasurement).map((row) =>
        entry('baseline_measurement', row.id, {
          group: code(row.studyGroupId),
          analysis_set: optional(row.analysisSetId),
          characteristic: row.characteristic,
          category: given(row.category),
          unit: given(row.unit),
          count: given(row.count),
          total: given(row.total),
          mean: given(row.mean),
          sd: given(row.sd),
          median: given(row.median),
          q1: given(row.q1),
          q3: given(row.q3),
          minimum: given(row.minimum),
          maximum: given(row.maximum),
          missing: given(row.missingReason),
          note: given(row.note),
        }),
      ),
    ),
    timepoints: filled(
      // Times as stated are those of registries, which no file is made of.
      inOrder(rows.timepoint).flatMap(({ kind, ...row }) =>
        kind === 'as_stated'
          ? []
          : present({
              code: code(row.id),
              kind,
              label: row.label,
              from: given(row.fromTime),
              to: given(row.toTime),
              unit: given(row.unit),
            }),
      ),
    ),
    outcomes: filled(
      inOrder(rows.outcome).map((outcome) =>
        provenance.of('outcome', code(outcome.id), {
          code: code(outcome.id),
          label: outcome.label,
          within: optional(outcome.parentId),
          kind: outcome.kind,
          role: outcome.role,
          direction: outcome.direction,
          definition: given(outcome.definition),
          unit: given(outcome.unit),
          measurements: filled(
            (measurements.get(outcome.id) ?? []).map((row) =>
              entry('outcome_measurement', row.id, {
                group: code(row.studyGroupId),
                analysis_set: optional(row.analysisSetId),
                timepoint: optional(row.timepointId),
                events: given(row.events),
                total: given(row.total),
                person_time: given(row.personTime),
                person_time_unit: given(row.personTimeUnit),
                mean: given(row.mean),
                sd: given(row.sd),
                se: given(row.se),
                median: given(row.median),
                q1: given(row.q1),
                q3: given(row.q3),
                minimum: given(row.minimum),
                maximum: given(row.maximum),
                proportion: given(row.proportion),
                ci_lower: given(row.ciLower),
                ci_upper: given(row.ciUpper),
                ci_level: given(row.ciLevel),
                method: given(row.method),
                missing: given(row.missingReason),
                note: given(row.note),
              }),
            ),
          ),
          analyses: filled(
            (analyses.get(outcome.id) ?? []).map((row) =>
              entry('outcome_analysis', row.id, {
                comparison: optional(row.comparisonId),
                groups: groupsOf(row),
                analysis_set: optional(row.analysisSetId),
                timepoint: optional(row.timepointId),
                measure: given(row.measure),
                estimate: given(row.estimate),
                ci_lower: given(row.ciLower),
                ci_upper: given(row.ciUpper),
                ci_level: given(row.ciLevel),
                p_operator: given(row.pOperator) as '=' | undefined,
                p_value: given(row.pValue),
                p_text: given(row.pText),
                p_sides: given(row.pSides) as 1 | 2 | undefined,
                method: orReasonGiven(row.method, row.methodMissingReason),
                finding: given(row.finding),
                finding_direction: given(row.findingDirection),
                missing: given(row.missingReason),
                note: given(row.note),
              }),
            ),
          ),
        }),
      ),
    ),
    adverse_events: filled(
      inOrder(rows.adverseEventTerm).map((term) =>
        provenance.of('adverse_event_term', code(term.id), {
          code: code(term.id),
          term: term.term,
          within: optional(term.parentId),
          organ_system: given(term.organSystem),
          vocabulary: given(term.vocabulary),
          mesh: names.mesh(term.descriptorUi),
          serious: given(term.serious),
          related: given(term.related),
          fatal: given(term.fatal),
          narrative: given(term.narrative),
          counts: filled(
            (counts.get(term.id) ?? []).map((row) =>
              entry('adverse_event_count', row.id, {
                group: code(row.studyGroupId),
                analysis_set: optional(row.analysisSetId),
                timepoint: optional(row.timepointId),
                affected: given(row.affected),
                at_risk: given(row.atRisk),
                events: given(row.events),
                percent: given(row.percent),
                missing: given(row.missingReason),
                note: given(row.note),
              }),
            ),
          ),
        }),
      ),
    ),
  }
}

type Analysis = StudyRows['outcomeAnalysis'][number]
/** In the order of the database's closed list. */
const ROLES: readonly Role[] = ['experimental', 'reference', 'member', 'single', 'unstated']
type Role = StudyRows['analysisGroup'][number]['role']
type GroupEntries = { group: string; role: Role }[]

/** An analysis' groups by their roles; nothing where they are the two of its comparison, which need not be said. */
function analysisGroups(rows: StudyRows, { code }: FileNames): (analysis: Analysis) => GroupEntries | undefined {
  const ofAnalyses = groupedBy(rows.analysisGroup, ({ analysisId }) => analysisId)
  return ({ id, comparisonId }) => {
    const members = inOrderOf(ofAnalyses.get(id) ?? [], ({ studyGroupId }) => studyGroupId, rows.studyGroup)
    const sorted = [...members].sort((one, other) => ROLES.indexOf(one.role) - ROLES.indexOf(other.role))
    const comparison = rows.comparison.find((row) => row.id === comparisonId)
    const [first, second] = sorted
    const usual =
      sorted.length === 2 &&
      first?.role === 'experimental' &&
      first.studyGroupId === comparison?.experimentalGroupId &&
      second?.role === 'reference' &&
      second.studyGroupId === comparison?.referenceGroupId
    if (usual || (!comparison && sorted.length === 0)) return undefined
    return sorted.map(({ studyGroupId, role }) => ({ group: code(studyGroupId), role }))
  }
}
