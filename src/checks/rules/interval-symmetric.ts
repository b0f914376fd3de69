import { digits, printedInterval, SCALE_OF } from '../analysis.ts'
import { checkInterval } from '../formulas/interval.ts'
import { inconsistent, notCheckable } from '../observe.ts'
import type { Observation, Rule } from '../rule.ts'

export const intervalSymmetric: Rule = {
  id: 'interval-symmetric',
  title: 'Intervals symmetric on their scale',
  tests:
    'An estimate lies in the middle of its interval, within rounding: of ratios on the log scale, of correlations on Fisher’s z.',
  formula: 'upper + lower − 2 estimate = 0 on the scale',
  source: 'Altman & Bland 2011, BMJ 343:d2304; a warning, as exact, score and bootstrap intervals are not symmetric',
  severity: 'warning',
  *check(study): Iterable<Observation> {
    for (const row of study.rows.outcomeAnalysis) {
      const interval = printedInterval(study, row)
      if (!interval) continue
      const at = { table: 'outcome_analysis', id: row.id, field: 'estimate' }
      const scale = row.measure === null ? undefined : SCALE_OF[row.measure]
      if (!scale) {
        yield notCheckable(
          at,
          row.measure === null
            ? 'the measure is not stated'
            : `intervals of a ${row.measure.replaceAll('_', ' ')} need not be symmetric on any scale`,
        )
        continue
      }
      const found = checkInterval(interval.printed, { scale, level: interval.level })
      if (!found) yield notCheckable(at, `the interval's ends are not on the ${scale} scale, or are the same`)
      else if (found.containsEstimate && (found.asymmetryRange[0] > 0 || found.asymmetryRange[1] < 0)) {
        const { estimate, lower, upper } = interval.printed
        yield inconsistent(
          at,
          `${estimate} is not in the middle of ${lower} to ${upper} on the ${scale} scale: it is off by ${digits(Math.abs(found.asymmetry) * 50)} % of the width.`,
          { estimate, ci_lower: lower, ci_upper: upper, asymmetry: found.asymmetry },
        )
      }
    }
  },
}
