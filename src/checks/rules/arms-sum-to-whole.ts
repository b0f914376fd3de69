import { groupedBy } from '../../model/grouped-by.ts'
import type { Count } from '../indexed-study.ts'
import { inconsistent, notCheckable } from '../observe.ts'
import type { Observation, Rule } from '../rule.ts'

export const armsSumToWhole: Rule = {
  id: 'arms-sum-to-whole',
  title: 'Arms sum to the whole',
  tests:
    'What is counted in each arm sums to what is counted in all these arms together, in the same analysis set at the same time.',
  formula: 'Σ arms = whole; of some arms, Σ ≤ whole',
  source: 'by definition, where nobody is in two arms',
  severity: 'error',
  *check({ counts, rows }): Iterable<Observation> {
    const crossover = rows.study[0]?.interventionModel === 'crossover'
    for (const ofQuantity of groupedBy(counts, ({ quantity }) => quantity).values()) {
      const single = new Map<string, Count>()
      for (const count of ofQuantity)
        if (count.group.arms.length === 1 && count.value !== null && !single.has(keyOf(count)))
          single.set(keyOf(count), count)
      for (const whole of ofQuantity) {
        if (whole.group.arms.length < 2 || whole.value === null) continue
        const parts = whole.group.arms.flatMap((arm) => single.get(`${arm}\n${whole.group.subgroupsKey}`) ?? [])
        const values = parts.map(({ value }) => value ?? 0)
        const sum = values.reduce((all, value) => all + value, 0)
        const shown = { whole: whole.value, parts: values.join(' + '), sum }
        if (crossover) yield notCheckable(whole.at, 'participants of a crossover study are in several arms', shown)
        else if (parts.length === 0) yield notCheckable(whole.at, 'it is not given for any arm by itself', shown)
        else if (parts.length === whole.group.arms.length && sum !== whole.value)
          yield inconsistent(
            whole.at,
            `The arms have ${values.join(' + ')} = ${sum}, all together ${whole.value}.`,
            shown,
          )
        else if (sum > whole.value)
          yield inconsistent(
            whole.at,
            `${parts.length} of ${whole.group.arms.length} arms have ${values.join(' + ')} = ${sum} already, all together ${whole.value}.`,
            shown,
          )
        else if (parts.length < whole.group.arms.length)
          yield notCheckable(whole.at, `it is given for ${parts.length} of ${whole.group.arms.length} arms only`, shown)
      }
    }
  },
}

const keyOf = ({ group }: Count) => `${group.armsKey}\n${group.subgroupsKey}`
