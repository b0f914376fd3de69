import type { ReviewRecord } from '../model/review-record.ts'
import type { StudyRecord } from '../model/study-record.ts'
import type { Observation, Rule } from './rule.ts'

/** A review with the studies that it names, as far as they are there. */
export interface CheckedReview {
  readonly review: ReviewRecord
  readonly studies: ReadonlyMap<string, StudyRecord>
}

/** One test of a review against itself and its studies. It reads nothing else, and throws nothing. */
export type ReviewRule = Omit<Rule, 'check'> & { readonly check: (checked: CheckedReview) => Iterable<Observation> }

/** The row of a study in a review. */
export const atStudy = (id: string, field: string | null = null) => ({ table: 'review_study', id, field })
