import { found } from './found.ts'
import type { CheckedReview, ReviewRule } from './review-rule.ts'
import { reviewCovariates } from './review-rules/review-covariates.ts'
import { reviewDecided } from './review-rules/review-decided.ts'
import { reviewExclusionsExplained } from './review-rules/review-exclusions-explained.ts'
import { reviewResultsChosen } from './review-rules/review-results-chosen.ts'
import { reviewResultsClear } from './review-rules/review-results-clear.ts'
import { reviewStudiesHeld } from './review-rules/review-studies-held.ts'
import type { Finding } from './rule.ts'

/** Every rule of reviews, in the order in which they are listed. A new rule is a file of its own and a line here. */
export const REVIEW_RULES: readonly ReviewRule[] = [
  reviewStudiesHeld,
  reviewDecided,
  reviewExclusionsExplained,
  reviewResultsChosen,
  reviewResultsClear,
  reviewCovariates,
]

/** Everything that the rules find in a review and in how it uses its studies, rule by rule, in the order of its rows. */
export function checkReview(checked: CheckedReview): readonly Finding[] {
  const { slug, rows } = checked.review
  const labels = new Map(
    rows.reviewStudy.map(({ id, studyId, label }) => [
      id,
      label ?? checked.studies.get(studyId ?? '')?.rows.study[0]?.label ?? id.slice(slug.length + 1),
    ]),
  )
  const studyOf = new Map(rows.reviewResult.map(({ id, reviewStudyId }) => [id, reviewStudyId]))
  return REVIEW_RULES.flatMap((rule) =>
    [...rule.check(checked)].map((observed) => {
      const { id } = observed.at
      const about = labels.get(studyOf.get(id) ?? id) ?? id
      return found(rule, observed, { row: id.slice(slug.length + 1), factId: null, about })
    }),
  )
}
