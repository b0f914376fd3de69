import { normalQuantile } from '../distributions/normal-quantile.ts'
import { studentTQuantile } from '../distributions/student-t-quantile.ts'
import { type Derived, type NamedFormula, type Rule, where } from './named-formula.ts'

const NORMAL = 'the interval is symmetric on this scale and was made with the normal distribution'
const STUDENT =
  'the interval is symmetric on this scale and was made with the t distribution with these degrees of freedom'

const level = (value: number) =>
  [value > 0 && value < 1, `level is ${value}; expected more than 0 and less than 1, such as 0.95`] as const
const ordered = (lower: number, upper: number) =>
  [lower < upper, `the interval goes from ${lower} to ${upper}; expected the lower end first, and some width`] as const
const ratioInterval = (lower: number) =>
  [lower > 0, `the lower end is ${lower}; expected more than 0 for a ratio`] as const
const degreesOfFreedom = (value: number) => [value > 0, `df is ${value}; expected more than 0`] as const

type Interval = readonly [lower: number, upper: number, level: number]
type Quantile = (p: number) => number

/** (upper − lower) / (2 q), q being the quantile at (1 + level) / 2. */
const ofWidth = (width: number, confidence: number, quantile: Quantile): number =>
  width / (2 * quantile((1 + confidence) / 2))

/**
 * The standard error behind a confidence interval of a mean, a difference or anything else on a linear scale.
 *
 * @param quantile  of the distribution that the interval was made with
 * @returns on the scale of the interval; not estimable where the interval has no width or ends before it begins
 * @source  Cochrane Handbook 6.5, sections 6.3.1 and 6.5.2.2
 * @checked test/reference/derivations.json
 */
const ofInterval = ([lower, upper, confidence]: Interval, quantile: Quantile, ...rules: readonly Rule[]): Derived =>
  where([ordered(lower, upper), level(confidence), ...rules], () => ofWidth(upper - lower, confidence, quantile))

/**
 * The standard error of the logarithm of a ratio, from the ratio's confidence interval.
 *
 * @returns on the natural log scale; not estimable where an end of the interval isn't positive
 * @source  Cochrane Handbook 6.5, section 6.3.2
 * @checked test/reference/derivations.json
 */
const logOfInterval = ([lower, upper, confidence]: Interval, quantile: Quantile, ...rules: readonly Rule[]): Derived =>
  where([ratioInterval(lower), ordered(lower, upper), level(confidence), ...rules], () =>
    ofWidth(Math.log(upper) - Math.log(lower), confidence, quantile),
  )

export const STANDARD_ERROR_FORMULAS = {
  standard_error_of_interval: {
    arguments: ['lower', 'upper', 'level'],
    gives: 'standard error, on the scale of the interval',
    assumes: NORMAL,
    source: 'Cochrane Handbook 6.3.1',
    compute: ([lower = 0, upper = 0, confidence = 0]) => ofInterval([lower, upper, confidence], normalQuantile),
  },
  standard_error_of_interval_t: {
    arguments: ['lower', 'upper', 'level', 'df'],
    gives: 'standard error, on the scale of the interval',
    assumes: STUDENT,
    source: 'Cochrane Handbook 6.5.2.2',
    compute: ([lower = 0, upper = 0, confidence = 0, df = 0]) =>
      ofInterval([lower, upper, confidence], (p) => studentTQuantile(p, df), degreesOfFreedom(df)),
  },
  log_standard_error_of_interval: {
    arguments: ['lower', 'upper', 'level'],
    gives: 'standard error of the log ratio, from an interval of the ratio',
    assumes: NORMAL,
    source: 'Cochrane Handbook 6.3.2',
    compute: ([lower = 0, upper = 0, confidence = 0]) => logOfInterval([lower, upper, confidence], normalQuantile),
  },
  log_standard_error_of_interval_t: {
    arguments: ['lower', 'upper', 'level', 'df'],
    gives: 'standard error of the log ratio, from an interval of the ratio',
    assumes: STUDENT,
    source: 'Cochrane Handbook 6.3.2, 6.5.2.2',
    compute: ([lower = 0, upper = 0, confidence = 0, df = 0]) =>
      logOfInterval([lower, upper, confidence], (p) => studentTQuantile(p, df), degreesOfFreedom(df)),
  },
  standard_deviation_of_standard_error: {
    arguments: ['se', 'n'],
    gives: 'standard deviation of the values of one group: se √n',
    assumes: 'the standard error is that of the mean of one group of n independent people',
    source: 'Cochrane Handbook 6.5.2.2',
    compute: ([se = 0, n = 0]) =>
      where(
        [
          [se >= 0, `se is ${se}; expected 0 or more`],
          [Number.isInteger(n) && n >= 1, `n is ${n}; expected a whole number, 1 or more`],
        ],
        () => se * Math.sqrt(n),
      ),
  },
} as const satisfies Readonly<Record<string, NamedFormula>>
