import { effectInputError } from '../effect-sizes/effect-input-error.ts'
import type { GivenOptions } from '../effect-sizes/effect-options.ts'
import { effectSizes } from '../effect-sizes/effect-sizes.ts'
import { type Data, type EffectSize, type NotEstimable, notEstimable, type RowOf } from '../effect-sizes/measure.ts'
import { MEASURES, type MeasureName } from '../effect-sizes/measures.ts'
import type { ChiSquareTest } from './chi-square-test.ts'
import type { Effect } from './effect.ts'
import { type FitStatistics, fitAbout, fitStatistics } from './fit-statistics.ts'
import {
  INVERSE_VARIANCE_METHODS,
  type InverseVarianceMethod,
  type PoolingTest,
  poolInverseVariance,
} from './inverse-variance.ts'
import { MANTEL_HAENSZEL_MEASURES, poolMantelHaenszel } from './mantel-haenszel.ts'
import { MANTEL_HAENSZEL_RATE_MEASURES, poolMantelHaenszelRates } from './mantel-haenszel-rates.ts'
import {
  cochranMantelHaenszel,
  type Homogeneity,
  homogeneityOfOddsRatios,
  mantelHaenszelRateTest,
} from './mantel-haenszel-tests.ts'
import { poolPeto } from './peto.ts'
import type { Pooled } from './pooled.ts'
import { meanModel } from './weighted-model.ts'

/** Every way to pool: by inverse variance with one of metafor's estimates of τ² or none, Mantel–Haenszel, Peto. */
export const POOL_METHODS = [...INVERSE_VARIANCE_METHODS, 'MH', 'Peto'] as const
export type PoolMethod = (typeof POOL_METHODS)[number]

/** What a study is pooled by: its data, or where only that is known, its effect. */
export interface StudyInput<Kind extends Data> {
  readonly data: RowOf[Kind] | undefined
  readonly effect: Effect | undefined
  /** Why there is neither, where that is known. */
  readonly missing?: string | undefined
}

/** How effect sizes are computed, and pooled; `like: 'metafor'` is about zero cells and the prediction interval. */
export interface PoolOptions extends GivenOptions {
  readonly method: PoolMethod
  readonly test?: PoolingTest
  readonly level?: number
}

/** A study's effect, and how much of the estimate it is, in percent; no weight where it was not pooled. */
interface WeighedStudy {
  readonly effect: EffectSize
  readonly weight: number | undefined
}

/** What Mantel and Haenszel's method tells of odds ratios, and in part of rate ratios, beside the estimate. */
export interface MantelHaenszelTests {
  /** Of no association at all, with metafor's correction for continuity and without. */
  readonly association: ChiSquareTest | NotEstimable
  readonly associationUncorrected: ChiSquareTest | NotEstimable
  readonly homogeneity: Homogeneity | undefined
}

export interface PooledStudies {
  readonly pooled: Pooled | NotEstimable
  readonly studies: readonly WeighedStudy[]
  readonly fit: FitStatistics | NotEstimable
  readonly tests?: MantelHaenszelTests | undefined
}

const NOT_REPORTED = notEstimable('a number that the measure needs is missing')

/** metafor's defaults of rma.mh for the effects that Q is made of. */
const HALF_FOR_Q = { add: 0.5, to: 'only0', drop00: true } as const

/**
 * Effect sizes of studies, and what they say together.
 *
 * @param name  the measure, by metafor's name; data are of its kind
 * @throws EvidenceError EFFECT_INPUT_INVALID  numbers that no data can have; a method that doesn't pool the measure, or not
 *                                             with this test
 */
export function poolStudies<Kind extends Data>(
  name: MeasureName,
  inputs: readonly StudyInput<Kind>[],
  options: PoolOptions,
): PooledStudies {
  const { method, test = 'z' } = options
  if (method !== 'MH' && method !== 'Peto') return byInverseVariance(name, inputs, { ...options, method })
  if (test !== 'z') throw effectInputError('test', test, `z: ${method} has no other`)
  return method === 'MH' ? byMantelHaenszel(name, inputs, options) : byPeto(name, inputs, options)
}

