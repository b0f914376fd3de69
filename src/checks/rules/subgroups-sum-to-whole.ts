import { groupedBy } from '../../model/grouped-by.ts'
import { inconsistent, notCheckable, remark } from '../observe.ts'
import type { Observation, Rule } from '../rule.ts'

export const subgroupsSumToWhole: Rule = {
  id: 'subgroups-sum-to-whole',
  title: 'Subgroups sum to the whole',
  tests:
    'What is counted in the levels of a factor is not more than what is counted in the group that they divide; a remark where it is less.',
  formula: 'Σ levels ≤ whole',
  source: 'by definition: a participant has one level of a factor',
  severity: 'error',
  *check({ counts, rows, group }): Iterable<Observation> {
    const factors = new Map(rows.subgroup.map(({ id, factor }) => [id, factor]))
    const divided = counts.filter(({ value, group: of }) => value !== null && of.subgroups.length <= 1)
    for (const same of groupedBy(divided, ({ quantity, group: of }) => `${quantity}\n${of.armsKey}`).values()) {
      const whole = same.find(({ group: of }) => of.subgroups.length === 0)
      const levels = groupedBy(
        same.filter(({ group: of }) => of.subgroups.length === 1),
        ({ group: of }) => factors.get(of.subgroupsKey) ?? '',
      )
      for (const [factor, parts] of levels) {
        const once = [...new Map(parts.map((part) => [part.group.subgroupsKey, part])).values()]
        const [first] = once
        if (!first) continue
        if (!whole) {
          yield notCheckable(
            first.at,
            `the whole that ${group(first.group.id).label} is part of is not counted in the same way`,
          )
          continue
        }
        const values = once.map(({ value }) => value ?? 0)
        const sum = values.reduce((all, value) => all + value, 0)
        const all = whole.value ?? 0
        const shown = { whole: all, parts: values.join(' + '), sum }
        const says = `The levels of ${factor} have ${values.length > 1 ? `${values.join(' + ')} = ` : ''}${sum}`
        if (sum > all) yield inconsistent(whole.at, `${says}, the whole ${all}.`, shown)
        else if (sum < all) yield remark(whole.at, `${says} of ${all}; the other ${all - sum} are not itemised.`, shown)
      }
    }
  },
}
