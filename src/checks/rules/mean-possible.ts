import { grim } from '../formulas/grim.ts'
import { inconsistent, notCheckable } from '../observe.ts'
import type { Observation, Rule } from '../rule.ts'
import { placeOf, summariesOf } from '../summaries.ts'

export const meanPossible: Rule = {
  id: 'mean-possible',
  title: 'Means of whole numbers (GRIM)',
  tests: 'A mean of whole numbers, or a proportion without its count, can come from that many participants.',
  formula: '|k / n − mean| ≤ ½ · 10^−decimals for some whole k; tells something only where n < 10^decimals',
  source: 'Brown & Heathers 2017, Soc Psychol Personal Sci 8:363–369',
  severity: 'warning',
  *check(study): Iterable<Observation> {
    for (const summary of summariesOf(study)) {
      const { mean, n, values } = summary
      if (mean === null) continue
      const at = placeOf(summary, 'mean')
      if (values === 'unknown') yield notCheckable(at, 'the values are not known to be whole numbers')
      else if (n === undefined || n < 1) yield notCheckable(at, 'the number of participants is not given')
      else yield* judged(at, study.printed(at, mean), n, 'mean of whole numbers')
    }
    for (const { id, outcomeId, proportion, events, total, method } of study.rows.outcomeMeasurement) {
      if (proportion === null || events !== null) continue
      const at = { table: 'outcome_measurement', id, field: 'proportion' }
      if (study.outcome(outcomeId)?.kind !== 'dichotomous' || method !== null)
        yield notCheckable(at, 'an estimated probability need not be a count out of a total')
      else if (total === null || total < 1) yield notCheckable(at, 'the number of participants is not given')
      else yield* judged(at, study.printed(at, proportion), total, 'proportion')
    }
  },
}

function* judged(at: Observation['at'], printed: string, n: number, what: string): Iterable<Observation> {
  const { consistent, informative } = grim(printed, n)
  if (!consistent)
    yield inconsistent(at, `No ${what} of ${n} participants is ${printed}.`, { [at.field ?? 'mean']: printed, n })
  else if (!informative) yield notCheckable(at, `with ${n} participants every such number is possible`, { n })
}
