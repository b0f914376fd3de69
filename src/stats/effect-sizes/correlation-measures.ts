import { hypergeometricFunction } from '../distributions/hypergeometric-function.ts'
import { effectInputError } from './effect-input-error.ts'
import { type EffectOptions, type Measure, type NotEstimable, type Numbers, notEstimable, put } from './measure.ts'
import { LINEAR } from './scales.ts'

type Formula = (into: Numbers, r: number, n: number, options: EffectOptions) => NotEstimable | undefined

type Entry = Pick<Measure<'correlation'>, 'title' | 'estimate' | 'scale' | 'back' | 'vtypes' | 'source'> & {
  readonly formula: Formula
}

const correlation = ({ formula, ...entry }: Entry): Measure<'correlation'> => ({
  ...entry,
  data: 'correlation',
  defaults: undefined,
  likeMetafor: undefined,
  zeroCell: () => false,
  fill: ({ correlation: r, n }, options, into) => {
    if (!(r >= -1 && r <= 1)) throw effectInputError('correlation', r, 'a number from -1 to 1')
    if (!(n > 0 && n < Number.POSITIVE_INFINITY)) throw effectInputError('n', n, 'a number above 0')
    return formula(into, r, n, options)
  },
})

const TOO_FEW = notEstimable('a correlation of three people or less has no variance')
const TOO_FEW_TO_CORRECT = notEstimable('a correlation of four people or less has no correction for bias')
const PERFECT = notEstimable('a correlation of 1 or -1 has no finite z')

/** (1 − r²)² / (n − 1) */
const largeSampleVariance = (r: number, n: number) => ((1 - r) * (1 + r)) ** 2 / (n - 1)

/** The estimate without bias, and its variance by large samples or without bias. */
function unbiased(into: Numbers, r: number, n: number, { vtype }: EffectOptions): NotEstimable | undefined {
  if (!(n > 4)) return TOO_FEW_TO_CORRECT
  const squared = r * r
  const rest = (1 - r) * (1 + r)
  const g = r * hypergeometricFunction(0.5, 0.5, (n - 2) / 2, rest, squared)
  if (vtype !== 'UB') return put(into, g, largeSampleVariance(g, n), 0) ? undefined : TOO_FEW
  const ofSquare = 1 - ((n - 3) / (n - 2)) * rest * hypergeometricFunction(1, 1, n / 2, rest, squared)
  return put(into, g, g * g - ofSquare, 0) ? undefined : TOO_FEW
}

/**
 * Measures of the correlation of two things.
 *
 * @checked test/reference/effect-sizes.json (metafor 3.8-1, relative 1e-10), UCOR by hypergeometric-function.json (mpmath)
 */
export const CORRELATION_MEASURES = {
  COR: correlation({
    title: 'correlation coefficient',
    estimate: 'correlation coefficient',
    ...LINEAR,
    vtypes: ['LS'],
    source: 'Fisher 1915, Biometrika 10:507–521',
    formula: (into, r, n) => (n > 3 ? (put(into, r, largeSampleVariance(r, n), 0) ? undefined : TOO_FEW) : TOO_FEW),
  }),
  ZCOR: correlation({
    title: "correlation coefficient, Fisher's z",
    estimate: 'correlation coefficient',
    scale: "Fisher's z",
    back: Math.tanh,
    vtypes: ['LS'],
    source: 'Fisher 1921, Metron 1:3–32',
    formula: (into, r, n) => (n > 3 ? (put(into, Math.atanh(r), 1 / (n - 3), 0) ? undefined : PERFECT) : TOO_FEW),
  }),
  UCOR: correlation({
    title: 'correlation coefficient without bias',
    estimate: 'correlation coefficient',
    ...LINEAR,
    vtypes: ['LS', 'UB'],
    source: 'Olkin & Pratt 1958, Ann Math Stat 29:201–211; UB: Hedges 1989, J Appl Psychol 74:469–477',
    formula: unbiased,
  }),
} as const
