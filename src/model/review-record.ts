import type {
  Review,
  ReviewCovariate,
  ReviewCriterion,
  ReviewOutcome,
  ReviewPublication,
  ReviewResult,
  ReviewStudy,
  ReviewStudyCovariate,
} from '../generated/prisma/client.ts'
import type { PublicationRows, VocabularyRows } from './study-record.ts'

/** The rows that belong to one review and to nothing else, whole as they stand in the database. */
export interface ReviewRows {
  review: Review[]
  reviewPublication: ReviewPublication[]
  reviewCriterion: ReviewCriterion[]
  reviewOutcome: ReviewOutcome[]
  reviewCovariate: ReviewCovariate[]
  reviewStudy: ReviewStudy[]
  reviewStudyCovariate: ReviewStudyCovariate[]
  reviewResult: ReviewResult[]
}

/** A review with all that its file says, ready to be saved. The studies that it names must be in the database by then. */
export interface ReviewRecord {
  readonly slug: string
  readonly vocabulary: VocabularyRows
  readonly publications: readonly PublicationRows[]
  readonly rows: ReviewRows
}
