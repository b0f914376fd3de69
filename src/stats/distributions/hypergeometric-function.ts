/** From here on the power series needs few terms, however near x is to 1. */
const SERIES_FROM = 24
const MOST_TERMS = 10_000

/** Half the range and the step of the quadrature, whose nodes lie closer than any double to both ends. */
const RANGE = 4.5
const STEP = 1 / 32

/**
 * Gauss' hypergeometric function ₂F₁(a, b; c; x), for 0 ≤ x ≤ 1, a, b > 0 and c > a + b. Both x and y = 1 − x are given, so
 * that neither is rounded away.
 *
 * @source  Abramowitz & Stegun 15.1.1 (series), 15.3.1 (integral, by Takahasi & Mori's double exponential quadrature)
 * @checked test/stats/distributions/hypergeometric-function.test.ts (mpmath 50 digits, relative 1e-11)
 */
export const hypergeometricFunction = (a: number, b: number, c: number, x: number, y: number): number =>
  c >= SERIES_FROM || x <= 0.5 ? series(a, b, c, x) : integral(a, b, c, x, y)

function series(a: number, b: number, c: number, x: number): number {
  let term = 1
  let sum = 1
  for (let k = 0; k < MOST_TERMS && term > sum * Number.EPSILON * 0.1; k++) {
    term *= ((a + k) / (c + k)) * ((b + k) / (k + 1)) * x
    sum += term
  }
  return sum
}

/** The integral of t^(b−1) (1−t)^(c−b−1) (1−xt)^(−a) by that of x = 0, so that no Γ is needed. */
function integral(a: number, b: number, c: number, x: number, y: number): number {
  let of = 0
  let by = 0
  for (let u = -RANGE; u <= RANGE; u += STEP) {
    const log = Math.PI * Math.sinh(u)
    const t = 1 / (1 + Math.exp(-log))
    const rest = 1 / (1 + Math.exp(log))
    const weight = t ** b * rest ** (c - b) * Math.cosh(u)
    of += weight * (y + x * rest) ** -a
    by += weight
  }
  return of / by
}
