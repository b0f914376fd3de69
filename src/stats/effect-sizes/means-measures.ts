import type { GroupMean } from '../hypothesis-tests/means.ts'
import { checkMean } from './check-mean.ts'
import { hedgesCorrection } from './hedges-correction.ts'
import { type EffectOptions, type Measure, type NotEstimable, type Numbers, notEstimable, put } from './measure.ts'
import { LINEAR, LOG } from './scales.ts'

type Formula = (into: Numbers, one: GroupMean, two: GroupMean, options: EffectOptions) => NotEstimable | undefined

type Entry = Pick<Measure<'means'>, 'title' | 'estimate' | 'scale' | 'back' | 'vtypes' | 'source'> & {
  readonly formula: Formula
}

const means = ({ formula, ...entry }: Entry): Measure<'means'> => ({
  ...entry,
  data: 'means',
  defaults: undefined,
  likeMetafor: undefined,
  zeroCell: () => false,
  fill: ({ experimental, control }, options, into) => {
    checkMean('experimental.', experimental, experimental.n)
    checkMean('control.', control, control.n)
    return formula(into, experimental, control, options)
  },
})

const STANDARD_DEVIATIONS = { estimate: 'difference in standard deviations', ...LINEAR } as const

const TOO_FEW = notEstimable('too few people: the correction for small samples needs two degrees of freedom')
const NO_SPREAD = notEstimable('no spread to measure the difference by')
const NO_RATIO = notEstimable('means of opposite signs, or a mean of zero, have no log ratio')
const NO_SD_RATIO = notEstimable('an SD of zero, or a group of one, has no log ratio')
const NO_CV_RATIO = notEstimable('a mean or SD not above zero, or a group of one, has no log ratio')

function pooledVariance(one: GroupMean, two: GroupMean): number {
  return ((one.n - 1) * one.sd ** 2 + (two.n - 1) * two.sd ** 2) / (one.n + two.n - 2)
}

/** A difference by an SD that has m degrees of freedom, the variance's last term divided by twice `n`. */
function standardized(
  into: Numbers,
  one: GroupMean,
  two: GroupMean,
  by: { sd: number; m: number; n: number },
  { vtype, hedges }: EffectOptions,
): NotEstimable | undefined {
  const { sd, m, n } = by
  if (!(m > 1)) return TOO_FEW
  const j = hedgesCorrection(m, hedges)
  const d = (one.mean - two.mean) / sd
  const g = j * d
  const sizes = 1 / one.n + 1 / two.n
  if (vtype === 'LS2') return put(into, g, j * j * (sizes + (d * d) / (2 * n)), 0) ? undefined : NO_SPREAD
  if (vtype === 'UB') return put(into, g, sizes + (1 - (m - 2) / (m * j * j)) * g * g, 0) ? undefined : NO_SPREAD
  return put(into, g, sizes + (g * g) / (2 * n), 0) ? undefined : NO_SPREAD
}

/** Bonett's variance, with n − 1, times J²: as metafor had it before its version 4.6. */
function byAverageVariance(
  into: Numbers,
  one: GroupMean,
  two: GroupMean,
  { hedges }: EffectOptions,
): NotEstimable | undefined {
  const m = one.n + two.n - 2
  if (!(m > 1)) return TOO_FEW
  const j = hedgesCorrection(m, hedges)
  const [v1, v2] = [one.sd ** 2, two.sd ** 2]
  const average = (v1 + v2) / 2
  const g = (j * (one.mean - two.mean)) / Math.sqrt(average)
  // Of a group of one, whose SD is nothing, neither term has a value.
  const [w1, w2] = [v1 / average / (one.n - 1), v2 / average / (two.n - 1)]
  const variance = (g * g * ((w1 * v1) / average + (w2 * v2) / average)) / 8 + w1 + w2
  return put(into, g, j * j * variance, 0) ? undefined : average === 0 ? NO_SPREAD : TOO_FEW
}

/** The variance of ln(SD), which is also its bias. */
const logSdVariance = ({ n }: GroupMean) => 1 / (2 * (n - 1))
const logSd = (group: GroupMean) => Math.log(group.sd) + logSdVariance(group)

/** The squared standard error of a mean, relative to the mean. */
const relativeVariance = ({ mean, n }: GroupMean, variance: number) => variance / (n * mean * mean)

