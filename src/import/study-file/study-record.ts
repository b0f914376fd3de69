import type { AppraisalVocabulary } from '../../model/appraisal-vocabulary.ts'
import { publicationKey, publicationRows, vocabularyRows } from '../../model/publication-rows.ts'
import { isMissing } from '../../model/study-file/values.ts'
import type { Missing, StudyFile } from '../../model/study-file.ts'
import type { StudyRecord, StudyRows } from '../../model/study-record.ts'
import { REGISTRY_COLUMNS } from '../rows/registry-columns.ts'
import { factRows } from './fact-rows.ts'
import { type PublicationOf, provenanceRows, quoteRows } from './provenance-rows.ts'
import { appraisalRows, riskOfBiasRows } from './risk-of-bias.ts'

/** The value of a field that may hold a reason in a value's place. */
const givenValue = <T>(given: T): Exclude<T, Missing | undefined> | null =>
  given === undefined || isMissing(given) ? null : (given as Exclude<T, Missing | undefined>)
const reasonOf = (given: unknown): Missing['missing'] | null => (isMissing(given) ? given.missing : null)

/** Makes the database's rows out of a checked study file. Keys are `<slug>/<code>`; result rows are numbered in the file's order. */
export function studyRecord(file: StudyFile, vocabularies: readonly AppraisalVocabulary[]): StudyRecord {
  const { slug } = file.study
  const publications = file.publications.map((entry) => ({ entry, id: publicationKey(slug, entry) }))
  const sources = publications.flatMap(({ entry, id }) => entry.sources.map((source) => ({ id, source })))
  const publicationOf: PublicationOf = {
    source: new Map(sources.map(({ id, source }) => [source.code, id])),
    section: new Map(
      sources.flatMap(({ id, source }) => (source.sections ?? []).map(({ code }) => [code, id] as const)),
    ),
  }
  return {
    slug,
    vocabulary: { ...vocabularyRows(file), ...appraisalRows(file, vocabularies) },
    publications: publications.map(({ entry, id }) => publicationRows(id, entry)),
    rows: {
      ...studyRows(file),
      studyPublication: publications.map(({ entry, id }, index) => ({
        studyId: slug,
        publicationId: id,
        position: index + 1,
        role: entry.role,
        code: entry.code,
      })),
      ...groupRows(file),
      ...resultRows(file),
      ...harmRows(file),
      studyText: [],
      studyReference: [],
      riskOfBias: riskOfBiasRows(file, vocabularies),
      quote: quoteRows(file, publicationOf),
      ...provenanceRows(file, new Map(publications.map(({ entry, id }) => [entry.code, id]))),
      extraction: file.extractions.map((extraction, index) => ({
        id: `${slug}/x${String(index + 1).padStart(5, '0')}`,
        studyId: slug,
        role: extraction.role,
        extractedBy: extraction.by,
        extractedOn: extraction.date,
        note: extraction.note ?? null,
      })),
    },
  }
}

/** What every row of a list has: the study, and the key that its code or number makes. */
const owned = (file: StudyFile) => {
  const studyId = file.study.slug
  return {
    studyId,
    key: (code: string) => `${studyId}/${code}`,
    optional: (code: string | undefined) => (code === undefined ? null : `${studyId}/${code}`),
  }
}

/** The keys of result rows, in the order in which the file gives them. */
const numberedKeys = (file: StudyFile, table: string) =>
  factRows(file)
    .filter((row) => row.table === table)
    .map((row) => `${file.study.slug}/${row.key}`)
    .values()

const next = (keys: Iterator<string>): string => {
  const { value, done } = keys.next()
  if (done) throw new Error('a row without a key')
  return value
}

