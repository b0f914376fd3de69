import { criticalValue } from '../../stats/pooling/inference.ts'
import { bottomAxis, leftAxis, widestTick } from '../axis.ts'
import { LEADING, MARGIN, PLAIN, SIZE, SMALL } from '../lettering.ts'
import type { Mark, Picture, Point } from '../mark.ts'
import { type Bounds, linearScale, logScale, type Scale } from '../scale.ts'
import { ASCENT, wrapped } from '../text-width.ts'
import type { FunnelData, FunnelPoint } from './funnel-data.ts'
import { keyOf } from './funnel-key.ts'
import { shadeOf } from './shades.ts'

const WIDTH = 420
const HEIGHT = 300
const RADIUS = 3.5
const BLACK = '#000000'

/** The part of a range that is left free beyond what is in it. */
const ROOM = 0.06

/** The least of it, where effects hardly differ, as a part of them. */
const LEAST = 1e-6

/** Where the plot is: its left edge leaves room for the numbers of its axis. */
interface Frame {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** From a study's effect and standard error to the place of its dot. */
interface Funnel {
  readonly data: FunnelData
  readonly axis: Scale
  readonly down: Scale
  readonly deepest: number
  /** Between which effects the axis goes, on the scale of the effects. */
  readonly domain: Bounds
  readonly at: (point: FunnelPoint) => Point
}

/**
 * A funnel plot: each study's effect against its standard error, which grows downwards; the region about the pooled
 * estimate in which most of them would lie if they shared it; and where asked the regions of p values. Studies that
 * trim and fill adds are hollow.
 *
 * @source  Sterne & Egger 2001, J Clin Epidemiol 54:1046–1055; the contours: Peters et al. 2008, J Clin Epidemiol
 *          61:991–996
 */
export function funnelPlot(data: FunnelData): Picture {
  const deepest = deepestOf(data)
  const top = MARGIN + SIZE * 1.8
  const down = linearScale([0, deepest], [top, top + HEIGHT])
  const left = MARGIN + widestTick(down, SMALL) + 8
  const frame = { left, right: left + WIDTH, top, bottom: top + HEIGHT }
  const funnel = funnelIn(data, frame, down, deepest)
  const axis = bottomAxis(funnel.axis, frame.bottom, SMALL)
  const labels = wrapped(data.axisLabel, WIDTH, PLAIN)
  const below = (i: number) => axis.bottom + SIZE * (1.25 * i + ASCENT)
  const keyTop = axis.bottom + SIZE * LEADING * (labels.length + 0.5)
  const key = keyOf(data, { x: left, y: keyTop, width: WIDTH }, SMALL)
  return {
    width: frame.right + MARGIN * 2,
    height: key.bottom + MARGIN,
    title: data.title,
    description: data.description,
    marks: [
      ...regionMarks(funnel),
      ...limitMarks(funnel),
      ...data.filled.map((point) => dot('filled', funnel.at(point), '#ffffff')),
      ...data.studies.map((point) => dot('study', funnel.at(point), '#404040')),
      ...axis.marks,
      ...leftAxis(down, left, SMALL),
      {
        role: 'axis-label',
        kind: 'text',
        text: 'Standard error',
        x: MARGIN,
        y: MARGIN + SIZE * ASCENT,
        ...PLAIN,
      },
      ...labels.map(
        (text, i): Mark => ({
          role: 'axis-label',
          kind: 'text',
          text,
          x: (frame.left + frame.right) / 2,
          y: below(i),
          anchor: 'middle',
          ...PLAIN,
        }),
      ),
      ...key.marks,
    ],
  }
}

const deepestOf = ({ studies, filled }: FunnelData): number =>
  Math.max(0, ...[...studies, ...filled].map(({ standardError }) => standardError)) * (1 + ROOM) || 1

function funnelIn(data: FunnelData, { left, right }: Frame, down: Scale, deepest: number): Funnel {
  const { studies, filled, centre, level, noEffect, scale } = data
  const reach = criticalValue(level, undefined) * deepest
  const values = [
    noEffect,
    ...[...studies, ...filled].map(({ estimate }) => estimate),
    ...(centre === undefined ? [] : [centre - reach, centre + reach]),
  ]
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const room = Math.max((high - low) * ROOM, LEAST * Math.max(1, Math.abs(low), Math.abs(high)))
  const domain: Bounds = [low - room, high + room]
  const back = scale === 'log' ? Math.exp : (value: number) => value
  const axis = (scale === 'log' ? logScale : linearScale)([back(domain[0]), back(domain[1])], [left, right])
  return {
    data,
    axis,
    down,
    deepest,
    domain,
    at: ({ estimate, standardError }) => ({ x: axis.place(back(estimate)), y: down.place(standardError) }),
  }
}

/** The regions of p values, from the widest to the innermost, each over the one before. */
const regionMarks = (funnel: Funnel): Mark[] =>
  funnel.data.significance
    .map(
      (p, i): Mark => ({
        role: 'region',
        kind: 'polygon',
        points: regionOf(funnel, criticalValue(1 - p, undefined)).map(funnel.at),
        fill: shadeOf(i),
      }),
    )
    .reverse()

/** All effects that are less than z standard errors from none, as far as the axis goes. */
function regionOf({ data: { noEffect }, domain: [low, high], deepest }: Funnel, z: number): FunnelPoint[] {
  const [left, right] = [Math.max(low, noEffect - z * deepest), Math.min(high, noEffect + z * deepest)]
  return [
    { estimate: noEffect, standardError: 0 },
    { estimate: right, standardError: (right - noEffect) / z },
    { estimate: right, standardError: deepest },
    { estimate: left, standardError: deepest },
    { estimate: left, standardError: (noEffect - left) / z },
  ]
}

/** The pooled estimate, and the limits about it between which studies that share it would lie. */
function limitMarks({ data: { centre, level, significance, noEffect }, at, deepest }: Funnel): Mark[] {
  const line = (role: string, from: FunnelPoint, to: FunnelPoint, dashes?: string): Mark => ({
    role,
    kind: 'line',
    from: at(from),
    to: at(to),
    stroke: BLACK,
    strokeWidth: 0.75,
    ...(dashes !== undefined && { dashes }),
  })
  const upright = (role: string, estimate: number, dashes?: string) =>
    line(role, { estimate, standardError: 0 }, { estimate, standardError: deepest }, dashes)
  const none = significance.length === 0 ? [] : [upright('no-effect', noEffect, '1 3')]
  if (centre === undefined) return none
  const z = criticalValue(level, undefined)
  const limits = [-1, 1].map((side) =>
    line(
      'limit',
      { estimate: centre, standardError: 0 },
      { estimate: centre + side * z * deepest, standardError: deepest },
      '4 3',
    ),
  )
  return [...none, upright('centre', centre), ...limits]
}

const dot = (role: string, centre: Point, fill: string): Mark => ({
  role,
  kind: 'circle',
  centre,
  radius: RADIUS,
  fill,
  stroke: BLACK,
  strokeWidth: 1,
})
