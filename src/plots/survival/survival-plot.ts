import { type Frame, frame } from '../frame.ts'
import { keyMarks } from '../key.ts'
import { BOLD, LEADING, MARGIN, SIZE, SMALL } from '../lettering.ts'
import type { Mark, Picture } from '../mark.ts'
import { shifted } from '../shifted.ts'
import { ASCENT, wrapped } from '../text-width.ts'
import { linearTicks } from '../ticks.ts'
import { marker } from './marker.ts'
import type { SurvivalData, SurvivalPanel, SurvivalPoint } from './survival-data.ts'
import { pointWords } from './survival-words.ts'

const WIDTH = 440
const HEIGHT = 220

/** Points of one time are spread so far at most, from the first to the last. */
const SPREAD = 40

/** Room for them at either end, and for markers at probabilities of 0 and 1. */
const INSET = { x: SPREAD / 2 + 6, y: 8 }

/** So far beside each other go points of the same time that would lie on each other. */
const BESIDE = 8
const WHISKER = 3

/** Probabilities closer than that have markers on each other. */
const CLOSE = 0.05
const BETWEEN_PANELS = 14

/**
 * Probabilities of survival as studies print them: points with their intervals where there are any, for each group its own
 * marker, and below all numbers in words. Nothing joins the points: what lies between them was not printed.
 */
export function survivalPlot({ title, description, panels }: SurvivalData): Picture {
  const marks: Mark[] = []
  let [width, bottom] = [0, 0]
  panels.forEach((panel, i) => {
    const drawn = drawnPanel(panel)
    const top = i === 0 ? 0 : bottom + BETWEEN_PANELS
    marks.push(...drawn.marks.map((mark) => shifted(mark, top)))
    width = Math.max(width, drawn.right)
    bottom = top + drawn.bottom
  })
  return { width: width + 2 * MARGIN, height: bottom + MARGIN, title, description, marks }
}

function drawnPanel({ heading, groups }: SurvivalPanel) {
  const lines = wrapped(heading, WIDTH, BOLD)
  const head = lines.length * SIZE * LEADING
  const latest = Math.max(0, ...groups.flatMap(({ points }) => points.map(({ months }) => months)))
  const plot = frame({
    x: { domain: [0, latest > 0 ? latest * 1.04 : 1], label: 'Months', ticks: (most) => monthTicks(latest, most) },
    y: { domain: [0, 1], label: 'Probability of being without the event' },
    width: WIDTH,
    height: HEIGHT,
    inset: INSET,
  })
  const key = keyMarks(
    groups.map(({ label, points }, i) => ({
      sample: (x, y) => marker(i, { x: x + 9, y }, 'key-marker'),
      words: `${label} — ${points.map(pointWords).join('; ')}`,
    })),
    { x: plot.left, y: plot.below + MARGIN / 2, width: WIDTH },
    SMALL,
  )
  return {
    marks: [
      ...lines.map(
        (text, i): Mark => ({
          role: 'heading',
          kind: 'text',
          text,
          x: MARGIN,
          y: MARGIN + i * SIZE * LEADING + SIZE * ASCENT,
          ...BOLD,
        }),
      ),
      ...[...pointMarks(groups, plot), ...plot.marks, ...key.marks].map((mark) => shifted(mark, head)),
    ],
    right: plot.right,
    bottom: head + key.bottom,
  }
}

/** Months between ticks: quarters of a year, years, decades. */
const MONTHS_APART = [1, 3, 6, 12, 24, 60, 120, 240]

/** Months as people count them; of times shorter than three months, any round numbers. */
function monthTicks(latest: number, most: number): readonly number[] {
  const apart = MONTHS_APART.find((months) => latest / months + 1 <= most)
  if (apart === undefined || latest < 3) return linearTicks([0, latest > 0 ? latest : 1], most)
  return Array.from({ length: Math.floor(latest / apart) + 1 }, (_, i) => i * apart)
}

/** Intervals first, so that no marker is under one. */
function pointMarks(groups: SurvivalPanel['groups'], { at }: Frame): Mark[] {
  const placed = groups.flatMap(({ points }, group) => points.map((point) => ({ group, point })))
  const drawn = placed.map(({ group, point }) => {
    const together = placed.filter((other) => other.point.months === point.months)
    const own = together.findIndex((other) => other.point === point)
    const { x, y } = at({ x: point.months, y: clamped(point.probability) })
    return {
      group,
      point,
      x: x + (own - (together.length - 1) / 2) * apartFor(together.map((other) => other.point)),
      y,
    }
  })
  return [
    ...drawn.flatMap(({ point: { lower, upper }, x }): Mark[] => {
      if (lower === null || upper === null) return []
      const [top, bottom] = [at({ x: 0, y: clamped(upper) }).y, at({ x: 0, y: clamped(lower) }).y]
      const line = { role: 'interval', kind: 'line', stroke: '#000000', strokeWidth: 1 } as const
      return [
        { ...line, from: { x, y: top }, to: { x, y: bottom } },
        { ...line, from: { x: x - WHISKER, y: top }, to: { x: x + WHISKER, y: top } },
        { ...line, from: { x: x - WHISKER, y: bottom }, to: { x: x + WHISKER, y: bottom } },
      ]
    }),
    ...drawn.map(({ group, x, y }) => marker(group, { x, y }, 'estimate')),
  ]
}

/** How far points of one time move apart: not at all where they can be told apart, less where they are many. */
function apartFor(points: readonly SurvivalPoint[]): number {
  const sorted = points.map(({ probability }) => probability).sort((a, b) => a - b)
  const areApart = sorted.every((value, i) => i === 0 || value - (sorted[i - 1] ?? 0) >= CLOSE)
  const haveIntervals = points.some(({ lower, upper }) => lower !== null && upper !== null)
  return areApart && !haveIntervals ? 0 : Math.min(BESIDE, SPREAD / points.length)
}

/** Printed intervals may go beyond what a probability can be. */
const clamped = (probability: number): number => Math.min(1, Math.max(0, probability))
