import { trimAndFill } from '../../stats/diagnostics/trim-and-fill.ts'
import type { Data } from '../../stats/effect-sizes/measure.ts'
import { type NotEstimable, notEstimable } from '../../stats/effect-sizes/measure.ts'
import { MEASURES, type MeasureName } from '../../stats/effect-sizes/measures.ts'
import {
  backOf,
  type PooledStudies,
  type PoolOptions,
  poolStudies,
  type StudyInput,
} from '../../stats/pooling/pool-studies.ts'
import { axisTitle, counted, nameOfEffect } from '../effect-words.ts'
import { formatFor } from '../number-text.ts'
import type { FunnelData, FunnelPoint } from './funnel-data.ts'

export interface FunnelAsked {
  readonly measure: MeasureName
  readonly options: PoolOptions & { readonly level: number }
  readonly title: string | undefined
  /** Two-sided p values of the shaded regions, falling; none for no regions. */
  readonly significance: readonly number[]
  /** Whether studies that seem to be missing are filled in. */
  readonly isFilled: boolean
}

const BY_VARIANCE_ONLY = notEstimable('trim and fill is for pools by inverse variance')

/**
 * Pools studies, and says what a funnel plot of them shows: effects on the scale on which they are pooled, about the
 * pooled estimate.
 *
 * @returns `filling` where trim and fill was asked for and says nothing: why
 * @throws EvidenceError EFFECT_INPUT_INVALID  as poolStudies does
 */
export function funnelOfPool(
  studies: readonly StudyInput<Data>[],
  { measure, options, title, significance, isFilled }: FunnelAsked,
): { readonly funnel: FunnelData; readonly pool: PooledStudies; readonly filling: NotEstimable | undefined } {
  const pool = poolStudies(measure, studies, options)
  const effects = pool.studies.flatMap(({ effect }) => (effect.status === 'estimated' ? [effect] : []))
  const { method } = options
  const isCounts = method === 'MH' || method === 'Peto'
  const filling = !isFilled ? undefined : isCounts ? BY_VARIANCE_ONLY : trimAndFill(effects, { ...options, method })
  const filled = filling?.status === 'estimated' ? filling.filled : []
  const centre = pool.pooled.status === 'estimated' ? pool.pooled.estimate : undefined
  const isLog = MEASURES[measure].scale === 'log'
  const what = nameOfEffect(measure)
  const back = isLog ? backOf(measure, studies) : (value: number) => value
  const format = formatFor(
    isLog ? 'log' : 'linear',
    effects.map(({ yi, vi }) => ({ lower: yi - 2 * Math.sqrt(vi), upper: yi + 2 * Math.sqrt(vi) })),
  )
  const sentences = [
    `${counted(effects.length)}, each by its ${what} and standard error`,
    ...(centre === undefined ? [] : [`They stand about the pooled estimate, ${format(back(centre))}`]),
    ...(filling?.status === 'estimated' ? [`Trim and fill adds ${filling.missing} on the ${filling.side}`] : []),
  ]
  return {
    pool,
    filling: filling?.status === 'not-estimable' ? filling : undefined,
    funnel: {
      title: title ?? `Funnel plot: ${what} of ${effects.length} studies`,
      description: `${sentences.join('. ')}.`,
      axisLabel: axisTitle(isLog ? what : measure === 'GEN' ? what : MEASURES[measure].title),
      studies: effects.map(pointOf),
      filled: filled.map(pointOf),
      centre,
      level: options.level,
      significance,
      noEffect: 0,
      scale: isLog ? 'log' : 'linear',
    },
  }
}

const pointOf = ({ yi, vi }: { readonly yi: number; readonly vi: number }): FunnelPoint => ({
  estimate: yi,
  standardError: Math.sqrt(vi),
})
