import { digits } from '../analysis.ts'
import { debit } from '../formulas/debit.ts'
import { inconsistent, notCheckable } from '../observe.ts'
import type { Observation, Rule } from '../rule.ts'
import { placeOf, summariesOf } from '../summaries.ts'

export const binarySd: Rule = {
  id: 'binary-sd',
  title: 'SDs of zeros and ones (DEBIT)',
  tests: 'The SD of a dichotomous outcome is the one that its mean gives.',
  formula: 'sd = √(n / (n − 1) · mean (1 − mean)), over all values that round to those printed',
  source: 'Heathers & Brown 2019',
  severity: 'warning',
  *check(study): Iterable<Observation> {
    for (const summary of summariesOf(study)) {
      const { mean, sd, n, values } = summary
      if (mean === null || sd === null || values !== 'zero-or-one') continue
      const at = placeOf(summary, 'sd')
      if (n === undefined || n < 2) {
        yield notCheckable(at, 'the number of participants is not given, or below 2')
        continue
      }
      const printed = { mean: study.printed(placeOf(summary, 'mean'), mean), sd: study.printed(at, sd) }
      const { consistent, low, high } = debit(printed.mean, printed.sd, n)
      if (!consistent)
        yield inconsistent(
          at,
          `Zeros and ones of ${n} with mean ${printed.mean} have an SD from ${digits(low)} to ${digits(high)}, not ${printed.sd}.`,
          { ...printed, n },
        )
    }
  },
}
