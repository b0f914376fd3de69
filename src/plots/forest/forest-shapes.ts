import type { Mark, Point } from '../mark.ts'
import type { Scale } from '../scale.ts'
import type { Estimate, Interval } from './forest-data.ts'
import type { Drawing } from './forest-rows.ts'

const BLACK = '#000000'
const GREY = '#8c8c8c'
const DARK = '#404040'

/** The side of the heaviest study's box. */
const BIGGEST_BOX = 11

/** The side of all where nothing has a weight. */
const PLAIN_BOX = 6
const ARROW = 5
const TICK = 2.5
const HALF_DIAMOND = 5.5
const HALF_BAR = 2.5

/** What is drawn in a row whose middle is at y; `heaviest` is the largest weight of any study, 0 without any. */
export function shapesOf(drawing: Drawing, scale: Scale, y: number, heaviest: number): readonly Mark[] {
  switch (drawing.shape) {
    case 'study':
      return studyShapes(drawing.effect, drawing.weight, scale, y, heaviest)
    case 'summary':
      return diamond(drawing.effect, scale, y, drawing.isOverall)
    case 'prediction':
      return predictionBar(drawing.interval, scale, y)
  }
}

/** A box whose area is in proportion to the weight, and the interval through it. */
function studyShapes(
  effect: Estimate,
  weight: number | undefined,
  scale: Scale,
  y: number,
  heaviest: number,
): readonly Mark[] {
  const x = scale.place(effect.estimate)
  const isWithin = x >= scale.range[0] && x <= scale.range[1]
  const side = heaviest === 0 ? PLAIN_BOX : BIGGEST_BOX * Math.sqrt((weight ?? 0) / heaviest)
  const box: Mark[] =
    isWithin && side > 0
      ? [{ role: 'box', kind: 'box', x: x - side / 2, y: y - side / 2, width: side, height: side, fill: GREY }]
      : []
  const tick: Mark[] = isWithin ? [lineOf('estimate', { x, y: y - TICK }, { x, y: y + TICK })] : []
  return [...box, ...intervalLine(effect, scale, y), ...tick]
}

function intervalLine(interval: Interval, scale: Scale, y: number): readonly Mark[] {
  const [from, to] = [clamped(scale, interval.lower), clamped(scale, interval.upper)]
  return [lineOf('interval', { x: from, y }, { x: to, y }), ...arrows(interval, scale, y)]
}

/** Where an interval goes on beyond the axis, an arrow that points there. */
function arrows({ lower, upper }: Interval, scale: Scale, y: number): readonly Mark[] {
  const [left, right] = scale.range
  return [
    ...(isBelow(scale, lower) ? [arrow(left, y, -1)] : []),
    ...(isAbove(scale, upper) ? [arrow(right, y, 1)] : []),
  ]
}

const arrow = (x: number, y: number, direction: 1 | -1): Mark => ({
  role: 'arrow',
  kind: 'polygon',
  points: [
    { x: x + direction * ARROW, y },
    { x, y: y - ARROW * 0.7 },
    { x, y: y + ARROW * 0.7 },
  ],
  fill: BLACK,
})

function diamond(effect: Estimate, scale: Scale, y: number, isOverall: boolean): readonly Mark[] {
  const at = (value: number, dy: number): Point => ({ x: clamped(scale, value), y: y + dy })
  return [
    {
      role: isOverall ? 'overall' : 'subtotal',
      kind: 'polygon',
      points: [
        at(effect.lower, 0),
        at(effect.estimate, -HALF_DIAMOND),
        at(effect.upper, 0),
        at(effect.estimate, HALF_DIAMOND),
      ],
      fill: isOverall ? DARK : '#ffffff',
      stroke: BLACK,
      strokeWidth: 1,
    },
    ...arrows(effect, scale, y),
  ]
}

function predictionBar(interval: Interval, scale: Scale, y: number): readonly Mark[] {
  const [from, to] = [clamped(scale, interval.lower), clamped(scale, interval.upper)]
  return [
    {
      role: 'prediction',
      kind: 'box',
      x: from,
      y: y - HALF_BAR,
      width: to - from,
      height: 2 * HALF_BAR,
      fill: '#ffffff',
      stroke: BLACK,
      strokeWidth: 1,
    },
    ...arrows(interval, scale, y),
  ]
}

const lineOf = (role: string, from: Point, to: Point): Mark => ({
  role,
  kind: 'line',
  from,
  to,
  stroke: BLACK,
  strokeWidth: 1,
})

const isBelow = ({ domain: [low] }: Scale, value: number): boolean => value < low
const isAbove = ({ domain: [, high] }: Scale, value: number): boolean => value > high

/** The place of a value, or of the end of the axis beyond which it is. */
const clamped = (scale: Scale, value: number): number =>
  isBelow(scale, value) ? scale.range[0] : isAbove(scale, value) ? scale.range[1] : scale.place(value)
