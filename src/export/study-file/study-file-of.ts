import { EvidenceError } from '../../errors.ts'
import { groupedBy } from '../../model/grouped-by.ts'
import { STUDY_FILE_FORMAT, type StudyFile } from '../../model/study-file.ts'
import type { StudyRecord, StudyRows } from '../../model/study-record.ts'
import { type FileNames, fileNames } from './file-names.ts'
import { inNumberOrder, inOrder, inOrderOf } from './in-order.ts'
import { filled, given, present } from './present.ts'
import { type ProvenanceEntries, provenanceEntries } from './provenance-entries.ts'
import { publicationEntries } from './publication-entries.ts'
import { refNames } from './ref-names.ts'
import { orReason, orReasonGiven, resultEntries } from './result-entries.ts'

/**
 * The study file that a record was made of: its canonical form, with keys in the order of the schema and lists in the
 * order of the database. Reading it makes the same record. What a file says and the database doesn't keep is made anew:
 * the names by which formulas and waivers call rows (`ref`), and which fields share one link to a quote. Comments are lost.
 *
 * @throws EvidenceError STUDY_FROM_REGISTRY  the record was made of a registry's
 */
export function studyFileOf(record: StudyRecord): StudyFile {
  const { slug, rows } = record
  const [study] = rows.study
  if (!study) throw new Error(`the record of ${slug} has no study`)
  if (study.registry !== null)
    throw new EvidenceError(
      'STUDY_FROM_REGISTRY',
      `${slug} was read from a record of ${study.registry}, and no study file can hold all that it says. Keep the record, and import it where the study is wanted.`,
    )
  const names = fileNames(record)
  const provenance = provenanceEntries(record, names, refNames(record, names))
  return present({
    format: STUDY_FILE_FORMAT,
    study: studyEntry(study, rows, provenance),
    publications: publicationEntries(record, names),
    quotes: provenance.quotes,
    ...describingEntries(rows, names, provenance),
    ...groupEntries(rows, names, provenance),
    ...resultEntries(record, names, provenance),
    risk_of_bias: riskOfBiasEntries(record, names, provenance),
    extractions: inNumberOrder(rows.extraction).map(({ role, extractedBy, extractedOn, note }) =>
      present({ role, by: extractedBy, date: extractedOn, note: given(note) }),
    ),
    waivers: provenance.waivers,
  })
}

/** Judgements, each with the version of its tool, so that a newer one doesn't change what they mean. */
function riskOfBiasEntries(
  { vocabulary, rows }: StudyRecord,
  { code }: FileNames,
  provenance: ProvenanceEntries,
): StudyFile['risk_of_bias'] {
  const tools = new Map(vocabulary.appraisalTool.map((tool) => [tool.id, tool]))
  return filled(
    inNumberOrder(rows.riskOfBias).map((row) =>
      provenance.of('risk_of_bias', code(row.id), {
        tool: tools.get(row.toolId)?.code ?? row.toolId,
        version: tools.get(row.toolId)?.version,
        on:
          row.outcomeId !== null
            ? code(row.outcomeId)
            : row.outcomeMeasurementId !== null
              ? provenance.ref('outcome_measurement', code(row.outcomeMeasurementId))
              : row.outcomeAnalysisId !== null
                ? provenance.ref('outcome_analysis', code(row.outcomeAnalysisId))
                : undefined,
        domain: row.domainId.slice(row.toolId.length + 1),
        judgement: row.judgement.slice(row.toolId.length + 1),
        support: given(row.support),
        assessor: given(row.assessor),
      }),
    ),
  )
}

const studyEntry = (
  study: StudyRows['study'][number],
  { studyIdentifier }: StudyRows,
  provenance: ProvenanceEntries,
): StudyFile['study'] =>
  provenance.of('study', study.id, {
    slug: study.id,
    label: study.label,
    title: study.title,
    acronym: given(study.acronym),
    type: study.type,
    allocation: orReason(study.allocation, study.allocationMissingReason),
    intervention_model: orReason(study.interventionModel, study.interventionModelMissingReason),
    masking: orReason(study.masking, study.maskingMissingReason),
    phase: orReason(study.phase, study.phaseMissingReason),
    purpose: orReason(study.purpose, study.purposeMissingReason),
    objective: given(study.objective),
    authors_conclusion: given(study.authorsConclusion),
    start_date: given(study.startDate),
    end_date: given(study.endDate),
    identifiers: filled(
      studyIdentifier
        .map(({ registry, value }) => ({ registry, value }))
        .sort((one, other) => inWords(one.registry, other.registry) || inWords(one.value, other.value)),
    ),
    note: given(study.note),
  })

