import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chiSquareQuantile, chiSquareUpperTail } from '../../../src/stats/distributions/chi-square.ts'
import { fUpperTail } from '../../../src/stats/distributions/f.ts'
import { fisherTwoSided } from '../../../src/stats/distributions/hypergeometric.ts'
import { normalCumulative, normalTwoSided, normalUpperTail } from '../../../src/stats/distributions/normal.ts'
import { normalQuantile } from '../../../src/stats/distributions/normal-quantile.ts'
import { studentTTwoSided } from '../../../src/stats/distributions/student-t.ts'
import { studentTQuantile } from '../../../src/stats/distributions/student-t-quantile.ts'
import reference from '../../reference/distributions.json' with { type: 'json' }
import integrity from '../../reference/integrity.json' with { type: 'json' }
import { near } from '../near.ts'

describe('distributions agree with mpmath', () => {
  test.each(reference.normal)('normal: above $z', ({ z, upper_tail }) => {
    expect(normalUpperTail(z)).toSatisfy(near(upper_tail, 1e-12))
    expect(normalCumulative(-z)).toSatisfy(near(upper_tail, 1e-12))
    if (z >= 0) expect(normalTwoSided(z)).toSatisfy(near(2 * upper_tail, 1e-12))
  })
  test.each(reference.chi_square)('χ² with $df degrees of freedom: above $x', ({ x, df, upper_tail }) => {
    expect(chiSquareUpperTail(x, df)).toSatisfy(near(upper_tail, 1e-12))
  })
  test.each(reference.f)('F with $df1 and $df2 degrees of freedom: above $f', ({ f, df1, df2, upper_tail }) => {
    expect(fUpperTail(f, { numerator: df1, denominator: df2 })).toSatisfy(near(upper_tail, 1e-12))
  })
  // With many degrees of freedom 1 − ν/(ν + t²) is next to nothing, and its last digits with it.
  test.each(reference.student_t)('t with $df degrees of freedom: beyond ±$t', ({ t, df, two_sided }) => {
    expect(studentTTwoSided(t, df)).toSatisfy(near(two_sided, df > 10_000 ? 1e-10 : 1e-12))
  })
  test.each(reference.fisher)('Fisher: $a/$n1 against $c/$n2', ({ a, n1, c, n2, two_sided }) => {
    const table = { experimental: { events: a, total: n1 }, control: { events: c, total: n2 } }
    expect(fisherTwoSided(table)).toSatisfy(near(two_sided, 1e-12))
  })
})

describe('distributions agree with R 4.2.2', () => {
  const tails: Readonly<Record<string, (x: number, df1: number | null, df2: number | null) => number>> = {
    t: (x, _, df) => studentTTwoSided(x, Number(df)),
    F: (x, df1, df2) => fUpperTail(x, { numerator: Number(df1), denominator: Number(df2) }),
    chi2: (x, df) => chiSquareUpperTail(x, Number(df)),
    z: (x) => normalTwoSided(x),
    r: (r, _, df) => studentTTwoSided((r * Math.sqrt(Number(df))) / Math.sqrt(1 - r * r), Number(df)),
  }
  const names: Readonly<Record<string, string>> = { Chi2: 'chi2', Q: 'chi2', Z: 'z' }
  test.each(integrity.p_from_statistic)('$test = $stat ($df1, $df2)', ({ test: name, stat, df1, df2, p_two_sided }) => {
    expect(tails[name]?.(stat, df1, df2)).toSatisfy(near(p_two_sided, 1e-10))
  })
  test.each(integrity.statcheck)('statcheck: $test_type = $test_value ($df1, $df2)', (row) => {
    const tail = tails[names[row.test_type] ?? row.test_type]
    expect(tail?.(row.test_value, row.df1, row.df2)).toSatisfy(near(row.computed_p, 1e-10))
  })
})

