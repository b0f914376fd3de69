import { groupedBy } from '../../model/grouped-by.ts'
import { inconsistent, notCheckable, remark } from '../observe.ts'
import type { Observation, Rule } from '../rule.ts'

export const categoriesSumToTotal: Rule = {
  id: 'categories-sum-to-total',
  title: 'Categories sum to the total',
  tests:
    'The reported categories of a baseline characteristic are not more than the participants; a remark where they are fewer.',
  formula: 'Σ counts ≤ total, without categories of ours',
  source: 'by definition, where a participant is in one category; a warning because of characteristics with several',
  severity: 'warning',
  *check({ rows, size }): Iterable<Observation> {
    const categories = rows.baselineMeasurement.filter(({ category }) => category !== null)
    const keyOf = (row: (typeof categories)[number]) =>
      `${row.characteristic}\n${row.studyGroupId}\n${row.analysisSetId}`
    for (const all of groupedBy(categories, keyOf).values()) {
      const reported = all.filter(({ derived, count }) => !derived && count !== null)
      const [first] = reported
      if (!first) continue
      const at = { table: 'baseline_measurement', id: first.id, field: 'count' }
      const total = first.total ?? size(first.studyGroupId, first.analysisSetId)
      const counts = reported.map(({ count }) => count ?? 0)
      const sum = counts.reduce((whole, count) => whole + count, 0)
      const shown = { parts: counts.join(' + '), sum, total }
      const says = `${reported.map(({ count, category }) => `${count} ${category}`).join(' + ')} = ${sum}`
      if (total === undefined) yield notCheckable(at, 'the total is not given', shown)
      else if (reported.some((row) => row.total !== null && row.total !== total))
        yield notCheckable(at, 'the categories have different totals', shown)
      else if (sum > total)
        yield inconsistent(
          at,
          `${says} are more than all ${total}, unless a participant can be in several categories.`,
          shown,
        )
      else if (all.some(({ count }) => count === null))
        yield notCheckable(at, 'the count of a category is missing', shown)
      else if (sum < total)
        yield remark(at, `${says} of ${total}; the report doesn't itemise the other ${total - sum}.`, shown)
    }
  },
}
