import { digits } from '../analysis.ts'
import { shareFits } from '../formulas/percentage.ts'
import { inconsistent, notCheckable } from '../observe.ts'
import type { Observation, Rule } from '../rule.ts'

export const percentageFits: Rule = {
  id: 'percentage-fits',
  title: 'Percentages of their counts',
  tests:
    'A percentage or proportion that is printed beside a count and its denominator is what they give, at the printed precision.',
  formula: '|100 · count / denominator − percentage| ≤ half a unit of its last digit, rounded either way',
  source: 'by definition; actuarial and other estimates need not be a count out of a denominator',
  severity: 'error',
  *check(study): Iterable<Observation> {
    for (const { id, affected, atRisk, percent } of study.rows.adverseEventCount) {
      if (percent === null || affected === null || atRisk === null || atRisk === 0) continue
      const at = { table: 'adverse_event_count', id, field: 'percent' }
      const share = study.printed(at, percent)
      if (!shareFits(share, { count: affected, total: atRisk }, 100))
        yield inconsistent(at, `${affected} of ${atRisk} are ${digits((100 * affected) / atRisk)} %, not ${share} %.`, {
          affected,
          at_risk: atRisk,
          percent: share,
        })
    }
    for (const { id, outcomeId, events, total, proportion, method } of study.rows.outcomeMeasurement) {
      if (proportion === null) continue
      const at = { table: 'outcome_measurement', id, field: 'proportion' }
      if (events === null || total === null || total === 0) continue
      const share = study.printed(at, proportion)
      const shown = { events, total, proportion: share }
      if (study.outcome(outcomeId)?.kind === 'time_to_event' || method !== null)
        yield notCheckable(at, 'the proportion was estimated, which need not be a count out of a total', shown)
      else if (!shareFits(share, { count: events, total }, 1))
        yield inconsistent(at, `${events} of ${total} are ${digits(events / total)}, not ${share}.`, shown)
    }
  },
}