function studyRows(
  file: StudyFile,
): Pick<StudyRows, 'study' | 'studyIdentifier' | 'studyCondition' | 'eligibilityCriterion' | 'covariate'> {
  const { study } = file
  const { studyId, key } = owned(file)
  const eligibilityKeys = numberedKeys(file, 'eligibility_criterion')
  return {
    study: [
      {
        id: studyId,
        label: study.label,
        title: study.title,
        acronym: study.acronym ?? null,
        type: study.type,
        allocation: givenValue(study.allocation),
        allocationMissingReason: reasonOf(study.allocation),
        interventionModel: givenValue(study.intervention_model),
        interventionModelMissingReason: reasonOf(study.intervention_model),
        masking: givenValue(study.masking),
        maskingMissingReason: reasonOf(study.masking),
        phase: givenValue(study.phase),
        phaseMissingReason: reasonOf(study.phase),
        purpose: givenValue(study.purpose),
        purposeMissingReason: reasonOf(study.purpose),
        objective: study.objective ?? null,
        authorsConclusion: study.authors_conclusion ?? null,
        startDate: study.start_date ?? null,
        endDate: study.end_date ?? null,
        note: study.note ?? null,
        ...REGISTRY_COLUMNS.study,
      },
    ],
    studyIdentifier: (study.identifiers ?? []).map(({ registry, value }) => ({ studyId, registry, value })),
    studyCondition: (file.conditions ?? []).map((condition, index) => ({
      id: key(condition.code),
      studyId,
      position: index + 1,
      name: condition.name,
      descriptorUi: condition.mesh?.ui ?? null,
    })),
    eligibilityCriterion: (file.eligibility ?? []).map((criterion, index) => ({
      id: next(eligibilityKeys),
      studyId,
      position: index + 1,
      kind: criterion.kind,
      text: criterion.text,
    })),
    covariate: (file.covariates ?? []).map((covariate, index) => ({
      id: key(covariate.code),
      studyId,
      position: index + 1,
      name: covariate.name,
      number: covariate.number ?? null,
      text: covariate.text ?? null,
      unit: covariate.unit ?? null,
    })),
  }
}

function groupRows(
  file: StudyFile,
): Pick<
  StudyRows,
  | 'intervention'
  | 'arm'
  | 'armLabel'
  | 'armIntervention'
  | 'analysisSet'
  | 'subgroup'
  | 'studyGroup'
  | 'studyGroupArm'
  | 'studyGroupSubgroup'
  | 'comparison'
> {
  const { studyId, key } = owned(file)
  const arms = file.arms ?? []
  const groups = file.groups ?? []
  return {
    intervention: (file.interventions ?? []).map((intervention, index) => ({
      id: key(intervention.code),
      studyId,
      position: index + 1,
      name: intervention.name,
      kind: intervention.kind,
      description: intervention.description ?? null,
      descriptorUi: intervention.mesh?.ui ?? null,
    })),
    arm: arms.map((arm, index) => ({
      id: key(arm.code),
      studyId,
      position: index + 1,
      label: arm.label,
      role: arm.role,
      description: arm.description ?? null,
    })),
    armLabel: arms.flatMap((arm) =>
      (arm.printed_as ?? []).map((label, index) => ({ armId: key(arm.code), studyId, position: index + 1, label })),
    ),
    armIntervention: arms.flatMap((arm) =>
      (arm.interventions ?? []).map((given, index) => ({
        id: key(`${arm.code}+${given.intervention}`),
        studyId,
        armId: key(arm.code),
        interventionId: key(given.intervention),
        position: index + 1,
        dose: givenValue(given.dose),
        doseUnit: given.dose_unit ?? null,
        doseMissingReason: reasonOf(given.dose),
        route: givenValue(given.route),
        routeMissingReason: reasonOf(given.route),
        schedule: givenValue(given.schedule),
        scheduleMissingReason: reasonOf(given.schedule),
        note: given.note ?? null,
      })),
    ),
    analysisSet: (file.analysis_sets ?? []).map((set, index) => ({
      id: key(set.code),
      studyId,
      position: index + 1,
      kind: set.kind,
      label: set.label,
      description: set.description ?? null,
    })),
    subgroup: (file.subgroups ?? []).map((subgroup, index) => ({
      id: key(subgroup.code),
      studyId,
      position: index + 1,
      factor: subgroup.factor,
      level: subgroup.level,
      descriptorUi: subgroup.mesh?.ui ?? null,
    })),
    studyGroup: groups.map((group, index) => ({
      id: key(group.code),
      studyId,
      position: index + 1,
      label: group.label,
      ...REGISTRY_COLUMNS.studyGroup,
    })),
    studyGroupArm: groups.flatMap((group) =>
      group.arms.map((arm) => ({ studyGroupId: key(group.code), armId: key(arm), studyId })),
    ),
    studyGroupSubgroup: groups.flatMap((group) =>
      (group.subgroups ?? []).map((subgroup) => ({
        studyGroupId: key(group.code),
        subgroupId: key(subgroup),
        studyId,
      })),
    ),
    comparison: (file.comparisons ?? []).map((comparison, index) => ({
      id: key(comparison.code),
      studyId,
      position: index + 1,
      experimentalGroupId: key(comparison.experimental),
      referenceGroupId: key(comparison.reference),
    })),
  }
}

