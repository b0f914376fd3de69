import type { VocabularyRows } from './study-record.ts'

/** One version of a tool by which people judge studies, as the database's rows. */
export interface AppraisalVocabulary {
  readonly tool: VocabularyRows['appraisalTool'][number]
  readonly domains: VocabularyRows['appraisalDomain']
  readonly judgements: VocabularyRows['appraisalJudgement']
}