const inWords = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0)

const describingEntries = (
  rows: StudyRows,
  { code, mesh }: FileNames,
  provenance: ProvenanceEntries,
): Pick<StudyFile, 'conditions' | 'eligibility' | 'covariates'> => ({
  conditions: filled(
    inOrder(rows.studyCondition).map((row) =>
      provenance.of('study_condition', code(row.id), {
        code: code(row.id),
        name: row.name,
        mesh: mesh(row.descriptorUi),
      }),
    ),
  ),
  eligibility: filled(
    inOrder(rows.eligibilityCriterion).map((row) =>
      provenance.of('eligibility_criterion', code(row.id), { kind: row.kind, text: row.text }),
    ),
  ),
  covariates: filled(
    inOrder(rows.covariate).map((row) =>
      provenance.of('covariate', code(row.id), {
        code: code(row.id),
        name: row.name,
        number: given(row.number),
        text: given(row.text),
        unit: given(row.unit),
      }),
    ),
  ),
})

function groupEntries(
  rows: StudyRows,
  { code, mesh }: FileNames,
  provenance: ProvenanceEntries,
): Pick<StudyFile, 'interventions' | 'arms' | 'analysis_sets' | 'subgroups' | 'groups' | 'comparisons'> {
  const labels = groupedBy(inOrder(rows.armLabel), ({ armId }) => armId)
  const givens = groupedBy(inOrder(rows.armIntervention), ({ armId }) => armId)
  const arms = groupedBy(rows.studyGroupArm, ({ studyGroupId }) => studyGroupId)
  const subgroups = groupedBy(rows.studyGroupSubgroup, ({ studyGroupId }) => studyGroupId)
  return {
    interventions: filled(
      inOrder(rows.intervention).map((row) =>
        provenance.of('intervention', code(row.id), {
          code: code(row.id),
          name: row.name,
          kind: row.kind,
          description: given(row.description),
          mesh: mesh(row.descriptorUi),
        }),
      ),
    ),
    arms: filled(
      inOrder(rows.arm).map((arm) =>
        provenance.of('arm', code(arm.id), {
          code: code(arm.id),
          label: arm.label,
          role: arm.role,
          description: given(arm.description),
          printed_as: filled((labels.get(arm.id) ?? []).map(({ label }) => label)),
          interventions: filled(
            (givens.get(arm.id) ?? []).map((row) =>
              provenance.of('arm_intervention', code(row.id), {
                ref: provenance.ref('arm_intervention', code(row.id)),
                intervention: code(row.interventionId),
                dose: orReasonGiven(row.dose, row.doseMissingReason),
                dose_unit: given(row.doseUnit),
                route: orReasonGiven(row.route, row.routeMissingReason),
                schedule: orReasonGiven(row.schedule, row.scheduleMissingReason),
                note: given(row.note),
              }),
            ),
          ),
        }),
      ),
    ),
    analysis_sets: filled(
      inOrder(rows.analysisSet).map((row) =>
        provenance.of('analysis_set', code(row.id), {
          code: code(row.id),
          kind: row.kind,
          label: row.label,
          description: given(row.description),
        }),
      ),
    ),
    subgroups: filled(
      inOrder(rows.subgroup).map((row) =>
        provenance.of('subgroup', code(row.id), {
          code: code(row.id),
          factor: row.factor,
          level: row.level,
          mesh: mesh(row.descriptorUi),
        }),
      ),
    ),
    groups: filled(
      inOrder(rows.studyGroup).map((group) =>
        present({
          code: code(group.id),
          label: group.label,
          arms: inOrderOf(arms.get(group.id) ?? [], ({ armId }) => armId, rows.arm).map(({ armId }) => code(armId)),
          subgroups: filled(
            inOrderOf(subgroups.get(group.id) ?? [], ({ subgroupId }) => subgroupId, rows.subgroup).map(
              ({ subgroupId }) => code(subgroupId),
            ),
          ),
        }),
      ),
    ),
    comparisons: filled(
      inOrder(rows.comparison).map((row) => ({
        code: code(row.id),
        experimental: code(row.experimentalGroupId),
        reference: code(row.referenceGroupId),
      })),
    ),
  }
}
