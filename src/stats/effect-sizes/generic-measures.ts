import { STANDARD_ERROR_FORMULAS } from '../derivations/standard-error-formulas.ts'
import { effectInputError } from './effect-input-error.ts'
import {
  type EffectOptions,
  type Given,
  type Measure,
  type NotEstimable,
  type Numbers,
  notEstimable,
  put,
} from './measure.ts'

const { standard_error_of_interval, log_standard_error_of_interval } = STANDARD_ERROR_FORMULAS

const NO_INFORMATION = notEstimable('V is zero: the log rank test knows nothing')
const NOT_POSITIVE = notEstimable('a ratio that is not above 0 has no logarithm')
const TOO_LARGE = notEstimable('its numbers are too large')

/** Refuses what is no number. */
function checkNumbers(given: Given): void {
  for (const [name, value] of Object.entries(given))
    if (typeof value === 'number' && !Number.isFinite(value)) throw effectInputError(name, value, 'a number')
}

function fill(given: Given, _: EffectOptions, into: Numbers): NotEstimable | undefined {
  checkNumbers(given)
  if ('yi' in given) {
    if (given.vi < 0) throw effectInputError('vi', given.vi, 'a number from 0 on')
    return put(into, given.yi, given.vi, 0) ? undefined : TOO_LARGE
  }
  if ('variance' in given) {
    const { observedMinusExpected, variance } = given
    if (variance < 0) throw effectInputError('variance', variance, 'a number from 0 on')
    return put(into, observedMinusExpected / variance, 1 / variance, 0) ? undefined : NO_INFORMATION
  }
  const { estimate, ciLower, ciUpper, level = 0.95, log = false } = given
  if (log && !(estimate > 0)) return NOT_POSITIVE
  const formula = log ? log_standard_error_of_interval : standard_error_of_interval
  const sei = formula.compute([ciLower, ciUpper, level])
  if (sei.status === 'not-estimable') return sei
  return put(into, log ? Math.log(estimate) : estimate, sei.value ** 2, 0) ? undefined : TOO_LARGE
}

/** Whether yi is a logarithm: as was said, and always of a hazard ratio. */
const isLog = (given: Given): boolean => 'variance' in given || given.log === true

/**
 * The effect size that a study gives itself.
 *
 * @checked test/reference/effect-sizes-exact.json (R's survdiff and independent formulas, relative 1e-10)
 */
export const GENERIC_MEASURES = {
  GEN: {
    title: "the study's own",
    estimate: "the study's own",
    data: 'generic',
    scale: 'as given',
    back: (value, given) => (isLog(given) ? Math.exp(value) : value),
    vtypes: ['LS'],
    defaults: undefined,
    likeMetafor: undefined,
    zeroCell: () => false,
    source: 'as given; of an interval: Cochrane Handbook 6.3; of O − E and V: Yusuf et al. 1985, (O − E) / V and 1 / V',
    fill,
  },
} as const satisfies Readonly<Record<string, Measure<'generic'>>>