const isDerived = (entry: { readonly derived?: readonly unknown[] | undefined }) => (entry.derived ?? []).length > 0

function resultRows(
  file: StudyFile,
): Pick<
  StudyRows,
  | 'enrolment'
  | 'followUp'
  | 'participantFlow'
  | 'baselineMeasurement'
  | 'timepoint'
  | 'outcome'
  | 'outcomeMeasurement'
  | 'outcomeAnalysis'
  | 'analysisGroup'
> {
  const { studyId, key, optional } = owned(file)
  const keys = (table: string) => numberedKeys(file, table)
  const [followUp, flow, baseline] = [keys('follow_up'), keys('participant_flow'), keys('baseline_measurement')]
  const [measurements, analyses, analysesAgain] = [
    keys('outcome_measurement'),
    keys('outcome_analysis'),
    keys('outcome_analysis'),
  ]
  const outcomes = file.outcomes ?? []
  return {
    enrolment: (file.enrolment ?? []).map((entry) => ({
      id: key(`${entry.group}+${entry.analysis_set}`),
      studyId,
      studyGroupId: key(entry.group),
      analysisSetId: key(entry.analysis_set),
      participants: givenValue(entry.participants),
      derived: isDerived(entry),
      missingReason: reasonOf(entry.participants),
      note: entry.note ?? null,
      ...REGISTRY_COLUMNS.enrolment,
    })),
    followUp: (file.follow_up ?? []).map((entry) => ({
      id: next(followUp),
      studyId,
      studyGroupId: key(entry.group),
      statistic: entry.statistic,
      basis: entry.basis,
      value: entry.value,
      unit: entry.unit,
    })),
    participantFlow: (file.flow ?? []).map((entry) => ({
      id: next(flow),
      studyId,
      studyGroupId: key(entry.group),
      period: entry.period ?? null,
      milestone: entry.milestone,
      reason: entry.reason ?? null,
      participants: givenValue(entry.participants),
      derived: isDerived(entry),
      missingReason: reasonOf(entry.participants),
      ...REGISTRY_COLUMNS.participantFlow,
    })),
    baselineMeasurement: (file.baseline ?? []).map((entry) => ({
      id: next(baseline),
      studyId,
      studyGroupId: key(entry.group),
      analysisSetId: optional(entry.analysis_set),
      characteristic: entry.characteristic,
      category: entry.category ?? null,
      unit: entry.unit ?? null,
      count: entry.count ?? null,
      total: entry.total ?? null,
      mean: entry.mean ?? null,
      sd: entry.sd ?? null,
      median: entry.median ?? null,
      q1: entry.q1 ?? null,
      q3: entry.q3 ?? null,
      minimum: entry.minimum ?? null,
      maximum: entry.maximum ?? null,
      derived: isDerived(entry),
      missingReason: entry.missing ?? null,
      note: entry.note ?? null,
      ...REGISTRY_COLUMNS.baselineMeasurement,
    })),
    timepoint: (file.timepoints ?? []).map((entry, index) => ({
      id: key(entry.code),
      studyId,
      position: index + 1,
      kind: entry.kind,
      label: entry.label,
      fromTime: entry.from ?? null,
      toTime: entry.to ?? null,
      unit: entry.unit ?? null,
    })),
    outcome: outcomes.map((outcome, index) => ({
      id: key(outcome.code),
      studyId,
      position: index + 1,
      label: outcome.label,
      kind: outcome.kind,
      role: outcome.role,
      direction: outcome.direction,
      definition: outcome.definition ?? null,
      unit: outcome.unit ?? null,
      parentId: optional(outcome.within),
      ...REGISTRY_COLUMNS.outcome,
    })),
    outcomeMeasurement: outcomes.flatMap((outcome) =>
      (outcome.measurements ?? []).map((entry) => ({
        id: next(measurements),
        studyId,
        outcomeId: key(outcome.code),
        studyGroupId: key(entry.group),
        analysisSetId: optional(entry.analysis_set),
        timepointId: optional(entry.timepoint),
        events: entry.events ?? null,
        total: entry.total ?? null,
        personTime: entry.person_time ?? null,
        personTimeUnit: entry.person_time_unit ?? null,
        mean: entry.mean ?? null,
        sd: entry.sd ?? null,
        se: entry.se ?? null,
        median: entry.median ?? null,
        q1: entry.q1 ?? null,
        q3: entry.q3 ?? null,
        minimum: entry.minimum ?? null,
        maximum: entry.maximum ?? null,
        proportion: entry.proportion ?? null,
        ciLower: entry.ci_lower ?? null,
        ciUpper: entry.ci_upper ?? null,
        ciLevel: entry.ci_level ?? null,
        method: entry.method ?? null,
        derived: isDerived(entry),
        missingReason: entry.missing ?? null,
        note: entry.note ?? null,
        ...REGISTRY_COLUMNS.outcomeMeasurement,
      })),
    ),
    outcomeAnalysis: outcomes.flatMap((outcome) =>
      (outcome.analyses ?? []).map((entry) => ({
        id: next(analyses),
        studyId,
        outcomeId: key(outcome.code),
        timepointId: optional(entry.timepoint),
        analysisSetId: optional(entry.analysis_set),
        comparisonId: optional(entry.comparison),
        measure: entry.measure ?? null,
        estimate: entry.estimate ?? null,
        ciLower: entry.ci_lower ?? null,
        ciUpper: entry.ci_upper ?? null,
        ciLevel: entry.ci_level ?? null,
        pOperator: entry.p_operator ?? null,
        pValue: entry.p_value ?? null,
        pText: entry.p_text ?? null,
        pSides: entry.p_sides ?? null,
        method: givenValue(entry.method),
        methodMissingReason: reasonOf(entry.method),
        finding: entry.finding ?? null,
        findingDirection: entry.finding_direction ?? null,
        corrected: (entry.corrections ?? []).length > 0,
        derived: isDerived(entry),
        missingReason: entry.missing ?? null,
        note: entry.note ?? null,
        ...REGISTRY_COLUMNS.outcomeAnalysis,
      })),
    ),
    analysisGroup: outcomes.flatMap((outcome) =>
      (outcome.analyses ?? []).flatMap((entry) => {
        const analysisId = next(analysesAgain)
        return rolesOf(file, entry).map(({ group, role }) => ({ analysisId, studyGroupId: key(group), studyId, role }))
      }),
    ),
  }
}

