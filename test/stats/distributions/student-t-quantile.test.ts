import { describe, expect, test } from 'vitest'
import { studentTQuantile } from '../../../src/stats/distributions/student-t-quantile.ts'
import reference from '../../reference/quantiles.json' with { type: 'json' }

test.each(reference.student_t)('$p of Student’s t with $df degrees of freedom lies below $t', ({ p, df, t }) => {
  expect(Math.abs(studentTQuantile(p, df) - t)).toBeLessThanOrEqual(1e-13 * t)
  if (1 - (1 - p) === p) expect(studentTQuantile(1 - p, df)).toBe(-studentTQuantile(p, df))
})

test('one degree of freedom is the Cauchy distribution', () => {
  for (const p of [1e-12, 0.001, 0.2, 0.4, 0.77, 0.999])
    expect(studentTQuantile(p, 1) * Math.tan(Math.PI * p)).toBeCloseTo(-1, 12)
})

test('the quantile goes on without a step where the expansion takes over', () => {
  const [below, above] = [studentTQuantile(0.975, 99_999.999), studentTQuantile(0.975, 100_000)]
  expect(Math.abs(below - above)).toBeLessThan(1e-11)
})

describe('what has no quantile', () => {
  test.each([
    { p: 0.5, df: 3, is: 0 },
    { p: 0, df: 3, is: Number.NEGATIVE_INFINITY },
    { p: 1, df: 3, is: Number.POSITIVE_INFINITY },
    { p: 1.1, df: 3, is: Number.NaN },
    { p: 0.9, df: 0, is: Number.NaN },
    { p: 0.9, df: Number.NaN, is: Number.NaN },
  ])('$p with $df degrees of freedom gives $is', ({ p, df, is }) => {
    expect(studentTQuantile(p, df)).toBe(is)
  })
})
