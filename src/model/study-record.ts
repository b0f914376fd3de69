import type {
  AdverseEventCount,
  AdverseEventTerm,
  AnalysisGroup,
  AnalysisSet,
  AppraisalDomain,
  AppraisalJudgement,
  AppraisalTool,
  Arm,
  ArmIntervention,
  ArmLabel,
  Author,
  Authorship,
  BaselineMeasurement,
  Comparison,
  Correction,
  Covariate,
  Derivation,
  DerivationInput,
  EligibilityCriterion,
  Enrolment,
  Extraction,
  Fact,
  FollowUp,
  Intervention,
  Keyword,
  MeshDescriptor,
  MeshQualifier,
  Outcome,
  OutcomeAnalysis,
  OutcomeMeasurement,
  ParticipantFlow,
  Publication,
  PublicationLink,
  PublicationMesh,
  PublicationText,
  PublicationType,
  Quote,
  QuoteLink,
  RiskOfBias,
  Source,
  Study,
  StudyCondition,
  StudyGroup,
  StudyGroupArm,
  StudyGroupSubgroup,
  StudyIdentifier,
  StudyPublication,
  StudyReference,
  StudyText,
  Subgroup,
  Substance,
  Timepoint,
  Waiver,
} from '../generated/prisma/client.ts'

/** The rows that belong to one study and to nothing else, whole as they stand in the database. */
export interface StudyRows {
  study: Study[]
  studyIdentifier: StudyIdentifier[]
  /** What the study itself says of its publications; not those that registrations and people tie to it. */
  studyPublication: Omit<StudyPublication, 'tiedBy' | 'reason'>[]
  studyText: StudyText[]
  studyReference: StudyReference[]
  studyCondition: StudyCondition[]
  eligibilityCriterion: EligibilityCriterion[]
  covariate: Covariate[]
  intervention: Intervention[]
  arm: Arm[]
  armLabel: ArmLabel[]
  armIntervention: ArmIntervention[]
  analysisSet: AnalysisSet[]
  subgroup: Subgroup[]
  studyGroup: StudyGroup[]
  studyGroupArm: StudyGroupArm[]
  studyGroupSubgroup: StudyGroupSubgroup[]
  comparison: Comparison[]
  enrolment: Enrolment[]
  followUp: FollowUp[]
  participantFlow: ParticipantFlow[]
  baselineMeasurement: BaselineMeasurement[]
  timepoint: Timepoint[]
  outcome: Outcome[]
  outcomeMeasurement: OutcomeMeasurement[]
  outcomeAnalysis: OutcomeAnalysis[]
  analysisGroup: AnalysisGroup[]
  adverseEventTerm: AdverseEventTerm[]
  adverseEventCount: AdverseEventCount[]
  riskOfBias: RiskOfBias[]
  quote: Quote[]
  fact: Fact[]
  quoteLink: QuoteLink[]
  derivation: Derivation[]
  derivationInput: DerivationInput[]
  correction: Correction[]
  extraction: Extraction[]
  waiver: Waiver[]
}

/** The rows that belong to one publication. */
export interface PublicationRows {
  publication: Publication[]
  source: Source[]
  publicationText: PublicationText[]
  authorship: Authorship[]
  publicationType: PublicationType[]
  publicationLink: PublicationLink[]
  substance: Substance[]
  keyword: Keyword[]
  publicationMesh: PublicationMesh[]
}

/** Rows that many studies share: never taken away by a study's reload. */
export interface VocabularyRows {
  meshDescriptor: Pick<MeshDescriptor, 'ui' | 'name' | 'scopeNote'>[]
  meshQualifier: Pick<MeshQualifier, 'ui' | 'name'>[]
  author: Author[]
  appraisalTool: AppraisalTool[]
  appraisalDomain: AppraisalDomain[]
  appraisalJudgement: AppraisalJudgement[]
}

/** A study with all that its file says, ready to be saved: every key made, every quote in its place. */
export interface StudyRecord {
  readonly slug: string
  readonly vocabulary: VocabularyRows
  readonly publications: readonly PublicationRows[]
  readonly rows: StudyRows
}
