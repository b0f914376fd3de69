import { expect } from 'vitest'
import type { NotEstimable } from '../../../src/stats/effect-sizes/measure.ts'
import type { Pooled } from '../../../src/stats/pooling/pooled.ts'
import { near, within } from '../near.ts'
import { estimated } from './estimated.ts'
import type { ReferenceCounts } from './reference.ts'

/** A method for counts gives what the file says metafor gives. */
export function expectCommonEffect(pooled: Pooled | NotEstimable, expected: ReferenceCounts | undefined): void {
  if (expected === undefined) throw new Error('the file has no such analysis')
  const { estimate, inference, heterogeneity, weights } = estimated(pooled)
  const { se } = expected
  const tested = estimated(inference)
  expect(estimate).toSatisfy(within(expected.b, 1e-10 * se))
  expect(tested.standardError).toSatisfy(near(se, 1e-10))
  expect(tested.statistic).toSatisfy(within(expected.z, 1e-9))
  expect(tested.pValue).toSatisfy(near(expected.p, 1e-8))
  expect(tested.ciLower).toSatisfy(within(expected.ci_lb, 1e-10 * se))
  expect(tested.ciUpper).toSatisfy(within(expected.ci_ub, 1e-10 * se))
  const varied = estimated(heterogeneity)
  expect(varied.statistic).toSatisfy(near(expected.Q, 1e-10))
  expect(varied.degreesOfFreedom).toBe(expected.Q_df)
  expect(varied.pValue).toSatisfy(near(expected.Qp, 1e-8))
  expect(varied.iSquared).toSatisfy(near(expected.I2, 1e-9))
  expect(varied.hSquared).toSatisfy(near(expected.H2, 1e-10))
  expect(weights.reduce((sum, weight) => sum + weight, 0)).toSatisfy(near(100, 1e-12))
}
