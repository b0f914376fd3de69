import type { Bounds } from '../scale.ts'
import { linearTicks } from '../ticks.ts'
import type { Estimate, ForestData } from './forest-data.ts'

/** How far intervals may go beyond what must be within, as a part of the width that this takes; further is clipped. */
const BEYOND = 0.4

/** A little room, so that nothing lies on the edge. */
const ROOM = 0.04

/**
 * Between which values the axis goes: all estimates, the intervals of pools and of the sharper half of studies, and the
 * value of no effect are within. The others' intervals and predictions are so far as they don't press the rest
 * together.
 */
export function axisBounds({ groups, overall, noEffect, scale, bounds }: ForestData): Bounds {
  if (bounds !== undefined) return bounds
  const [map, back] = scale === 'log' ? [Math.log, expWithin] : [same, same]
  const studies = groups.flatMap((group) => group.studies.flatMap(({ effect }) => effect ?? []))
  const summaries = [...groups.map(({ summary }) => summary), overall].flatMap((one) => one ?? [])
  const pools = summaries.flatMap(({ effect }) => effect ?? [])
  const predictions = summaries.flatMap(({ prediction }) => prediction ?? [])
  const finite = (values: readonly (number | undefined)[]) =>
    values.flatMap((value) => {
      const mapped = value === undefined ? Number.NaN : map(value)
      return Number.isFinite(mapped) ? mapped : []
    })
  const ends = (intervals: readonly Omit<Estimate, 'estimate'>[]) =>
    intervals.flatMap(({ lower, upper }) => [lower, upper])
  const width = ({ lower, upper }: Estimate) => map(upper) - map(lower)
  const sharper = [...studies].sort((a, b) => width(a) - width(b)).slice(0, Math.ceil(studies.length / 2))
  const core = finite([noEffect, ...studies.map(({ estimate }) => estimate), ...ends(pools), ...ends(sharper)])
  const wishes = [...core, ...finite(ends([...studies, ...predictions]))]
  if (wishes.length === 0) return scale === 'log' ? [0.1, 10] : [-1, 1]
  const [coreLow, coreHigh] = extent(core.length === 0 ? wishes : core)
  const [low, high] = extent(wishes)
  const most = coreHigh > coreLow ? (coreHigh - coreLow) * BEYOND : Number.POSITIVE_INFINITY
  const [from, to] = [Math.max(low, coreLow - most), Math.min(high, coreHigh + most)]
  const span = Math.max(to - from, LEAST * Math.max(1, Math.abs(from), Math.abs(to)))
  return toTicks([back(from - span * ROOM), back(to + span * ROOM)], scale, span * NEAR)
}

/** How far an axis goes on to end at a round number that it would nearly reach, as a part of its width. */
const NEAR = 0.06

/** So many ticks an axis has about, whose numbers it may end at. */
const TICKS = 7

/** Bounds that go on to the next round number where that is near: of ratios, the next 1, 2 or 5. */
function toTicks([low, high]: Bounds, scale: ForestData['scale'], most: number): Bounds {
  if (scale === 'log') {
    const [below, above] = [lastBelow(low), firstAbove(high)]
    return [Math.log(low / below) <= most ? below : low, Math.log(above / high) <= most ? above : high]
  }
  const [first, second] = linearTicks([low, high], TICKS)
  if (first === undefined || second === undefined) return [low, high]
  const step = second - first
  const [below, above] = [Math.floor(low / step) * step, Math.ceil(high / step) * step]
  return [low - below <= most ? below : low, above - high <= most ? above : high]
}

const LEADING = [1, 2, 5, 10] as const

function firstAbove(value: number): number {
  const decade = 10 ** Math.floor(Math.log10(value))
  return (LEADING.find((one) => one * decade >= value) ?? 10) * decade
}

function lastBelow(value: number): number {
  const decade = 10 ** Math.floor(Math.log10(value))
  return (LEADING.findLast((one) => one * decade <= value) ?? 1) * decade
}

/** Of values that are all the same, the width around them. */
const LEAST = 0.01

/** Not beyond what a number can be. */
const expWithin = (value: number): number => Math.exp(Math.max(-MOST_EXPONENT, Math.min(MOST_EXPONENT, value)))
const MOST_EXPONENT = 700

const same = (value: number): number => value

const extent = (values: readonly number[]): Bounds =>
  values.reduce<Bounds>(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  )
