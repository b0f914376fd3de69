/**
 * Bounds that are closer than this part of themselves have no round numbers between them that a reader could tell
 * apart.
 */
const CLOSEST = 1e-9

/** Less than that, and a step between them has no digits left. */
const SMALLEST = 1e-290

/**
 * Round numbers within two bounds, at most so many, as close together as may be: multiples of 1, 2 or 5 times a power
 * of ten.
 */
export function linearTicks([low, high]: readonly [number, number], most: number): readonly number[] {
  const least = Math.max(SMALLEST, CLOSEST * Math.max(Math.abs(low), Math.abs(high)))
  if (!(high - low > least) || most < 1) return []
  const first = Math.floor(Math.log10((high - low) / (most + 1)))
  for (let power = first; power <= first + 2; power++)
    for (const step of [1, 2, 5]) {
      const ticks = multiples(step, power, low, high)
      if (ticks.length <= most) return ticks
    }
  return []
}

/** Multiples of step · 10^power within bounds; written in decimal, so that 3 · 0.1 is 0.3. */
function multiples(step: number, power: number, low: number, high: number): number[] {
  const unit = Number(`${step}e${power}`)
  const first = Math.ceil(low / unit - 1e-9)
  const count = Math.floor(high / unit + 1e-9) - first + 1
  return Array.from({ length: Math.max(0, count) }, (_, i) => Number(`${(first + i) * step}e${power}`))
}

/** Which multiples of each power of ten are marked, from sparse to dense. */
const WITHIN_DECADE = [[1], [1, 3], [1, 2, 5], [1, 1.5, 2, 3, 5, 7]] as const

/** The least with which an axis tells what it measures. */
const FEW = 3

/**
 * Round numbers for a logarithmic axis within two bounds, at most so many, as close together as may be: 1, 2, 5 within
 * each power of ten, or sparser, or only some powers; where the bounds are close, those of a linear axis.
 *
 * @param bounds  both above 0
 */
export function logTicks([low, high]: readonly [number, number], most: number): readonly number[] {
  if (!(low > 0 && high > low) || most < 1) return []
  const [first, last] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))]
  const isWithin = (value: number) => value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9)
  const powers = Array.from({ length: last - first + 1 }, (_, i) => first + i)
  const dense = WITHIN_DECADE.map((leading) =>
    powers.flatMap((power) => leading.map((one) => Number(`${one}e${power}`))).filter(isWithin),
  ).filter(({ length }) => length <= most)
  const densest = dense.at(-1)
  if (densest === undefined)
    return sparsePowers(powers, most)
      .map((power) => Number(`1e${power}`))
      .filter(isWithin)
  return densest.length < Math.min(FEW, most) ? linearTicks([low, high], most) : densest
}

/** Every second, third or further power, 0 among them. */
function sparsePowers(powers: readonly number[], most: number): readonly number[] {
  for (let step = 2; ; step++) {
    const some = powers.filter((power) => power % step === 0)
    if (some.length <= most) return some
  }
}
