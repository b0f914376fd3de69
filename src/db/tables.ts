import type { ReviewRows } from '../model/review-record.ts'
import type { PublicationRows, StudyRows, VocabularyRows } from '../model/study-record.ts'

/**
 * How each table is saved: its key, in the client's names, and for tables with other unique keys how a row
 * steps aside while the rows around it change places.
 */
export interface TableRule {
  readonly key: readonly string[]
  /** SQL that frees the row's other unique keys. */
  readonly stepAside?: string
  /** The fields that point at other rows of the same table. */
  readonly within?: readonly string[] | undefined
  /** Whether the database numbers the rows itself. */
  readonly counted?: boolean
}

type Rules<T> = { readonly [K in keyof T]: TableRule }

const byId: TableRule = { key: ['id'] }
const byPosition: TableRule = { key: ['publicationId', 'position'] }

/** A publication's tables, parents first. */
export const PUBLICATION_TABLES: Rules<PublicationRows> = {
  publication: { key: ['id'], stepAside: '"pmid" = NULL, "doi" = NULL, "pmcid" = NULL' },
  source: byId,
  publicationText: { key: ['id'], stepAside: '"position" = -"position"' },
  authorship: byPosition,
  publicationType: byPosition,
  publicationLink: byPosition,
  substance: byPosition,
  keyword: byPosition,
  publicationMesh: byPosition,
}

/** A study's tables, parents first. */
export const STUDY_TABLES: Rules<StudyRows> = {
  study: byId,
  studyIdentifier: { key: ['studyId', 'registry', 'value'] },
  studyPublication: { key: ['studyId', 'publicationId'] },
  studyText: byId,
  studyReference: { key: ['studyId', 'position'] },
  studyCondition: byId,
  eligibilityCriterion: byId,
  covariate: byId,
  intervention: byId,
  arm: byId,
  armLabel: { key: ['armId', 'position'] },
  armIntervention: byId,
  analysisSet: byId,
  subgroup: { key: ['id'], stepAside: `"level" = "level" || ' (stepping aside)'` },
  studyGroup: byId,
  studyGroupArm: { key: ['studyGroupId', 'armId'] },
  studyGroupSubgroup: { key: ['studyGroupId', 'subgroupId'] },
  comparison: byId,
  enrolment: byId,
  followUp: byId,
  participantFlow: byId,
  baselineMeasurement: byId,
  timepoint: byId,
  outcome: { key: ['id'], within: ['parentId', 'partOfId', 'plannedAsId'] },
  outcomeMeasurement: byId,
  outcomeAnalysis: byId,
  analysisGroup: { key: ['analysisId', 'studyGroupId'] },
  adverseEventTerm: { key: ['id'], within: ['parentId'] },
  adverseEventCount: byId,
  riskOfBias: byId,
  quote: byId,
  fact: byId,
  quoteLink: { key: ['factId', 'position'] },
  derivation: { key: ['factId'] },
  derivationInput: { key: ['derivationId', 'name'] },
  correction: { key: ['factId'] },
  extraction: byId,
  waiver: byId,
}

/** A review's tables, parents first. */
export const REVIEW_TABLES: Rules<ReviewRows> = {
  review: byId,
  reviewPublication: { key: ['reviewId', 'publicationId'] },
  reviewCriterion: byId,
  reviewOutcome: byId,
  reviewCovariate: byId,
  reviewStudy: byId,
  reviewStudyCovariate: { key: ['reviewStudyId', 'covariateId'] },
  reviewResult: byId,
}

export const VOCABULARY_TABLES: Rules<VocabularyRows> = {
  meshDescriptor: { key: ['ui'] },
  meshQualifier: { key: ['ui'] },
  author: byId,
  appraisalTool: byId,
  appraisalDomain: byId,
  appraisalJudgement: byId,
}

/** What is known of the vocabularies, beyond what studies name; no study's file owns it. */
export const TERM_TABLES = {
  meshTreeNumber: { key: ['treeNumber'] },
  meshEntryTerm: { key: ['descriptorUi', 'term'] },
} satisfies Readonly<Record<string, TableRule>>

/** What was done to the database. */
export const PROCESS_TABLES = {
  importRun: { key: ['id'], counted: true },
  importedRecord: { key: ['key'] },
  recordIdentifier: { key: ['recordKey', 'position'] },
  reportDecision: { key: ['recordKey', 'studyId'] },
  checkRun: { key: ['id'], counted: true },
  finding: { key: ['id'], counted: true },
} satisfies Readonly<Record<string, TableRule>>

/** Every table, parents first. A test holds it equal to the schema. */
export const ALL_TABLES: readonly (readonly [table: string, rule: TableRule])[] = Object.entries({
  ...VOCABULARY_TABLES,
  ...TERM_TABLES,
  ...PUBLICATION_TABLES,
  ...STUDY_TABLES,
  ...REVIEW_TABLES,
  ...PROCESS_TABLES,
})

/** A name of the client's in the database: outcomeMeasurement → outcome_measurement. */
export const sqlName = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
