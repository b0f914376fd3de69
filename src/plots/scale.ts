import { linearTicks, logTicks } from './ticks.ts'

export type Bounds = readonly [low: number, high: number]

/** From values to places in a picture. */
export interface Scale {
  readonly kind: 'linear' | 'log'
  /** The values between which it goes. */
  readonly domain: Bounds
  /** The places of those. */
  readonly range: Bounds
  /** The place of a value; beyond the range where the value is beyond the domain. */
  readonly place: (value: number) => number
  /** Round values within the domain, rising, at most so many. */
  readonly ticks: (most: number) => readonly number[]
}

/** Equal differences have equal distances. */
export const linearScale = (domain: Bounds, range: Bounds): Scale => ({
  kind: 'linear',
  domain,
  range,
  place: placesOf(domain, range, (value) => value),
  ticks: (most) => linearTicks(domain, most),
})

/** Equal ratios have equal distances; the domain is above 0. */
export const logScale = (domain: Bounds, range: Bounds): Scale => ({
  kind: 'log',
  domain,
  range,
  place: placesOf(domain, range, Math.log),
  ticks: (most) => logTicks(domain, most),
})

function placesOf([low, high]: Bounds, [start, end]: Bounds, map: (value: number) => number) {
  const [from, to] = [map(low), map(high)]
  return (value: number): number => start + ((map(value) - from) / (to - from)) * (end - start)
}
