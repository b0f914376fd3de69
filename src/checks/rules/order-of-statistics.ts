import { inconsistent } from '../observe.ts'
import { isAbove, rounded } from '../rounded-number.ts'
import type { Observation, Rule } from '../rule.ts'
import { placeOf, summariesOf } from '../summaries.ts'

/** From the smallest to the largest; the mean lies between the ends only. */
const ORDER = ['minimum', 'q1', 'median', 'q3', 'maximum'] as const

export const orderOfStatistics: Rule = {
  id: 'order-of-statistics',
  title: 'Quantiles in order',
  tests:
    'Smallest value, first quartile, median, third quartile and largest value are in order, and the mean lies between the ends.',
  formula: 'minimum ≤ q1 ≤ median ≤ q3 ≤ maximum; minimum ≤ mean ≤ maximum, within rounding',
  source: 'by definition',
  severity: 'error',
  *check(study): Iterable<Observation> {
    for (const summary of summariesOf(study)) {
      const chains = [ORDER, ['minimum', 'mean', 'maximum'] as const]
      for (const chain of chains) {
        const given = chain.flatMap((field) => {
          const value = summary[field]
          return value === null ? [] : [{ field, ...rounded(study.printed(placeOf(summary, field), value)) }]
        })
        for (const [index, larger] of given.entries()) {
          const smaller = given[index - 1]
          // Minimum and maximum are in both chains; they are compared with each other in the first.
          if (!smaller || (chain !== ORDER && smaller.field !== 'mean' && larger.field !== 'mean')) continue
          if (isAbove(smaller, larger))
            yield inconsistent(
              placeOf(summary, smaller.field),
              `The ${smaller.field} ${smaller.value} is above the ${larger.field} ${larger.value}.`,
              { [smaller.field]: smaller.value, [larger.field]: larger.value },
            )
        }
      }
    }
  },
}
