import { beginCheckRun, endCheckRun, keepReviewFindings, keepStudyFindings } from '../db/check-run.ts'
import type { Database } from '../db/connect.ts'
import { inSnapshot } from '../db/snapshot.ts'
import { checkedReview } from './check-reviews.ts'
import { type CheckResult, resultOf, type ShownFindings, together } from './check-rows.ts'
import { checkedStudy } from './check-studies.ts'

/** The keys of what is checked, each of which is there. */
export interface CheckedKeys extends ShownFindings {
  readonly studies: readonly string[]
  readonly reviews: readonly string[]
}

/**
 * Checks studies and reviews, and keeps what is shown in `finding` in the place of what was kept of them before. Each study
 * is read, checked and kept in one transaction; a review is read as of one moment.
 *
 * @param run  the version whose rules run, and a clock
 */
export async function checkAndKeep(
  db: Database,
  { studies, reviews, ...shown }: CheckedKeys,
  run: { readonly version: string; readonly now: () => Date },
  onStudy: () => void = () => undefined,
): Promise<CheckResult> {
  const id = await beginCheckRun(db, run.version, run.now())
  const results: CheckResult[] = []
  for (const slug of studies) {
    const checked = await keepStudyFindings(db, id, slug, (record) => checkedStudy(record, shown))
    if (checked) results.push(resultOf('studies', slug, checked))
    onStudy()
  }
  for (const slug of reviews) {
    const checked = await inSnapshot(db, (tx) => checkedReview(tx, slug, shown))
    if (!checked) continue
    await keepReviewFindings(db, id, slug, checked.findings)
    results.push(resultOf('reviews', slug, checked))
  }
  const result = together(results)
  await endCheckRun(db, id, run.now(), { studies: result.summary.studies, reviews: result.summary.reviews })
  return result
}
