import { bottomAxis, leftAxis, widestTick } from './axis.ts'
import { LEADING, MARGIN, PLAIN, SIZE, SMALL } from './lettering.ts'
import type { Mark, Point } from './mark.ts'
import { type Bounds, linearScale, type Scale } from './scale.ts'
import { ASCENT, wrapped } from './text-width.ts'

/** An axis: between which values it goes, and what it measures. */
interface FrameAxis {
  readonly domain: Bounds
  readonly label: string
  /** What is marked on it, where that isn't any round numbers. */
  readonly ticks?: Scale['ticks']
}

export interface FrameAsked {
  readonly x: FrameAxis
  readonly y: FrameAxis
  /** Of the space for data, within its axes. */
  readonly width: number
  readonly height: number
  /** How much of this stays free at its edges on either side, so that dots on them have room. */
  readonly inset: Point
}

/** Two linear axes with their labels, and the space between them. */
export interface Frame {
  readonly marks: readonly Mark[]
  readonly x: Scale
  readonly y: Scale
  readonly at: (values: Point) => Point
  /** Of the space for data. */
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  /** Below the words of the lower axis. */
  readonly below: number
}

/**
 * A frame for dots. What the left axis measures stands over it, where people read it without turning their heads.
 */
export function frame({ x, y, width, height, inset }: FrameAsked): Frame {
  const line = SIZE * LEADING
  const over = wrapped(y.label, width, PLAIN)
  const top = MARGIN + line * over.length + SIZE * 0.5
  const bottom = top + height
  const down = linearScale(y.domain, [bottom - inset.y, top + inset.y])
  const left = MARGIN + widestTick(down, SMALL) + 8
  const right = left + width
  const linear = linearScale(x.domain, [left + inset.x, right - inset.x])
  const across = x.ticks === undefined ? linear : { ...linear, ticks: x.ticks }
  const axis = bottomAxis(across, bottom, SMALL, [left, right])
  const under = wrapped(x.label, width, PLAIN)
  const label = (text: string, at: Point, anchor: 'start' | 'middle'): Mark => ({
    role: 'axis-label',
    kind: 'text',
    text,
    ...at,
    anchor,
    ...PLAIN,
  })
  return {
    marks: [
      ...axis.marks,
      ...leftAxis(down, left, SMALL, [top, bottom]),
      ...over.map((text, i) => label(text, { x: MARGIN, y: MARGIN + line * i + SIZE * ASCENT }, 'start')),
      ...under.map((text, i) =>
        label(text, { x: (left + right) / 2, y: axis.bottom + line * i + SIZE * ASCENT }, 'middle'),
      ),
    ],
    x: across,
    y: down,
    at: (values) => ({ x: across.place(values.x), y: down.place(values.y) }),
    left,
    right,
    top,
    bottom,
    below: axis.bottom + line * under.length,
  }
}
