/** More than any bracket of doubles needs. */
const MOST_STEPS = 300

/**
 * Where a continuous function crosses 0 between two places at which its signs differ.
 *
 * @returns the root to the last digits of a double, relative to its size; the side where the function is exactly 0, if one is
 * @source  Chandrupatla 1997, Adv Eng Software 28:145–149: inverse quadratic steps, halving where they would mislead
 */
export function rootBetween(low: number, high: number, f: (x: number) => number): number {
  let [a, fa] = [high, f(high)]
  let [b, fb] = [low, f(low)]
  if (fa === 0) return a
  if (fb === 0) return b
  let [c, fc] = [a, fa]
  let share = 0.5
  for (let step = 0; step < MOST_STEPS; step++) {
    const x = a + share * (b - a)
    const fx = f(x)
    if (Math.sign(fx) === Math.sign(fa)) {
      c = a
      fc = fa
    } else {
      c = b
      fc = fb
      b = a
      fb = fa
    }
    a = x
    fa = fx
    const best = Math.abs(fa) < Math.abs(fb) ? a : b
    if (fa === 0 || fb === 0) return best
    const tolerance = (Number.EPSILON * Math.abs(best) + Number.MIN_VALUE) / Math.abs(b - a)
    if (tolerance >= 0.5) return best
    share = Math.min(1 - tolerance, Math.max(tolerance, shareOfStep({ a, b, c, fa, fb, fc })))
  }
  return a
}

interface Points {
  readonly a: number
  readonly b: number
  readonly c: number
  readonly fa: number
  readonly fb: number
  readonly fc: number
}

/** How far to step from a towards b: by inverse quadratic interpolation where it can be trusted, else half. */
function shareOfStep({ a, b, c, fa, fb, fc }: Points): number {
  const xi = (a - b) / (c - b)
  const phi = (fa - fb) / (fc - fb)
  if (!(phi ** 2 < xi && (1 - phi) ** 2 < 1 - xi)) return 0.5
  return (fa / (fb - fa)) * (fc / (fb - fc)) + ((c - a) / (b - a)) * (fa / (fc - fa)) * (fb / (fc - fb))
}

/** How finely the neighbourhood of a hill that does not reach 0, or of a dip that does not, is looked at again. */
const FINER = 16

/**
 * All places where a smooth function goes from above 0 to below it. Between two neighbouring places it may turn once: where
 * it comes near 0 and turns back, the neighbourhood is looked at more finely.
 *
 * @param places  rising, and close enough to each other for the function
 */
export function crossingsDown(places: readonly number[], f: (x: number) => number): number[] {
  const found: number[] = []
  const values: number[] = []
  for (let i = 0; i < places.length; i++) values.push(f(places[i] ?? 0))
  for (let i = 0; i + 1 < places.length; i++) {
    const [x, next] = [places[i] ?? 0, places[i + 1] ?? 0]
    const [y, after] = [values[i] ?? 0, values[i + 1] ?? 0]
    if (y > 0 && after <= 0) found.push(rootBetween(x, next, f))
    else if (turnsBack(values[i - 1], y, after) || turnsBack(y, after, values[i + 2])) {
      const finer = Array.from({ length: FINER + 1 }, (_, j) => x + ((next - x) * j) / FINER)
      const again = finer.map(f)
      for (let j = 0; j < FINER; j++)
        if ((again[j] ?? 0) > 0 && (again[j + 1] ?? 0) <= 0)
          found.push(rootBetween(finer[j] ?? 0, finer[j + 1] ?? 0, f))
    }
  }
  return found
}

/** Of three values on one side of 0, the middle one comes nearest to it. */
const turnsBack = (before: number | undefined, middle: number, after: number | undefined): boolean =>
  before !== undefined &&
  after !== undefined &&
  Math.sign(before) === Math.sign(middle) &&
  Math.sign(after) === Math.sign(middle) &&
  Math.abs(middle) <= Math.abs(before) &&
  Math.abs(middle) <= Math.abs(after)
