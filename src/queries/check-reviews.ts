import { checkReview } from '../checks/check-review.ts'
import type { Transaction } from '../db/connect.ts'
import { readReview } from '../db/read-review.ts'
import { readStudies } from '../db/read-study.ts'
import { inSnapshot } from '../db/snapshot.ts'
import type { StudyRecord } from '../model/study-record.ts'
import { type Checked, type CheckResult, checkedOf, resultOf, type ShownFindings, together } from './check-rows.ts'
import { type ReviewSelection, reviewSlugs } from './review-selection.ts'

export interface ReviewCheckSelection extends Pick<ReviewSelection, 'reviews'>, ShownFindings {}

/**
 * Checks reviews against themselves and the studies that they include: are all decided on, is each exclusion explained,
 * does each chosen result give numbers, are covariates those of the studies.
 *
 * @throws EvidenceError REVIEW_NOT_FOUND
 */
export const checkReviews = (db: Transaction, selection: ReviewCheckSelection = {}): Promise<CheckResult> =>
  inSnapshot(db, async (tx) => {
    const results: CheckResult[] = []
    for (const slug of await reviewSlugs(tx, selection.reviews ?? [])) {
      const checked = await checkedReview(tx, slug, selection)
      if (checked) results.push(resultOf('reviews', slug, checked))
    }
    return together(results)
  })

/** What is found in one review, with its studies; nothing where the review is gone. */
export async function checkedReview(tx: Transaction, slug: string, shown: ShownFindings): Promise<Checked | undefined> {
  const review = await readReview(tx, slug)
  if (!review) return undefined
  const studies = new Map<string, StudyRecord>()
  const slugs = review.rows.reviewStudy.flatMap(({ studyId }) => studyId ?? [])
  for await (const study of readStudies(tx, slugs)) studies.set(study.slug, study)
  return checkedOf(checkReview({ review, studies }), [], shown)
}