function byInverseVariance(
  name: MeasureName,
  inputs: readonly StudyInput<Data>[],
  options: PoolOptions & { readonly method: InverseVarianceMethod },
): PooledStudies {
  const effects = effectsOf(name, inputs, options)
  const estimated = effects.flatMap((effect) => (effect.status === 'estimated' ? [effect] : []))
  const pooled = poolInverseVariance(estimated, options)
  return {
    pooled,
    studies: weighed(effects, pooled, (effect) => effect.status === 'estimated'),
    fit: pooled.status === 'not-estimable' ? pooled : fitOf(estimated, pooled, options.method),
  }
}

const fitOf = (effects: readonly Effect[], { tauSquared }: Pooled, method: InverseVarianceMethod) =>
  fitStatistics(meanModel(effects), method, tauSquared.status === 'estimated' ? tauSquared.value : 0)

/** Of a method for counts, whose estimate is not the effects' own mean. */
const fitOfCounts = (effects: readonly EffectSize[], pooled: Pooled | NotEstimable) =>
  pooled.status === 'not-estimable'
    ? pooled
    : fitAbout(
        effects.flatMap((effect) => (effect.status === 'estimated' ? [effect] : [])),
        pooled.estimate,
      )

function byMantelHaenszel(
  name: MeasureName,
  inputs: readonly StudyInput<Data>[],
  { level }: PoolOptions,
): PooledStudies {
  const effects = effectsOf(name, inputs, HALF_FOR_Q)
  const studies = inputs.flatMap(({ data }, i) => {
    const effect = effects[i]
    return data === undefined ? [] : [{ table: data, effect: effect?.status === 'estimated' ? effect : undefined }]
  })
  const asked = { ...(level !== undefined && { level }) }
  const counts = MANTEL_HAENSZEL_MEASURES.find((one) => one === name)
  const rates = MANTEL_HAENSZEL_RATE_MEASURES.find((one) => one === name)
  if (counts === undefined && rates === undefined)
    throw effectInputError('method', 'MH', `another for ${name}: MH pools ${MANTEL_HAENSZEL_NAMES.join(', ')}`)
  requireData('MH', inputs)
  const pooled =
    counts !== undefined
      ? poolMantelHaenszel(studies.filter(isTable), { measure: counts, ...asked })
      : poolMantelHaenszelRates(studies.filter(isRates), { measure: rates ?? 'IRR', ...asked })
  return {
    pooled,
    studies: weighed(effects, pooled, (_, i) => inputs[i]?.data !== undefined),
    fit: fitOfCounts(effects, pooled),
    tests: testsBeside(name, studies, pooled),
  }
}

function testsBeside(
  name: MeasureName,
  studies: readonly Tabled<RowOf[Data]>[],
  pooled: Pooled | NotEstimable,
): MantelHaenszelTests | undefined {
  if (pooled.status === 'not-estimable') return undefined
  if (name === 'IRR') {
    const rates = studies.filter(isRates).map(({ table }) => table)
    return {
      association: mantelHaenszelRateTest(rates),
      associationUncorrected: mantelHaenszelRateTest(rates, 0),
      homogeneity: undefined,
    }
  }
  if (name !== 'OR') return undefined
  const tables = studies.filter(isTable).map(({ table }) => table)
  return {
    association: cochranMantelHaenszel(tables),
    associationUncorrected: cochranMantelHaenszel(tables, 0),
    homogeneity: homogeneityOfOddsRatios(tables, pooled.estimate),
  }
}

