import { betaFactor, incompleteBeta } from './beta.ts'

/** Steps of bisection and Newton together; half of them would do at the ends of the range. */
const MOST_STEPS = 200

/** ln(x / (1 − x)) of the smallest doubles, on either side. */
const FARTHEST = 745

/**
 * The number below which a variable with a beta distribution lies with probability p.
 *
 * @param p     a probability between 0 and 1
 * @param a, b  above 0, not necessarily whole
 * @source  bisection and Newton steps on the incomplete beta function, in ln(x / (1 − x))
 * @checked test/reference/intervals.json (R 4.2.2, relative 1e-10)
 */
export function betaQuantile(p: number, a: number, b: number): number {
  let [low, high] = [-FARTHEST, FARTHEST]
  let t = Math.log(a / b)
  for (let step = 0; step < MOST_STEPS; step++) {
    const [x, y] = [1 / (1 + Math.exp(-t)), 1 / (1 + Math.exp(t))]
    const error = incompleteBeta(x, y, a, b) - p
    if (error > 0) high = t
    else low = t
    // The density of t is x y times that of x.
    const newton = t - error / betaFactor(a, b, x, y)
    const next = newton > low && newton < high ? newton : (low + high) / 2
    if (Math.abs(next - t) <= 1e-15 * Math.abs(t) || next === t) break
    t = next
  }
  return 1 / (1 + Math.exp(-t))
}
