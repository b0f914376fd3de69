import type { RowOf } from '../../src/stats/effect-sizes/measure.ts'
import type { Effect } from '../../src/stats/pooling/effect.ts'

/** The start that check sums in test/reference/bench-stats.json belong to. */
const SEED = 20_261_123

/**
 * Numbers from 0 to below 1 that any language makes alike: s ← (1664525 s + 1013904223) mod 2³², u = s / 2³². Products stay
 * below 2⁵³.
 *
 * @source Press et al. 1992, Numerical Recipes, chapter 7.1
 */
function uniform(): () => number {
  let s = SEED
  return () => {
    s = (1_664_525 * s + 1_013_904_223) % 4_294_967_296
    return s / 4_294_967_296
  }
}

/** Columns of rows, by metafor's names. */
export type Columns<Names extends string = string> = Readonly<Record<Names, Float64Array>>

type Tables = Columns<'ai' | 'n1i' | 'ci' | 'n2i'>
type Means = Columns<'m1i' | 'sd1i' | 'n1i' | 'm2i' | 'sd2i' | 'n2i'>
type Rates = Columns<'x1i' | 't1i' | 'x2i' | 't2i'>

const column = (rows: number) => new Float64Array(rows)

/** 2×2 tables of groups of 20 to 499, of which up to half had the event. */
export function tables(rows: number): Tables {
  const next = uniform()
  const [ai, n1i, ci, n2i] = [column(rows), column(rows), column(rows), column(rows)]
  for (let i = 0; i < rows; i++) {
    const [n1, n2] = [20 + Math.floor(480 * next()), 20 + Math.floor(480 * next())]
    n1i[i] = n1
    n2i[i] = n2
    ai[i] = Math.floor((n1 + 1) * 0.5 * next())
    ci[i] = Math.floor((n2 + 1) * 0.5 * next())
  }
  return { ai, n1i, ci, n2i }
}

/** Means from 5 to 15 with SDs from 1 to 5, of groups of 20 to 499. */
export function means(rows: number): Means {
  const next = uniform()
  const mean = () => column(rows).map(() => 5 + 10 * next())
  const sd = () => column(rows).map(() => 1 + 4 * next())
  const size = () => column(rows).map(() => 20 + Math.floor(480 * next()))
  return { m1i: mean(), sd1i: sd(), n1i: size(), m2i: mean(), sd2i: sd(), n2i: size() }
}

/** One to 100 events in 50 to 1,050 person-years. */
export function rates(rows: number): Rates {
  const next = uniform()
  const events = () => column(rows).map(() => 1 + Math.floor(100 * next()))
  const time = () => column(rows).map(() => 50 + 1_000 * next())
  return { x1i: events(), t1i: time(), x2i: events(), t2i: time() }
}

/** A row of the columns, always in the same object. */
export function tablesAt({ ai, n1i, ci, n2i }: Tables): (i: number) => RowOf['two-by-two'] {
  const row = { experimental: { events: 0, total: 0 }, control: { events: 0, total: 0 } }
  return (i) => {
    row.experimental.events = ai[i] ?? 0
    row.experimental.total = n1i[i] ?? 0
    row.control.events = ci[i] ?? 0
    row.control.total = n2i[i] ?? 0
    return row
  }
}

/** A row of the columns, always in the same object. */
export function meansAt({ m1i, sd1i, n1i, m2i, sd2i, n2i }: Means): (i: number) => RowOf['means'] {
  const row = { experimental: { mean: 0, sd: 0, n: 0 }, control: { mean: 0, sd: 0, n: 0 } }
  return (i) => {
    row.experimental.mean = m1i[i] ?? 0
    row.experimental.sd = sd1i[i] ?? 0
    row.experimental.n = n1i[i] ?? 0
    row.control.mean = m2i[i] ?? 0
    row.control.sd = sd2i[i] ?? 0
    row.control.n = n2i[i] ?? 0
    return row
  }
}

/** A row of the columns, always in the same object. */
export function ratesAt({ x1i, t1i, x2i, t2i }: Rates): (i: number) => RowOf['person-time'] {
  const row = { experimental: { events: 0, time: 0 }, control: { events: 0, time: 0 } }
  return (i) => {
    row.experimental.events = x1i[i] ?? 0
    row.experimental.time = t1i[i] ?? 0
    row.control.events = x2i[i] ?? 0
    row.control.time = t2i[i] ?? 0
    return row
  }
}

/** Data sets of k effects about 0.3, with a τ² of each from 0 to 0.1 and variances from 0.02 to 0.22. */
export function dataSets(sets: number, k: number): Effect[][] {
  const next = uniform()
  return Array.from({ length: sets }, () => {
    const tauSquared = 0.1 * next()
    return Array.from({ length: k }, () => {
      const vi = 0.02 + 0.2 * next()
      // The sum of twelve such numbers less six is nearly normal.
      let normal = -6
      for (let i = 0; i < 12; i++) normal += next()
      return { yi: 0.3 + Math.sqrt(vi + tauSquared) * normal, vi }
    })
  })
}
