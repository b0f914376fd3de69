import type { NotEstimable } from '../../stats/effect-sizes/measure.ts'
import type { ChiSquareTest } from '../../stats/pooling/chi-square-test.ts'
import { isCommon } from '../../stats/pooling/inverse-variance.ts'
import type { PoolOptions } from '../../stats/pooling/pool-studies.ts'
import type { Pooled } from '../../stats/pooling/pooled.ts'
import { fixed, levelText, type NumberFormat, positional, pText } from '../number-text.ts'
import type { ForestSummary } from './forest-data.ts'
import { effectText } from './forest-rows.ts'

/** The model in words: whether studies share one effect, how τ² is estimated, and how the estimate is tested. */
export function modelLabel({ method, test = 'z' }: PoolOptions): string {
  if (method === 'MH') return 'Common effect (Mantel–Haenszel)'
  if (method === 'Peto') return 'Common effect (Peto)'
  const model = isCommon(method) ? 'Common effect (inverse variance' : `Random effects (${method}`
  return `${model}${TESTS[test]})`
}

const TWO = fixed(2)

const TESTS = { z: '', t: ', t', knha: ', Knapp–Hartung', adhoc: ', Knapp–Hartung ad hoc' } as const

/** A pool as a diamond, with what there is to say below it. */
export function summaryOf(
  pooled: Pooled | NotEstimable,
  context: {
    readonly label: string
    readonly back: (value: number) => number
    readonly weight: number | undefined
  },
): Omit<ForestSummary, 'cells'> {
  const { label, back, weight } = context
  if (pooled.status === 'not-estimable') return { label, effect: undefined, weight, note: pooled.reason, lines: [] }
  const { estimate, inference, prediction } = pooled
  return {
    label,
    weight,
    effect:
      'standardError' in inference
        ? { estimate: back(estimate), lower: back(inference.ciLower), upper: back(inference.ciUpper) }
        : undefined,
    prediction: 'lower' in prediction ? { lower: back(prediction.lower), upper: back(prediction.upper) } : undefined,
    lines: [heterogeneityLine(pooled), effectLine(pooled)],
  }
}

function heterogeneityLine({ heterogeneity, tauSquared }: Pooled): string {
  if (!('statistic' in heterogeneity)) return `Heterogeneity: ${heterogeneity.reason}`
  const { statistic, degreesOfFreedom, pValue, iSquared } = heterogeneity
  const tau = tauSquared.status === 'estimated' ? `τ² = ${positional(tauSquared.value)}; ` : ''
  return `Heterogeneity: ${tau}Q = ${TWO(statistic)}, df = ${degreesOfFreedom} (p ${pText(pValue)}); I² = ${iSquared.toFixed(1)}%`
}

function effectLine({ inference }: Pooled): string {
  if (!('standardError' in inference)) return `Test of the effect: ${inference.reason}`
  const { statistic, degreesOfFreedom, pValue } = inference
  const test = degreesOfFreedom === undefined ? 'z' : 't'
  const df = degreesOfFreedom === undefined ? '' : `, df = ${degreesOfFreedom}`
  return `Test of the effect: ${test} = ${TWO(statistic)}${df} (p ${pText(pValue)})`
}

/** Whether subgroups differ, in a line; none where that can't be told. */
export const differenceLine = (difference: ChiSquareTest | NotEstimable): readonly string[] =>
  difference.status === 'not-estimable'
    ? []
    : [
        `Difference of subgroups: Q = ${TWO(difference.statistic)}, df = ${difference.degreesOfFreedom} (p ${pText(difference.pValue)})`,
      ]

interface ResultContext {
  readonly what: string
  readonly level: number
  readonly format: NumberFormat
}

/** A pool in words: its model, and its estimate with the interval, or that there is none. */
export const resultWords = (
  { label, effect }: Pick<ForestSummary, 'label' | 'effect'>,
  { what, level, format }: ResultContext,
): string =>
  effect === undefined
    ? `${label}: not estimable`
    : `${label}: ${what} ${effectText(effect, format)} (${levelText(level)} CI)`

/** What the picture shows, for those who can't see it: what its rows are, then the pool. */
export function resultSentence(rows: string, summary: ForestSummary, context: ResultContext): string {
  const { prediction, lines } = summary
  const { format } = context
  const predicted =
    prediction === undefined ? [] : [`Prediction interval: ${format(prediction.lower)} to ${format(prediction.upper)}`]
  return [rows, resultWords(summary, context), ...predicted, ...lines].join('. ').concat('.')
}