// qchisq(p, df, lower.tail = FALSE) of R 4.2.2
test.each([
  { p: 0.975, df: 1, x: 0.00098206911717525769 },
  { p: 0.5, df: 1, x: 0.45493642311957283 },
  { p: 0.025, df: 1, x: 5.0238861873148872 },
  { p: 1e-8, df: 1, x: 32.841253361236788 },
  { p: 0.975, df: 2, x: 0.050635615968579795 },
  { p: 0.025, df: 5, x: 12.832501994030029 },
  { p: 0.975, df: 12, x: 4.4037885069817024 },
  { p: 1e-8, df: 40, x: 111.89271727850404 },
  { p: 0.975, df: 999, x: 913.30099830211338 },
])('$p of χ² with $df degrees of freedom lies above $x', ({ p, df, x }) => {
  expect(chiSquareQuantile(p, df)).toSatisfy(near(x, 1e-12))
})

describe('identities', () => {
  const degrees = fc.double({ min: 0.5, max: 500, noNaN: true })
  const positive = fc.double({ min: 1e-3, max: 50, noNaN: true })
  test('t² with ν degrees of freedom is F with 1 and ν', () => {
    fc.assert(
      fc.property(positive, degrees, (t, df) =>
        near(studentTTwoSided(t, df), 1e-9)(fUpperTail(t * t, { numerator: 1, denominator: df })),
      ),
    )
  })
  test('z² is χ² with one degree of freedom, in either direction', () => {
    fc.assert(fc.property(positive, (z) => near(normalTwoSided(z), 1e-10)(chiSquareUpperTail(z * z, 1))))
  })
  test('a quantile is where the tail is what was asked for', () => {
    const p = fc.double({ min: 1e-280, max: 1, minExcluded: true, maxExcluded: true, noNaN: true })
    fc.assert(fc.property(p, (value) => near(value, 1e-9)(normalCumulative(normalQuantile(value)))))
    const level = fc.double({ min: 1e-6, max: 0.999, noNaN: true })
    fc.assert(
      fc.property(level, degrees, (value, df) =>
        near(value, 1e-9)(studentTTwoSided(studentTQuantile(value / 2, df), df)),
      ),
    )
  })
  test("Fisher's p value doesn't change when arms or events are swapped, and is never above 1", () => {
    const total = fc.integer({ min: 1, max: 400 })
    fc.assert(
      fc.property(
        total,
        total,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (n, m, p, q) => {
          const one = { events: Math.round(n * p), total: n }
          const other = { events: Math.round(m * q), total: m }
          const without = ({ events, total }: typeof one) => ({ events: total - events, total })
          const value = fisherTwoSided({ experimental: one, control: other })
          expect(value).toBeLessThanOrEqual(1)
          expect(fisherTwoSided({ experimental: other, control: one })).toSatisfy(near(value, 1e-9))
          expect(fisherTwoSided({ experimental: without(one), control: without(other) })).toSatisfy(near(value, 1e-9))
        },
      ),
    )
  })
})

test('the edges have values and no NaN', () => {
  expect(normalUpperTail(Number.POSITIVE_INFINITY)).toBe(0)
  expect(normalUpperTail(Number.NEGATIVE_INFINITY)).toBe(1)
  expect(chiSquareUpperTail(0, 1)).toBe(1)
  expect(fUpperTail(0, { numerator: 1, denominator: 3 })).toBe(1)
  expect(fUpperTail(Number.POSITIVE_INFINITY, { numerator: 1, denominator: 3 })).toBe(0)
  expect(studentTTwoSided(0, 4)).toBe(1)
  expect(studentTTwoSided(Number.POSITIVE_INFINITY, 4)).toBe(0)
})

test("Fisher's test of a billion people takes no more than moments", () => {
  const started = performance.now()
  const p = fisherTwoSided({
    experimental: { events: 500_000_000, total: 1_000_000_000 },
    control: { events: 500_100_000, total: 1_000_000_000 },
  })
  expect(performance.now() - started).toBeLessThan(5000)
  // χ² = 2·10⁹ (10⁵·10⁹)² / (10⁹·10⁹·1000100000·999900000), which at this size is the same test.
  expect(p).toSatisfy(near(chiSquareUpperTail((2e9 * 1e28) / (1e18 * 1000100000 * 999900000), 1), 1e-3))
})
