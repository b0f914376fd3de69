import { inconsistent } from '../observe.ts'
import { atStudy, type ReviewRule } from '../review-rule.ts'

export const reviewStudiesHeld: ReviewRule = {
  id: 'review-studies-held',
  title: 'Included studies are there',
  tests: 'Each study that a review includes is in the database.',
  formula: 'decision = included ⇒ the study is held',
  source: 'by definition',
  severity: 'error',
  *check({ review: { rows }, studies }) {
    for (const { id, decision, studyId } of rows.reviewStudy)
      if (decision === 'included' && (studyId === null || !studies.has(studyId)))
        yield inconsistent(atStudy(id, 'study_id'), 'It is included, and the database does not hold it.', {})
  },
}