type AnalysisEntry = NonNullable<NonNullable<StudyFile['outcomes']>[number]['analyses']>[number]

/** An analysis' groups: those that it lists, or the two of its comparison. */
function rolesOf(file: StudyFile, entry: AnalysisEntry): NonNullable<AnalysisEntry['groups']> {
  if (entry.groups) return entry.groups
  const comparison = file.comparisons?.find(({ code }) => code === entry.comparison)
  return comparison
    ? [
        { group: comparison.experimental, role: 'experimental' },
        { group: comparison.reference, role: 'reference' },
      ]
    : []
}

function harmRows(file: StudyFile): Pick<StudyRows, 'adverseEventTerm' | 'adverseEventCount'> {
  const { studyId, key, optional } = owned(file)
  const counts = numberedKeys(file, 'adverse_event_count')
  const terms = file.adverse_events ?? []
  return {
    adverseEventTerm: terms.map((term, index) => ({
      id: key(term.code),
      studyId,
      position: index + 1,
      term: term.term,
      parentId: optional(term.within),
      organSystem: term.organ_system ?? null,
      vocabulary: term.vocabulary ?? null,
      descriptorUi: term.mesh?.ui ?? null,
      serious: term.serious ?? null,
      related: term.related ?? null,
      fatal: term.fatal ?? null,
      narrative: term.narrative ?? null,
      ...REGISTRY_COLUMNS.adverseEventTerm,
    })),
    adverseEventCount: terms.flatMap((term) =>
      (term.counts ?? []).map((entry) => ({
        id: next(counts),
        studyId,
        termId: key(term.code),
        studyGroupId: key(entry.group),
        analysisSetId: optional(entry.analysis_set),
        timepointId: optional(entry.timepoint),
        affected: entry.affected ?? null,
        atRisk: entry.at_risk ?? null,
        events: entry.events ?? null,
        percent: entry.percent ?? null,
        derived: isDerived(entry),
        missingReason: entry.missing ?? null,
        note: entry.note ?? null,
      })),
    ),
  }
}
