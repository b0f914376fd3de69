import type { Mark, Point } from '../mark.ts'
import { COLOURS, type Level } from './levels.ts'

/** A stroke of a symbol, within a square from −1 to 1. */
type Stroke = readonly (readonly [x: number, y: number])[]

const PLUS: readonly Stroke[] = [
  [
    [-1, 0],
    [1, 0],
  ],
  [
    [0, -1],
    [0, 1],
  ],
]
const MINUS: readonly Stroke[] = [
  [
    [-1, 0],
    [1, 0],
  ],
]
const CROSS: readonly Stroke[] = [
  [
    [-0.8, -0.8],
    [0.8, 0.8],
  ],
  [
    [-0.8, 0.8],
    [0.8, -0.8],
  ],
]
// The second stroke is the dot below.
const EXCLAMATION: readonly Stroke[] = [
  [
    [0, -1.1],
    [0, 0.3],
  ],
  [
    [0, 0.75],
    [0, 1.15],
  ],
]
const QUESTION: readonly Stroke[] = [
  [
    [-0.6, -0.6],
    [-0.5, -0.9],
    [-0.2, -1.1],
    [0.2, -1.1],
    [0.5, -0.9],
    [0.6, -0.55],
    [0.4, -0.2],
    [0.1, 0.05],
    [0, 0.4],
  ],
  [
    [0, 0.75],
    [0, 1.15],
  ],
]

/** Drawn, not written: they look alike with every typeface, and tell levels apart without colour. */
const STROKES: Readonly<Record<Level, readonly Stroke[]>> = {
  low: PLUS,
  some: MINUS,
  unclear: QUESTION,
  high: CROSS,
  critical: EXCLAMATION,
  unknown: QUESTION,
  inapplicable: [],
  unjudged: [],
}

/** The symbol of a level about a point; `size` is half of its height. */
export const symbolMarks = (level: Level, { x, y }: Point, size: number): Mark[] =>
  STROKES[level].map((stroke) => ({
    role: `symbol-${level}`,
    kind: 'polyline',
    points: stroke.map(([dx, dy]) => ({ x: x + dx * size, y: y + dy * size })),
    stroke: COLOURS[level].ink,
    strokeWidth: 1.6,
  }))

/** A light: a disc in the level's colour with its symbol. One that nobody judged has none. */
export const lightMarks = (level: Level, centre: Point, radius: number): Mark[] =>
  level === 'unjudged'
    ? []
    : [
        {
          role: `light-${level}`,
          kind: 'circle',
          centre,
          radius,
          fill: COLOURS[level].fill,
          stroke: '#404040',
          strokeWidth: 0.75,
        },
        ...symbolMarks(level, centre, radius * 0.5),
      ]
