import { digits, inWords, pRangesOf, printedInterval, reportedP, SCALE_OF } from '../analysis.ts'
import { checkInterval } from '../formulas/interval.ts'
import { canBeReportedAs } from '../formulas/reported-p.ts'
import { inconsistent, notCheckable } from '../observe.ts'
import type { Observation, Rule } from '../rule.ts'

export const intervalAgreesWithP: Rule = {
  id: 'interval-agrees-with-p',
  title: 'Intervals agree with p values',
  tests:
    'The p value that follows from an estimate and its interval is the one reported, over all values that round to those printed.',
  formula: 'SE = (upper − lower) / 2z, z = estimate / SE, on the log scale for ratios; p = 2 (1 − Φ(|z|))',
  source: 'Altman & Bland 2011, BMJ 343:d2304; a warning, as p may come from another test than the interval',
  severity: 'warning',
  *check(study): Iterable<Observation> {
    for (const row of study.rows.outcomeAnalysis) {
      const reported = reportedP(study, row)
      const interval = printedInterval(study, row)
      if (!reported) continue
      const at = { table: 'outcome_analysis', id: row.id, field: 'p_value' }
      const scale = row.measure === null ? undefined : SCALE_OF[row.measure]
      const found = interval && scale && checkInterval(interval.printed, { scale, level: interval.level })
      if (!interval) yield notCheckable(at, 'there is no estimate with an interval')
      else if (!scale) yield notCheckable(at, 'the measure has no scale on which its interval gives a p value')
      else if (!found) yield notCheckable(at, `the interval's ends are not on the ${scale} scale, or are the same`)
      else if (!pRangesOf(row.pSides, found.pRange).some((range) => canBeReportedAs(reported, range))) {
        const { estimate, lower, upper } = interval.printed
        yield inconsistent(
          at,
          `${estimate} (${lower} to ${upper}) gives p = ${digits(found.p)}, from ${digits(found.pRange[0])} to ${digits(found.pRange[1])} with rounding; reported is ${inWords(reported)}.`,
          { estimate, ci_lower: lower, ci_upper: upper, p_value: reported.value, computed: found.p },
        )
      }
    }
  },
}
