import { groupedBy } from '../../model/grouped-by.ts'
import type { Data, EffectSize } from '../../stats/effect-sizes/measure.ts'
import { MEASURES, type MeasureName } from '../../stats/effect-sizes/measures.ts'
import { criticalValue } from '../../stats/pooling/inference.ts'
import { backOf, type PooledStudies, type PoolOptions, poolStudies } from '../../stats/pooling/pool-studies.ts'
import { poolSubgroups } from '../../stats/pooling/subgroups.ts'
import { axisTitle, counted, nameOfEffect } from '../effect-words.ts'
import { type NamedStudy, nameOf } from '../named-study.ts'
import { formatFor, levelText } from '../number-text.ts'
import { dataCells, dataColumns, type GroupNames, sumCells } from './data-columns.ts'
import type { ForestData, ForestGroup, ForestStudy, ForestSummary } from './forest-data.ts'
import { differenceLine, modelLabel, resultSentence, summaryOf } from './pool-words.ts'
import { type Series, seriesRows, seriesWords } from './series.ts'

/** What the picture is made of beside the studies. */
export interface ForestAsked<Study> {
  readonly measure: MeasureName
  readonly options: PoolOptions & { readonly level: number }
  readonly names: GroupNames
  readonly title: string | undefined
  readonly favours: ForestData['favours']
  readonly bounds: ForestData['bounds']
  /** The subgroup of a study; not there for none. */
  readonly levelOf: ((study: Study) => string) | undefined
  /** Pools in place of studies, without data and weights. */
  readonly series?: Series<Study> | undefined
}

/** Data of two groups, or of two measurements: their measures have a value that means no effect. */
const COMPARES: readonly Data[] = ['two-by-two', 'person-time', 'means', 'paired-means', 'correlation', 'generic']

/**
 * Pools studies, and says what a forest plot of them shows: the data of each, its interval by the normal distribution
 * at the level of the pool, its weight in percent; the pool, and that of each subgroup by itself.
 *
 * @throws EvidenceError EFFECT_INPUT_INVALID  as poolStudies does
 */
export function forestOfPool<Study extends NamedStudy>(
  studies: readonly Study[],
  asked: ForestAsked<Study>,
): { readonly forest: ForestData; readonly pool: PooledStudies } {
  const { measure, options, names, levelOf, series } = asked
  const { data, scale } = MEASURES[measure]
  const pool = poolStudies(measure, studies, options)
  const rows = studies.map((study, i): Row<Study> => {
    const { effect, weight } = pool.studies[i] ?? { effect: undefined, weight: undefined }
    return { study, weight, drawn: drawnStudy(study, effect, weight, asked) }
  })
  const back = backOf(measure, studies)
  const pools = series && seriesRows(series, inPool(rows), (some) => poolStudies(measure, some, options).pooled, back)
  const subgroups = levelOf === undefined ? undefined : groupsOf(rows, levelOf, { ...asked, back })
  const overall = summaryOf(pool.pooled, { label: modelLabel(options), back, weight: sumOfWeights(rows) })
  const lines = [...overall.lines, ...(subgroups?.difference ?? [])]
  const whole =
    pools === undefined
      ? { ...overall, cells: sumsOf(data, rows), lines }
      : { ...overall, cells: [], lines, weight: undefined }
  const what = nameOfEffect(measure)
  const heading = scale === 'log' || scale === 'linear' ? measure : 'Estimate'
  const shape = scale === 'log' ? 'log' : 'linear'
  const format = formatFor(
    shape,
    rows.flatMap(({ drawn }) => drawn.effect ?? []),
  )
  const { level } = options
  const words = series
    ? seriesWords(series, { what, count: inPool(rows).length, level })
    : { title: 'Forest plot', rows: `${counted(rows.length)}, each with its ${what} and ${levelText(level)} CI` }
  return {
    pool,
    forest: {
      title: asked.title ?? `${words.title}: ${what} of ${counted(rows.length).toLowerCase()}`,
      description: resultSentence(words.rows, whole, { what, level, format }),
      columns: pools === undefined ? dataColumns(data, names) : [],
      effectHeading: `${measure === 'GEN' ? 'Effect' : heading} [${levelText(options.level)} CI]`,
      axisLabel: axisTitle(what),
      scale: shape,
      format,
      noEffect: COMPARES.includes(data) ? back(0) : undefined,
      favours: asked.favours,
      bounds: asked.bounds,
      groups: subgroups?.groups ?? [
        { label: undefined, studies: pools ?? rows.map(({ drawn }) => drawn), summary: undefined },
      ],
      overall: whole,
    },
  }
}

interface Row<Study> {
  readonly study: Study
  readonly weight: number | undefined
  readonly drawn: ForestStudy
}

const inPool = <Study>(rows: readonly Row<Study>[]): readonly Study[] =>
  rows.flatMap(({ study, weight }) => (weight === undefined ? [] : [study]))

const sumOfWeights = (rows: readonly Row<unknown>[]): number | undefined => {
  const weights = rows.flatMap(({ weight }) => weight ?? [])
  return weights.length === 0 ? undefined : weights.reduce((sum, weight) => sum + weight, 0)
}

/** Sums over the studies that are in the pool. */
const sumsOf = (data: Data, rows: readonly Row<NamedStudy>[]): readonly string[] =>
  sumCells(
    data,
    inPool(rows).map((study) => study.data),
  )

function drawnStudy<Study extends NamedStudy>(
  study: Study,
  effect: EffectSize | undefined,
  weight: number | undefined,
  { measure, options }: ForestAsked<Study>,
): ForestStudy {
  const known = { label: nameOf(study), cells: dataCells(study.data), weight }
  if (effect === undefined || effect.status === 'not-estimable') return { ...known, effect: undefined }
  const back = backOf(measure, [study])
  const margin = criticalValue(options.level, undefined) * Math.sqrt(effect.vi)
  return {
    ...known,
    effect: { estimate: back(effect.yi), lower: back(effect.yi - margin), upper: back(effect.yi + margin) },
  }
}

/** Studies by their subgroups, in the order of their first ones, each with its own pool; and whether they differ. */
function groupsOf<Study extends NamedStudy>(
  rows: readonly Row<Study>[],
  levelOf: (study: Study) => string,
  { measure, options, back }: ForestAsked<Study> & { readonly back: (value: number) => number },
): { readonly groups: readonly ForestGroup[]; readonly difference: readonly string[] } {
  const { data } = MEASURES[measure]
  const pooled = poolSubgroups(inPool(rows), levelOf, (some) => poolStudies(measure, some, options).pooled)
  const pools = new Map(pooled.subgroups.map(({ level, pooled: one }) => [level, one]))
  const groups = [...groupedBy(rows, ({ study }) => levelOf(study))].map(([level, members]): ForestGroup => {
    const pool = pools.get(level)
    const summary: ForestSummary | undefined = pool && {
      ...summaryOf(pool, { label: 'Subtotal', back, weight: sumOfWeights(members) }),
      cells: sumsOf(data, members),
    }
    return {
      label: level === '' ? 'Not stated' : level,
      studies: members.map(({ drawn }) => drawn),
      summary,
    }
  })
  return { groups, difference: differenceLine(pooled.difference) }
}