/**
 * Measures of two groups' means and SDs. Each is above 0 where the number is larger in the experimental group.
 *
 * The numbers are those of metafor 3.8-1. Since then it has dropped J² from the variance of SMDH (4.6) and corrected ROM and
 * CVR for bias (5.0); the others are the same to this day.
 *
 * @checked test/reference/effect-sizes.json (metafor 3.8-1, relative 1e-10; SMD of more than 10⁵ people by effect-sizes-exact.json, mpmath)
 */
export const MEANS_MEASURES = {
  MD: means({
    title: 'mean difference',
    estimate: 'mean difference',
    ...LINEAR,
    vtypes: ['LS', 'HO'],
    source: 'by definition; HO: with the pooled SD',
    formula: (into, one, two, { vtype }) => {
      const pooled = vtype === 'HO' ? pooledVariance(one, two) : undefined
      const variance = (pooled ?? one.sd ** 2) / one.n + (pooled ?? two.sd ** 2) / two.n
      return put(into, one.mean - two.mean, variance, 0) ? undefined : TOO_FEW
    },
  }),
  SMD: means({
    title: "standardized mean difference, Hedges' g",
    ...STANDARD_DEVIATIONS,
    vtypes: ['LS', 'LS2', 'UB'],
    source: 'Hedges 1981, J Educ Stat 6:107–128 (UB); Hedges 1982, Psychol Bull 92:490–499 (LS); Borenstein 2009 (LS2)',
    formula: (into, one, two, options) => {
      const n = one.n + two.n
      return standardized(into, one, two, { sd: Math.sqrt(pooledVariance(one, two)), m: n - 2, n }, options)
    },
  }),
  SMDH: means({
    title: 'standardized mean difference with unequal variances',
    ...STANDARD_DEVIATIONS,
    vtypes: ['LS'],
    source: 'Bonett 2008, Psychol Methods 13:99–109, times J² as in metafor before 4.6',
    formula: byAverageVariance,
  }),
  SMD1: means({
    title: "standardized mean difference by the control group's SD, Glass' Δ",
    ...STANDARD_DEVIATIONS,
    vtypes: ['LS', 'LS2', 'UB'],
    source: 'Glass 1976, Educ Res 5:3–8; Hedges 1981, J Educ Stat 6:107–128',
    formula: (into, one, two, options) => standardized(into, one, two, { sd: two.sd, m: two.n - 1, n: two.n }, options),
  }),
  ROM: means({
    title: 'log ratio of means',
    estimate: 'ratio of means',
    ...LOG,
    vtypes: ['LS', 'HO'],
    source: 'Hedges, Gurevitch & Curtis 1999, Ecology 80:1150–1156; no correction for bias, as in metafor before 5.0',
    formula: (into, one, two, { vtype }) => {
      const pooled = vtype === 'HO' ? pooledVariance(one, two) : undefined
      const variance = relativeVariance(one, pooled ?? one.sd ** 2) + relativeVariance(two, pooled ?? two.sd ** 2)
      return put(into, Math.log(one.mean / two.mean), variance, 0) ? undefined : NO_RATIO
    },
  }),
  CVR: means({
    title: 'log ratio of coefficients of variation',
    estimate: 'ratio of coefficients of variation',
    ...LOG,
    vtypes: ['LS'],
    source: 'Nakagawa et al. 2015, Methods Ecol Evol 6:143–152, as in metafor before 5.0',
    formula: (into, one, two) =>
      put(
        into,
        logSd(one) - Math.log(one.mean) - (logSd(two) - Math.log(two.mean)),
        logSdVariance(one) +
          relativeVariance(one, one.sd ** 2) +
          logSdVariance(two) +
          relativeVariance(two, two.sd ** 2),
        0,
      )
        ? undefined
        : NO_CV_RATIO,
  }),
  VR: means({
    title: 'log ratio of standard deviations',
    estimate: 'ratio of standard deviations',
    ...LOG,
    vtypes: ['LS'],
    source: 'Nakagawa et al. 2015, Methods Ecol Evol 6:143–152',
    formula: (into, one, two) => {
      const v1 = logSdVariance(one)
      const v2 = logSdVariance(two)
      return put(into, Math.log(one.sd / two.sd) + v1 - v2, v1 + v2, 0) ? undefined : NO_SD_RATIO
    },
  }),
} as const
