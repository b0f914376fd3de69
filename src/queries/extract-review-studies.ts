import type { Transaction } from '../db/connect.ts'
import type { Choices } from './extraction/choices.ts'
import { type Columns, text } from './extraction/columns.ts'
import { extractionOf } from './extraction/extraction.ts'
import { ofReviews } from './review-selection.ts'
import { byKey, localKey, ofStudies } from './selection.ts'

export interface ReviewStudyRow {
  readonly review: string
  readonly study: string | null
  readonly label: string
  readonly decision: string
  readonly reason: string | null
  readonly covariates: string | null
  readonly results: string | null
  readonly citation: string | null
  readonly note: string | null
}

export const REVIEW_STUDY_COLUMNS: Columns<ReviewStudyRow> = {
  review: text('review.id', "the review's key"),
  study: text('study.id', "the study's key; empty for one that the database does not hold"),
  label: text('study.label, review_study.label', 'what it is called'),
  decision: text('review_study.decision', 'included, excluded, awaiting (not yet decided) or ongoing'),
  reason: text('review_study.reason', 'why'),
  covariates: text('review_study_covariate', "the study's values of the review's covariates: latitude = 44 degrees"),
  results: text('review_result', 'which outcome and comparison of the study answers which outcome of the review'),
  citation: text('review_study.citation', 'where a study that the database does not hold is reported'),
  note: text('review_study.note', 'what a reader of the row must know'),
}

export const REVIEW_STUDIES = extractionOf<ReviewStudyRow>(
  {
    table: 'review-studies',
    about: 'study that a review looked at, with the decision, covariates and results',
    columns: REVIEW_STUDY_COLUMNS,
    heeds: ['studies', 'review'],
  },
  async function* (tx, { choices }, seen) {
    const rows = await reviewStudyRows(tx, choices)
    seen(new Set(rows.map(({ study, label }) => study ?? label)).size)
    yield rows
  },
)

/**
 * One row per study that a review looked at, in the review's order: its decision with the reason, the values of the
 * review's covariates, and the results of the study that the review uses.
 *
 * @throws EvidenceError STUDY_NOT_FOUND, REVIEW_NOT_FOUND
 */
export const extractReviewStudies = REVIEW_STUDIES.extract

async function reviewStudyRows(db: Transaction, choices: Choices): Promise<ReviewStudyRow[]> {
  const where = {
    ...(await ofStudies(db, choices)),
    ...(await ofReviews(db, choices.review === undefined ? {} : { reviews: [choices.review] })),
  }
  const rows = await db.reviewStudy.findMany({
    where,
    include: {
      study: true,
      covariates: { include: { covariate: true } },
      results: { include: { reviewOutcome: true } },
    },
  })
  return rows
    .sort((one, other) => byKey(one.reviewId, other.reviewId) || one.position - other.position)
    .map((row): ReviewStudyRow => {
      const covariates = row.covariates
        .sort((one, other) => one.covariate.position - other.covariate.position)
        .map(({ covariate, number, text, missingReason }) =>
          [covariate.name, '=', number ?? text ?? missingReason, ...(number === null ? [] : [covariate.unit ?? ''])]
            .join(' ')
            .trimEnd(),
        )
      const results = row.results
        .sort((one, other) => byKey(one.id, other.id))
        .map(({ reviewOutcome, studyId, ...result }) => {
          const parts = [result.outcomeId, result.comparisonId, result.timepointId, result.analysisSetId]
          return `${reviewOutcome.label}: ${parts.flatMap((key) => (key === null ? [] : [localKey(studyId, key)])).join(', ')}`
        })
      return {
        review: row.reviewId,
        study: row.studyId,
        label: row.study?.label ?? row.label ?? localKey(row.reviewId, row.id),
        decision: row.decision,
        reason: row.reason,
        covariates: covariates.join('; ') || null,
        results: results.join('; ') || null,
        citation: row.citation,
        note: row.note,
      }
    })
}
