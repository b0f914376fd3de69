import { digits } from '../analysis.ts'
import { largestSd } from '../formulas/largest-sd.ts'
import { inconsistent, notCheckable } from '../observe.ts'
import { rounded } from '../rounded-number.ts'
import type { Observation, Rule } from '../rule.ts'
import { placeOf, summariesOf } from '../summaries.ts'

export const sdWithinRange: Rule = {
  id: 'sd-within-range',
  title: 'SDs within their range',
  tests: 'An SD is not larger than the smallest and largest value allow with that mean.',
  formula: 'sd ≤ √((maximum − mean)(mean − minimum) n / (n − 1)), over all values that round to those printed',
  source: 'Bhatia & Davis 2000, Am Math Mon 107:353–357',
  severity: 'error',
  *check(study): Iterable<Observation> {
    for (const summary of summariesOf(study)) {
      const { mean, sd, n, minimum, maximum } = summary
      if (mean === null || sd === null) continue
      const at = placeOf(summary, 'sd')
      if (minimum === null || maximum === null) yield notCheckable(at, 'the smallest or the largest value is not given')
      else if (n === undefined || n < 2) yield notCheckable(at, 'the number of participants is not given, or below 2')
      else {
        const range = (field: 'mean' | 'sd' | 'minimum' | 'maximum', value: number) =>
          rounded(study.printed(placeOf(summary, field), value))
        const [middle, spread] = [range('mean', mean), range('sd', sd)]
        const ends = { minimum: range('minimum', minimum).low, maximum: range('maximum', maximum).high, n }
        // (maximum − x)(x − minimum) is largest halfway; within the mean's rounding, where it is nearest to that.
        const halfway = (ends.minimum + ends.maximum) / 2
        const bound = largestSd(Math.min(Math.max(halfway, middle.low), middle.high), ends)
        if (spread.low > bound)
          yield inconsistent(
            at,
            `The SD ${sd} is more than the ${digits(bound)} that values from ${minimum} to ${maximum} with mean ${mean} can have.`,
            { mean, sd, minimum, maximum, n },
          )
      }
    }
  },
}
