import { grimmer } from '../formulas/grimmer.ts'
import { inconsistent, notCheckable } from '../observe.ts'
import type { Observation, Rule } from '../rule.ts'
import { placeOf, summariesOf } from '../summaries.ts'

export const sdPossible: Rule = {
  id: 'sd-possible',
  title: 'SDs of whole numbers (GRIMMER)',
  tests: 'Whole numbers of that many participants can have the mean and the SD that are printed.',
  formula: 'n q − s² within n (n − 1) (sd ± ½ unit)² for a sum s that gives the mean and a whole q of the same parity',
  source: 'Anaya 2016; Allard 2018',
  severity: 'warning',
  *check(study): Iterable<Observation> {
    for (const summary of summariesOf(study)) {
      const { mean, sd, n, values } = summary
      if (mean === null || sd === null || sd < 0 || values === 'zero-or-one') continue
      const at = placeOf(summary, 'sd')
      if (values === 'unknown') yield notCheckable(at, 'the values are not known to be whole numbers')
      else if (n === undefined || n < 2) yield notCheckable(at, 'the number of participants is not given, or below 2')
      else {
        const printed = { mean: study.printed(placeOf(summary, 'mean'), mean), sd: study.printed(at, sd) }
        const { reason } = grimmer(printed.mean, printed.sd, n)
        if (reason === 'grim') yield notCheckable(at, 'the mean itself is not possible', { ...printed, n })
        else if (reason === 'grimmer')
          yield inconsistent(at, `No ${n} whole numbers with mean ${printed.mean} have the SD ${printed.sd}.`, {
            ...printed,
            n,
          })
      }
    }
  },
}