function byPeto(name: MeasureName, inputs: readonly StudyInput<Data>[], { level }: PoolOptions): PooledStudies {
  if (name !== 'OR' && name !== 'PETO')
    throw effectInputError('method', 'Peto', `another for ${name}: Peto's method pools OR or PETO`)
  requireData('Peto', inputs)
  const effects = effectsOf('PETO', inputs, {})
  const tables = inputs.flatMap(({ data }) => (data === undefined ? [] : [{ table: data }])).filter(isTable)
  const pooled = poolPeto(
    tables.map(({ table }) => table),
    { ...(level !== undefined && { level }) },
  )
  return {
    pooled,
    studies: weighed(effects, pooled, (_, i) => inputs[i]?.data !== undefined),
    fit: fitOfCounts(effectsOf('PETO', inputs, HALF_FOR_Q), pooled),
  }
}

const MANTEL_HAENSZEL_NAMES = [...MANTEL_HAENSZEL_MEASURES, ...MANTEL_HAENSZEL_RATE_MEASURES]

/** Methods for counts need them: an effect with its variance won't do. */
function requireData(method: PoolMethod, inputs: readonly StudyInput<Data>[]): void {
  if (inputs.some(({ effect }) => effect !== undefined))
    throw effectInputError('method', method, 'another for effects that are given: it pools counts')
}

function effectsOf(
  name: MeasureName,
  inputs: readonly StudyInput<Data>[],
  given: Parameters<typeof effectSizes>[2],
): EffectSize[] {
  // Which kind of data a name has is known to the caller alone; each measure refuses what isn't its own.
  const measure = MEASURES[name] as Parameters<typeof effectSizes<Data>>[0]
  const computed = effectSizes(
    measure,
    inputs.flatMap(({ data }) => data ?? []),
    given,
  ).values()
  return inputs.map(({ data, effect, missing }) => {
    if (data !== undefined) return computed.next().value ?? NOT_REPORTED
    if (effect === undefined) return missing === undefined ? NOT_REPORTED : notEstimable(missing)
    return { status: 'estimated', ...effect, correction: 0 }
  })
}

/** The weights of a pool, given back to the studies that were in it. */
function weighed(
  effects: readonly EffectSize[],
  pooled: Pooled | NotEstimable,
  isIn: (effect: EffectSize, i: number) => boolean,
): WeighedStudy[] {
  const weights = (pooled.status === 'estimated' ? pooled.weights : []).values()
  return effects.map((effect, i) => ({ effect, weight: isIn(effect, i) ? weights.next().value : undefined }))
}

interface Tabled<Table> {
  readonly table: Table
}

const isTable = <Study extends Tabled<RowOf[Data]>>(study: Study): study is Study & Tabled<RowOf['two-by-two']> =>
  'experimental' in study.table && 'total' in study.table.experimental

const isRates = <Study extends Tabled<RowOf[Data]>>(study: Study): study is Study & Tabled<RowOf['person-time']> =>
  'experimental' in study.table && 'time' in study.table.experimental

/**
 * What leads from the scale on which a measure is pooled to the one it is read on: from a log ratio to the ratio. Where that
 * takes the size of a study, as for the double arcsine, it takes the harmonic mean of all.
 */
export function backOf<Kind extends Data>(
  name: MeasureName,
  inputs: readonly StudyInput<Kind>[],
): (value: number) => number {
  const measure = MEASURES[name] as Parameters<typeof effectSizes<Data>>[0]
  const rows = inputs.flatMap(({ data }) => data ?? [])
  // Effects that are given without their data are of measures that lead back without them, or stay as they are.
  const typical = typicalOf(rows) ?? ({ yi: 0, vi: 0 } satisfies RowOf['generic'])
  return rows.length === 0 && measure.back.length > 1 ? (value) => value : (value) => measure.back(value, typical)
}

function typicalOf(rows: readonly RowOf[Data][]): RowOf[Data] | undefined {
  const [first] = rows
  if (first === undefined) return undefined
  const harmonic = (values: readonly number[]) => values.length / values.reduce((sum, value) => sum + 1 / value, 0)
  if ('total' in first) return { ...first, total: harmonic(rows.flatMap((row) => ('total' in row ? row.total : []))) }
  if ('time' in first) return { ...first, time: harmonic(rows.flatMap((row) => ('time' in row ? row.time : []))) }
  return first
}
