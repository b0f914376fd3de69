import { effectSizes } from '../../stats/effect-sizes/effect-sizes.ts'
import type { EffectSize } from '../../stats/effect-sizes/measure.ts'
import { MEASURES } from '../../stats/effect-sizes/measures.ts'
import type { Effect } from '../../stats/pooling/effect.ts'
import { inferenceOf } from '../../stats/pooling/inference.ts'
import { poolInverseVariance } from '../../stats/pooling/inverse-variance.ts'
import { poolMantelHaenszel } from '../../stats/pooling/mantel-haenszel.ts'
import type { Pooled } from '../../stats/pooling/pooled.ts'
import { revmanRiskDifference, revmanRiskDifferenceOf } from '../../stats/pooling/revman-risk-difference.ts'
import type { Analysis } from './analyses.ts'
import { CODES_OF_TABLES, type EffectMeasure, isOfTables, type Measure } from './measures.ts'
import type { Numbers } from './numbers.ts'

const LEVEL = 0.95

/** An effect with its 95 % interval, on the scale on which it is pooled: the natural logarithm of a ratio. */
export interface RowEstimate {
  readonly estimate: number
  readonly standardError: number
  readonly ciLower: number
  readonly ciUpper: number
}

/** What RevMan shows of an analysis. */
export interface Estimates {
  /** Of each row; undefined where RevMan says "Not estimable". */
  readonly rows: readonly (RowEstimate | undefined)[]
  /** How much of the overall estimate each row is, in percent. */
  readonly weights: readonly number[]
  readonly overall: Overall | undefined
  readonly totals: { readonly experimental: Total; readonly control: Total }
}

interface Overall extends RowEstimate {
  readonly z: number
  readonly p: number
  /** Undefined of a single study. */
  readonly heterogeneity: Heterogeneity | undefined
}

interface Heterogeneity {
  readonly chiSquared: number
  readonly degreesOfFreedom: number
  readonly p: number
  readonly iSquared: number
}

/** Null where the rows have no such numbers. */
interface Total {
  readonly events: number | null
  readonly n: number | null
}

/**
 * Weights and estimates of an analysis as RevMan 5 makes them, one effect for all studies: of tables by Mantel and Haenszel,
 * ½ added to all cells of a study that has a zero cell, of a risk difference in its variance alone; of means and contrasts by
 * inverse variance. A ratio of a study in which nobody or everybody had the event is not estimable.
 *
 * @source  Deeks & Higgins 2010, Statistical algorithms in Review Manager 5
 * @checked test/reference/revman-5.json (files that RevMan 5 and RevMan Web wrote)
 */
export function estimatesOf({ rows, measure }: Analysis): Estimates {
  const numbers = rows.map((row) => row.numbers)
  const effects = numbers.map((one) => effectOf(one, measure))
  const { pooled, weights } = pool(numbers, effects, measure)
  return {
    rows: effects.map((effect) => effect && rowEstimate(effect.yi, Math.sqrt(effect.vi))),
    weights,
    overall: pooled.status === 'estimated' ? overallOf(pooled) : undefined,
    totals: { experimental: totalOf(numbers, 'experimental'), control: totalOf(numbers, 'control') },
  }
}

/** A row's effect; undefined where it is not estimable. */
function effectOf(numbers: Numbers, { measure }: Measure): Effect | undefined {
  if (numbers.data === 'contrast') return { yi: numbers.estimate, vi: numbers.standardError ** 2 }
  const effect = numbers.data === 'continuous' ? effectOfMeans(numbers, measure) : effectOfTable(numbers, measure)
  return effect !== undefined && effect.vi > 0 ? effect : undefined
}

function effectOfTable(table: Numbers & { readonly data: 'dichotomous' }, measure: EffectMeasure): Effect | undefined {
  const code = isOfTables(measure) ? CODES_OF_TABLES[measure] : 'RR'
  if (code === 'RD') return revmanRiskDifferenceOf(table)
  return estimated(effectSizes(MEASURES[code], [table], { add: 0.5, to: 'only0', drop00: true }))
}

function effectOfMeans(means: Numbers & { readonly data: 'continuous' }, measure: EffectMeasure): Effect | undefined {
  if (measure !== 'standardised_mean_difference') return estimated(effectSizes(MEASURES.MD, [means]))
  const g = estimated(effectSizes(MEASURES.SMD, [means], { hedges: 'approximate' }))
  if (g === undefined) return undefined
  const [one, other] = [means.experimental.n, means.control.n]
  const all = one + other
  // RevMan's own variance of Hedges' adjusted g, with N − 3.94 where others have N.
  return { yi: g.yi, vi: all / (one * other) + g.yi ** 2 / (2 * (all - 3.94)) }
}

const estimated = ([size]: readonly EffectSize[]): Effect | undefined =>
  size?.status === 'estimated' ? size : undefined

function pool(numbers: readonly Numbers[], effects: readonly (Effect | undefined)[], { measure }: Measure) {
  const tables = numbers.flatMap((table, index) =>
    table.data === 'dichotomous' ? [{ table, effect: effects[index] }] : [],
  )
  if (tables.length > 0) {
    const code = isOfTables(measure) ? CODES_OF_TABLES[measure] : 'RR'
    const pooled =
      code === 'RD'
        ? revmanRiskDifference(
            tables.map(({ table }) => table),
            LEVEL,
          )
        : poolMantelHaenszel(tables, { measure: code, correction: 'half-where-zero', level: LEVEL })
    return { pooled, weights: pooled.status === 'estimated' ? pooled.weights : numbers.map(() => 0) }
  }
  const there = effects.flatMap((effect) => effect ?? [])
  const pooled = poolInverseVariance(there, { method: 'EE', level: LEVEL })
  const weights = pooled.status === 'estimated' ? pooled.weights.values() : [].values()
  return { pooled, weights: effects.map((effect) => (effect === undefined ? 0 : (weights.next().value ?? 0))) }
}

function rowEstimate(estimate: number, standardError: number): RowEstimate | undefined {
  const inference = inferenceOf(estimate, standardError, { level: LEVEL })
  return 'status' in inference ? undefined : { estimate, ...inference }
}

function overallOf({ estimate, inference, heterogeneity }: Pooled): Overall | undefined {
  if ('status' in inference) return undefined
  return {
    estimate,
    ...inference,
    z: Math.abs(inference.statistic),
    p: inference.pValue,
    heterogeneity:
      'status' in heterogeneity
        ? undefined
        : { ...heterogeneity, chiSquared: heterogeneity.statistic, p: heterogeneity.pValue },
  }
}

/** The people and events of one side; those of a contrast are not known. */
function totalOf(numbers: readonly Numbers[], side: 'experimental' | 'control'): Total {
  let [events, n]: [number | null, number | null] = [null, null]
  for (const row of numbers) {
    if (row.data === 'contrast') continue
    n = (n ?? 0) + (row.data === 'dichotomous' ? row[side].total : row[side].n)
    if (row.data === 'dichotomous') events = (events ?? 0) + row[side].events
  }
  return { events, n }
}
