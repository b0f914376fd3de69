import type { Data, RowOf } from '../../stats/effect-sizes/measure.ts'
import { MEASURES, type MeasureName } from '../../stats/effect-sizes/measures.ts'
import { backOf, type PooledStudies, type PoolOptions, poolStudies } from '../../stats/pooling/pool-studies.ts'
import { counted, nameOfEffect } from '../effect-words.ts'
import type { GroupNames } from '../forest/data-columns.ts'
import { modelLabel, resultWords, summaryOf } from '../forest/pool-words.ts'
import type { Point } from '../mark.ts'
import { type NamedStudy, nameOf } from '../named-study.ts'
import { formatFor } from '../number-text.ts'
import type { LabbeData } from './labbe-data.ts'

/** What the effect b, on the scale on which it is pooled, makes of the control group's risk or rate. */
const APPLIED = {
  RR: (b, control) => control * Math.exp(b),
  OR: (b, control) => 1 / (1 + ((1 - control) / control) * Math.exp(-b)),
  PETO: (b, control) => 1 / (1 + ((1 - control) / control) * Math.exp(-b)),
  RD: (b, control) => control + b,
  AS: (b, control) => squareOfSine(Math.asin(Math.sqrt(control)) + b),
  IRR: (b, control) => control * Math.exp(b),
  IRD: (b, control) => control + b,
  IRSD: (b, control) => (Math.sqrt(control) + b >= 0 ? (Math.sqrt(control) + b) ** 2 : Number.NaN),
} as const satisfies { readonly [Name in MeasureName]?: (b: number, control: number) => number }

/** Of an angle between 0 and a right one: beyond, there is no risk. */
const squareOfSine = (angle: number): number => (angle >= 0 && angle <= Math.PI / 2 ? Math.sin(angle) ** 2 : Number.NaN)

export type LabbeMeasure = keyof typeof APPLIED

/** The measures of two risks or rates, which alone can be drawn. */
export const LABBE_MEASURES: readonly string[] = Object.keys(APPLIED)
export const isLabbeMeasure = (name: MeasureName): name is LabbeMeasure => Object.hasOwn(APPLIED, name)

export interface LabbeAsked {
  readonly measure: LabbeMeasure
  readonly options: PoolOptions & { readonly level: number }
  readonly names: GroupNames
  readonly title: string | undefined
}

/** Straight lines that a curve is made of. */
const PIECES = 120
const ROOM = 1.06

/**
 * Pools studies, and says what a L'Abbé plot of them shows: of those in the pool, events by people or by time as they were
 * counted, without what zero cells may get added.
 *
 * @throws EvidenceError EFFECT_INPUT_INVALID  as poolStudies does
 */
export function labbeOfPool(
  studies: readonly NamedStudy[],
  { measure, options, names, title }: LabbeAsked,
): { readonly labbe: LabbeData; readonly pool: PooledStudies } {
  const pool = poolStudies(measure, studies, options)
  const drawn = studies.flatMap((study, i) => {
    const weight = pool.studies[i]?.weight
    const rates = ratesOf(study.data)
    return weight === undefined || rates === undefined ? [] : [{ label: nameOf(study), weight, ...rates }]
  })
  const isRisk = drawn.every(({ isRisk }) => isRisk)
  const most = Math.max(0, ...drawn.flatMap(({ experimental, control }) => [experimental, control]))
  // A risk that comes near to 1 is seen against it.
  const end = isRisk && most > 0.75 ? 1 : most * ROOM || 1
  const what = nameOfEffect(measure)
  const { pooled } = pool
  const summary = summaryOf(pooled, { label: modelLabel(options), back: backOf(measure, studies), weight: undefined })
  const format = formatFor(
    MEASURES[measure].scale === 'log' ? 'log' : 'linear',
    summary.effect === undefined ? [] : [summary.effect],
  )
  const words = resultWords(summary, { what, level: options.level, format })
  const quantity = isRisk ? 'Risk' : 'Rate'
  const above = drawn.filter(({ experimental, control }) => experimental > control).length
  return {
    pool,
    labbe: {
      title: title ?? `L’Abbé plot: ${what} of ${drawn.length} studies`,
      description: [
        `${counted(drawn.length)}, each by the ${quantity.toLowerCase()}s of both groups. In ${above} it is higher with ${names.experimental} than with ${names.control}.`,
        `${[words, ...summary.lines].join('. ')}.`,
      ].join(' '),
      experimentalLabel: `${quantity}: ${names.experimental}`,
      controlLabel: `${quantity}: ${names.control}`,
      studies: drawn,
      end,
      pooled: pooled.status === 'not-estimable' ? undefined : { words, curve: curveOf(measure, pooled.estimate, end) },
    },
  }
}

/** Of both groups; none where the data are of another kind, or the effect alone is known. */
function ratesOf(row: RowOf[Data] | undefined) {
  if (row === undefined || !('experimental' in row)) return undefined
  const { experimental, control } = row
  if ('total' in experimental && 'total' in control)
    return {
      experimental: experimental.events / experimental.total,
      control: control.events / control.total,
      isRisk: true,
    }
  if ('time' in experimental && 'time' in control)
    return {
      experimental: experimental.events / experimental.time,
      control: control.events / control.time,
      isRisk: false,
    }
  return undefined
}

/** From where it comes into the square between the axes to where it leaves it. */
function curveOf(measure: LabbeMeasure, estimate: number, end: number): readonly Point[] {
  const apply = APPLIED[measure]
  const points = Array.from({ length: PIECES + 1 }, (_, i): Point => {
    // At the edges themselves odds are 0 or beyond all bounds.
    const x = Math.min(Math.max((end * i) / PIECES, end * 1e-9), end * (1 - 1e-9))
    return { x, y: apply(estimate, x) }
  }).filter(({ y }) => Number.isFinite(y))
  return points.flatMap((point, i) => {
    const next = points[i + 1]
    const own = isBetween(point.y, end) ? [point] : []
    return next === undefined || isBetween(point.y, end) === isBetween(next.y, end)
      ? own
      : [...own, crossing(point, next, end)]
  })
}

const isBetween = (y: number, end: number): boolean => y >= 0 && y <= end

/** Where a line between two points goes through the edge that one of them is beyond. */
function crossing(from: Point, to: Point, end: number): Point {
  const edge = Math.max(from.y, to.y) > end ? end : 0
  return { x: from.x + ((edge - from.y) / (to.y - from.y)) * (to.x - from.x), y: edge }
}
