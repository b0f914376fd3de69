import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { beggTest } from '../../../src/stats/diagnostics/begg.ts'
import { trimAndFill } from '../../../src/stats/diagnostics/trim-and-fill.ts'
import {
  INVERSE_VARIANCE_METHODS,
  POOLING_TESTS,
  poolInverseVariance,
} from '../../../src/stats/pooling/inverse-variance.ts'
import { near, within } from '../near.ts'
import { estimated } from './estimated.ts'

const numbers = z.array(z.number())
const { sets } = z
  .object({
    sets: z.array(
      z.object({
        yi: numbers,
        vi: numbers,
        pools: z.array(
          z.object({ method: z.enum(INVERSE_VARIANCE_METHODS), test: z.enum(POOLING_TESTS), values: numbers }),
        ),
        begg: numbers,
        trimfill: z.array(
          z.object({ estimator: z.enum(['L0', 'R0']), side: z.enum(['left', 'right']), values: numbers }),
        ),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync(path.join(import.meta.dirname, '../../reference/pooling/spread.json'), 'utf8')))

const CASES = sets.map(({ yi, vi, ...set }, i) => ({
  title: `set ${i + 1}, ${yi.length} studies`,
  effects: yi.map((y, j) => ({ yi: y, vi: vi[j] ?? Number.NaN })),
  ...set,
}))

/** What metafor's searches leave undone, even when they are told to end late. */
const SEARCH = 1e-8

test('the file has every method with every test', () => {
  const kinds = new Set(sets.flatMap(({ pools }) => pools.map(({ method, test: kind }) => `${method} ${kind}`)))
  expect(kinds.size).toBe(8 * 4)
})

test.each(CASES)('$title: pools of variances that spread over decades', ({ effects, pools }) => {
  for (const { method, test: kind, values } of pools) {
    const [
      estimate = 0,
      se = 0,
      statistic = 0,
      p = 0,
      lower = 0,
      upper = 0,
      tau2 = 0,
      seTau2 = 0,
      i2 = 0,
      h2 = 0,
      q = 0,
    ] = values
    const pooled = estimated(poolInverseVariance(effects, { method, test: kind }))
    const inference = estimated(pooled.inference)
    const heterogeneity = estimated(pooled.heterogeneity)
    expect(pooled.estimate).toSatisfy(within(estimate, SEARCH * se))
    expect(inference.standardError).toSatisfy(near(se, SEARCH))
    expect(inference.statistic).toSatisfy(within(statistic, SEARCH * Math.max(1, Math.abs(statistic))))
    expect(inference.pValue).toSatisfy(near(p, 1e-6))
    expect(inference.ciLower).toSatisfy(within(lower, 10 * SEARCH * se))
    expect(inference.ciUpper).toSatisfy(within(upper, 10 * SEARCH * se))
    const tauSquared = estimated(pooled.tauSquared)
    expect(tauSquared.value).toSatisfy(within(tau2, Math.max(SEARCH * tau2, 1e-11)))
    expect(tauSquared.standardError).toSatisfy(near(seTau2, SEARCH))
    expect(heterogeneity.iSquared).toSatisfy(within(i2, 1e-6))
    expect(heterogeneity.hSquared).toSatisfy(near(h2, 1e-7))
    expect(heterogeneity.statistic).toSatisfy(near(q, 1e-10))
  }
})

test.each(CASES)('$title: asymmetry', ({ effects, begg: [tau = 0, p = 0], trimfill }) => {
  const rank = estimated(beggTest(effects))
  expect(rank.tau).toSatisfy(within(tau, 1e-12))
  expect(rank.pValue).toSatisfy(near(p, 1e-10))
  for (const { estimator, side, values } of trimfill) {
    const [missing = 0, se = 0, estimate = 0, tau2 = 0] = values
    const found = estimated(trimAndFill(effects, { method: 'DL', estimator }))
    expect(found).toMatchObject({ side, missing })
    expect(found.standardError).toSatisfy(within(se, 1e-9))
    expect(found.pooled.estimate).toSatisfy(within(estimate, 1e-9))
    expect(estimated(found.pooled.tauSquared).value).toSatisfy(within(tau2, 1e-9))
  }
})
