import { inconsistent } from '../observe.ts'
import { atStudy, type ReviewRule } from '../review-rule.ts'

export const reviewExclusionsExplained: ReviewRule = {
  id: 'review-exclusions-explained',
  title: 'Every exclusion has its reason',
  tests: 'A study that a review leaves out has the reason beside it.',
  formula: 'decision = excluded ⇒ reason is given',
  source: 'PRISMA 2020, item 16b',
  severity: 'error',
  *check({ review: { rows } }) {
    for (const { id, decision, reason } of rows.reviewStudy)
      if (decision === 'excluded' && !reason?.trim())
        yield inconsistent(atStudy(id, 'reason'), 'It is excluded, and nobody says why.', {})
  },
}
