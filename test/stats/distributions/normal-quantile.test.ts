import { expect, test } from 'vitest'
import { normalQuantile } from '../../../src/stats/distributions/normal-quantile.ts'
import reference from '../../reference/quantiles.json' with { type: 'json' }

test.each(reference.normal)('$p of a standard normal variable lies below $z', ({ p, z }) => {
  expect(Math.abs(normalQuantile(p) - z)).toBeLessThanOrEqual(2e-15 * Math.abs(z))
})

test.each([
  { p: 0, is: Number.NEGATIVE_INFINITY },
  { p: 1, is: Number.POSITIVE_INFINITY },
  { p: -0.1, is: Number.NaN },
  { p: 1.1, is: Number.NaN },
  { p: Number.NaN, is: Number.NaN },
])('$p gives $is', ({ p, is }) => {
  expect(normalQuantile(p)).toBe(is)
})
