import { remark } from '../observe.ts'
import { atStudy, type ReviewRule } from '../review-rule.ts'

export const reviewDecided: ReviewRule = {
  id: 'review-decided',
  title: 'Every study is decided on',
  tests: 'No study of a review still awaits a decision.',
  formula: 'decision ≠ awaiting',
  source: 'PRISMA 2020, item 16a',
  severity: 'note',
  *check({ review: { rows } }) {
    for (const { id, decision } of rows.reviewStudy)
      if (decision === 'awaiting') yield remark(atStudy(id, 'decision'), 'It awaits a decision.', {})
  },
}
