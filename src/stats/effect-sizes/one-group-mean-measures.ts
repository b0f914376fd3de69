import { checkMean } from './check-mean.ts'
import { effectInputError } from './effect-input-error.ts'
import { hedgesCorrection } from './hedges-correction.ts'
import {
  type EffectOptions,
  type Measure,
  type NotEstimable,
  type Numbers,
  notEstimable,
  put,
  type RowOf,
} from './measure.ts'
import { LINEAR } from './scales.ts'

type Pair = RowOf['paired-means']

type Entry = Pick<Measure<'paired-means'>, 'title' | 'estimate' | 'vtypes' | 'source'> & {
  readonly formula: (into: Numbers, pair: Pair, options: EffectOptions) => NotEstimable | undefined
}

const NO_CELLS = { defaults: undefined, likeMetafor: undefined, zeroCell: () => false } as const

const paired = ({ formula, ...entry }: Entry): Measure<'paired-means'> => ({
  ...entry,
  ...LINEAR,
  ...NO_CELLS,
  data: 'paired-means',
  fill: (pair, options, into) => {
    const { first, second, n, correlation } = pair
    checkMean('first.', first, n)
    checkMean('second.', second, n)
    if (!(correlation >= -1 && correlation <= 1))
      throw effectInputError('correlation', correlation, 'a number from -1 to 1')
    return formula(into, pair, options)
  },
})

const NEVER = notEstimable('its numbers are too large')
const TOO_FEW = notEstimable('too few people: the correction for small samples needs two degrees of freedom')
const NO_SPREAD = notEstimable('no spread to measure the change by')

/** SD₁² + SD₂² − 2 r SD₁ SD₂, without a difference of large numbers. */
const changeVariance = ({ first, second, correlation }: Pair) =>
  (first.sd - second.sd) ** 2 + 2 * (1 - correlation) * first.sd * second.sd

/** A change by an SD; `share` is n times the variance of the change in squares of that SD. */
function standardized(
  into: Numbers,
  pair: Pair,
  { sd, share }: { readonly sd: number; readonly share: number },
  { vtype, hedges }: EffectOptions,
): NotEstimable | undefined {
  const { first, second, n } = pair
  const m = n - 1
  if (!(m > 1)) return TOO_FEW
  const j = hedgesCorrection(m, hedges)
  const d = (first.mean - second.mean) / sd
  const g = j * d
  const variance = vtype === 'LS2' ? j * j * (share / n + (d * d) / (2 * n)) : share / n + (g * g) / (2 * n)
  return put(into, g, variance, 0) ? undefined : NO_SPREAD
}

/** The mean of one group. */
export const MEAN_MEASURES = {
  MN: {
    title: 'mean',
    estimate: 'mean',
    ...LINEAR,
    ...NO_CELLS,
    data: 'mean',
    vtypes: ['LS'],
    source: 'by definition',
    fill: (group, _, into) => {
      checkMean('', group, group.n)
      return put(into, group.mean, group.sd ** 2 / group.n, 0) ? undefined : NEVER
    },
  },
} as const satisfies Readonly<Record<string, Measure<'mean'>>>

/**
 * Measures of the same people's means at two times, or under two conditions. Each is above 0 where the first is larger.
 *
 * @checked test/reference/effect-sizes.json (metafor 3.8-1, relative 1e-10)
 */
export const PAIRED_MEANS_MEASURES = {
  MC: paired({
    title: 'mean change',
    estimate: 'mean change',
    vtypes: ['LS'],
    source: 'by definition',
    formula: (into, pair) =>
      put(into, pair.first.mean - pair.second.mean, changeVariance(pair) / pair.n, 0) ? undefined : NEVER,
  }),
  SMCC: paired({
    title: 'standardized mean change by the SD of the changes',
    estimate: 'change in standard deviations of the changes',
    vtypes: ['LS', 'LS2'],
    source: 'Gibbons, Hedeker & Davis 1993, J Educ Stat 18:271–279',
    formula: (into, pair, options) =>
      standardized(into, pair, { sd: Math.sqrt(changeVariance(pair)), share: 1 }, options),
  }),
  SMCR: paired({
    title: 'standardized mean change by the first SD',
    estimate: 'change in standard deviations',
    vtypes: ['LS', 'LS2'],
    source: 'Becker 1988, Br J Math Stat Psychol 41:257–278',
    formula: (into, pair, options) =>
      standardized(into, pair, { sd: pair.first.sd, share: 2 * (1 - pair.correlation) }, options),
  }),
} as const
