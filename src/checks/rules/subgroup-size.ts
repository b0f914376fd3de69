import { groupedBy } from '../../model/grouped-by.ts'
import { inconsistent, notCheckable, remark } from '../observe.ts'
import type { Observation, Rule } from '../rule.ts'

export const subgroupSize: Rule = {
  id: 'subgroup-size',
  title: 'Subgroups against the baseline table',
  tests: 'The arms of a subgroup have together as many participants as the baseline table has in that category.',
  formula:
    'Σ over arms of the largest total ≤ count of the category whose name is the level and whose characteristic is the factor',
  source: 'by definition',
  severity: 'error',
  *check({ rows, group, counts }): Iterable<Observation> {
    const name = (...parts: readonly (string | null)[]) =>
      parts.map((part) => (part ?? '').trim().toLowerCase()).join('\n')
    const categories = groupedBy(
      rows.baselineMeasurement.filter(({ category, count }) => category !== null && count !== null),
      ({ characteristic, category }) => name(characteristic, category),
    )
    const sizes = counts.filter(
      ({ at, value, group: of }) =>
        value !== null &&
        of.subgroups.length === 1 &&
        ((at.table === 'outcome_measurement' && at.field === 'total') || at.table === 'enrolment'),
    )
    const bySubgroup = groupedBy(sizes, ({ group: of }) => of.subgroupsKey)
    for (const { id, factor, level } of rows.subgroup) {
      const inCategory = categories.get(name(factor, level)) ?? []
      const given = bySubgroup.get(id) ?? []
      if (given.length === 0) continue
      const [row] = inCategory
      if (!row) {
        const [first] = given
        if (first) yield notCheckable(first.at, `the baseline table has no ${factor} ${level}`)
        continue
      }
      for (const whole of inCategory) {
        const at = { table: 'baseline_measurement', id: whole.id, field: 'count' }
        const arms = group(whole.studyGroupId).arms
        const largest = arms.map((arm) =>
          given.reduce((most, { group: of, value }) => (of.armsKey === arm ? Math.max(most, value ?? 0) : most), -1),
        )
        const count = whole.count ?? 0
        const known = largest.filter((size) => size >= 0)
        const sum = known.reduce((all, size) => all + size, 0)
        const shown = { count, parts: known.join(' + '), sum }
        if (known.length === 0) yield notCheckable(at, `no total of ${level} is given for any of the arms`, shown)
        else if (sum > count)
          yield inconsistent(
            at,
            `Results have ${known.join(' + ')} = ${sum} with ${level}, the baseline table ${count}.`,
            shown,
          )
        else if (known.length < arms.length)
          yield notCheckable(at, `totals of ${level} are given for some of the arms only`, shown)
        else if (sum < count)
          yield remark(at, `Results have ${known.join(' + ')} = ${sum} of the ${count} with ${level}.`, shown)
      }
    }
  },
}
