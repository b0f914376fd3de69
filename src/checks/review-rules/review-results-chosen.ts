import { inconsistent, remark } from '../observe.ts'
import { atStudy, type ReviewRule } from '../review-rule.ts'

export const reviewResultsChosen: ReviewRule = {
  id: 'review-results-chosen',
  title: 'Included studies have results',
  tests: 'A result is chosen of each study that a review includes; a note for each outcome that it has none of.',
  formula: 'decision = included ⇒ at least one result',
  source: 'PRISMA 2020, item 19; a warning, as a study may report none of the outcomes',
  severity: 'warning',
  *check({ review: { rows } }) {
    for (const { id, decision } of rows.reviewStudy) {
      if (decision !== 'included') continue
      const chosen = new Set(
        rows.reviewResult.filter(({ reviewStudyId }) => reviewStudyId === id).map((result) => result.reviewOutcomeId),
      )
      if (chosen.size === 0) yield inconsistent(atStudy(id), 'It is included, and no result of it is chosen.', {})
      else
        for (const outcome of rows.reviewOutcome)
          if (!chosen.has(outcome.id)) yield remark(atStudy(id), `No result of it answers "${outcome.label}".`, {})
    }
  },
}
