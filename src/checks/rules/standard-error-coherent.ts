import { normalQuantile } from '../../stats/distributions/normal-quantile.ts'
import { studentTQuantile } from '../../stats/distributions/student-t-quantile.ts'
import { digits } from '../analysis.ts'
import { inconsistent, notCheckable } from '../observe.ts'
import { type Rounded, rounded } from '../rounded-number.ts'
import type { Observation, Rule } from '../rule.ts'

const USUAL_LEVEL = 0.95

export const standardErrorCoherent: Rule = {
  id: 'standard-error-coherent',
  title: 'SD, SE and interval of a mean',
  tests:
    'The standard error of a mean is its SD over √n, and its interval is the mean ± t (or z) standard errors, within rounding.',
  formula: 'SE = SD / √n; upper − lower = 2 t SE with n − 1 degrees of freedom, or 2 z SE',
  source: 'Altman & Bland 2005, BMJ 331:903; a warning, as SE and interval may come from a model',
  severity: 'warning',
  *check(study): Iterable<Observation> {
    for (const row of study.rows.outcomeMeasurement) {
      const { id, mean, sd, se, ciLower, ciUpper } = row
      if (mean === null && sd === null && se === null) continue
      const at = (field: string) => ({ table: 'outcome_measurement', id, field })
      const range = (field: string, value: number) => rounded(study.printed(at(field), value))
      const n = row.total ?? study.size(row.studyGroupId, row.analysisSetId)
      const root = n === undefined || n < 2 ? undefined : Math.sqrt(n)
      if (sd !== null && se !== null) {
        if (root === undefined) yield notCheckable(at('se'), 'the number of participants is not given, or below 2')
        else {
          const [spread, error] = [range('sd', sd), range('se', se)]
          if (spread.high / root < error.low || spread.low / root > error.high)
            yield inconsistent(at('se'), `The SD ${sd} of ${n} gives the SE ${digits(sd / root)}, not ${se}.`, {
              sd,
              se,
              n,
            })
        }
      }
      if (mean === null || ciLower === null || ciUpper === null || row.median !== null || row.proportion !== null)
        continue
      const width = widthOf(range('ci_lower', ciLower), range('ci_upper', ciUpper))
      const error =
        se !== null ? range('se', se) : sd !== null && root !== undefined ? over(range('sd', sd), root) : undefined
      if (!error) {
        yield notCheckable(
          at('ci_lower'),
          sd === null ? 'neither SD nor SE is given' : 'the number of participants is not given, or below 2',
        )
        continue
      }
      const level = row.ciLevel ?? USUAL_LEVEL
      if (!(level > 0 && level < 1) || ciUpper < ciLower) continue
      const factors = [
        -normalQuantile((1 - level) / 2),
        ...(n !== undefined && n >= 2 ? [studentTQuantile((1 + level) / 2, n - 1)] : []),
      ]
      if (!factors.some((factor) => 2 * factor * error.low <= width.high && 2 * factor * error.high >= width.low))
        yield inconsistent(
          at('ci_lower'),
          `${ciLower} to ${ciUpper} is ${error.low + error.high > 0 ? digits((ciUpper - ciLower) / (error.low + error.high)) : 'any number of'} standard errors to either side of the mean; expected are ${factors.map(digits).join(' or ')}.`,
          { mean, sd, se, n, ci_lower: ciLower, ci_upper: ciUpper },
        )
    }
  },
}

type Range = Pick<Rounded, 'low' | 'high'>
const widthOf = (lower: Range, upper: Range): Range => ({ low: upper.low - lower.high, high: upper.high - lower.low })
const over = ({ low, high }: Range, root: number): Range => ({ low: low / root, high: high / root })
