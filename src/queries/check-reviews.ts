import { checkReview } from '../checks/check-review.ts'
import { SEVERITIES } from '../checks/rule.ts'
import type { Transaction } from '../db/connect.ts'
import { readReview } from '../db/read-review.ts'
import { readStudy } from '../db/read-study.ts'
import { inSnapshot } from '../db/snapshot.ts'
import type { StudyRecord } from '../model/study-record.ts'
import { type CheckRow, type CheckSummary, checkRow } from './check-studies.ts'
import { type ReviewSelection, reviewSlugs } from './review-selection.ts'

/** Reviews, and the least severity that is shown. */
export interface ReviewCheckSelection extends Pick<ReviewSelection, 'reviews'> {
  readonly severity?: CheckRow['severity']
}

/**
 * Checks reviews against themselves and the studies that they include: are all decided on, is each exclusion explained,
 * does each chosen result give numbers, are covariates those of the studies.
 *
 * @throws EvidenceError REVIEW_NOT_FOUND
 */
export const checkReviews = (
  db: Transaction,
  { reviews = [], severity: least = 'note' }: ReviewCheckSelection = {},
): Promise<{ readonly rows: readonly CheckRow[]; readonly summary: CheckSummary & { readonly reviews: number } }> =>
  inSnapshot(db, async (tx) => {
    const rows: CheckRow[] = []
    const counts = { error: 0, warning: 0, note: 0 }
    const slugs = await reviewSlugs(tx, reviews)
    for (const slug of slugs) {
      const review = await readReview(tx, slug)
      if (!review) continue
      const studies = new Map<string, StudyRecord>()
      for (const { studyId } of review.rows.reviewStudy) {
        const study = studyId === null ? undefined : await readStudy(tx, studyId)
        if (study) studies.set(study.slug, study)
      }
      for (const finding of checkReview({ review, studies })) {
        counts[finding.severity]++
        if (SEVERITIES.indexOf(finding.severity) <= SEVERITIES.indexOf(least)) rows.push(checkRow(slug, finding, null))
      }
    }
    return { rows, summary: { ...counts, studies: 0, notCheckable: 0, waived: 0, reviews: slugs.length } }
  })
