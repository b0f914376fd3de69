import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Effect } from '../../../src/stats/pooling/effect.ts'
import { poolInverseVariance } from '../../../src/stats/pooling/inverse-variance.ts'
import { near } from '../near.ts'
import { estimated } from './estimated.ts'

/** The logarithm of the likelihood, straight from the normal density of each effect; Harville's term for REML. */
function logLikelihood(effects: readonly Effect[], tauSquared: number, kind: 'ML' | 'REML'): number {
  const sum = (term: (effect: Effect) => number) => effects.reduce((total, effect) => total + term(effect), 0)
  const information = sum(({ vi }) => 1 / (vi + tauSquared))
  const mean = sum(({ yi, vi }) => yi / (vi + tauSquared)) / information
  const density = sum(({ yi, vi }) => -Math.log(vi + tauSquared) / 2 - (yi - mean) ** 2 / (2 * (vi + tauSquared)))
  return density - (kind === 'REML' ? Math.log(information) / 2 : 0)
}

const tauSquaredBy = (effects: readonly Effect[], method: 'ML' | 'REML') =>
  estimated(estimated(poolInverseVariance(effects, { method })).tauSquared).value

describe.each(['ML', 'REML'] as const)('%s', (method) => {
  test('no other τ² is likelier', () => {
    const effect = fc.record({
      yi: fc.double({ min: -3, max: 3, noNaN: true }),
      // Spread over decades, so that there may be several peaks.
      vi: fc.double({ min: -4, max: 1, noNaN: true }).map((exponent) => 10 ** exponent),
    })
    fc.assert(
      fc.property(fc.array(effect, { minLength: 2, maxLength: 8 }), (effects) => {
        const best = logLikelihood(effects, tauSquaredBy(effects, method), method)
        for (let i = 0; i <= 400; i++) {
          const tauSquared = i === 0 ? 0 : 10 ** (-6 + (8 * i) / 400)
          expect(best).toBeGreaterThanOrEqual(logLikelihood(effects, tauSquared, method) - 1e-9)
        }
      }),
      { numRuns: 300 },
    )
  })
})

/** The generator of random numbers that other programs can repeat: s ← (1664525 s + 1013904223) mod 2³². */
function lcg(seed: number): () => number {
  let state = seed
  return () => {
    state = (1664525 * state + 1013904223) % 2 ** 32
    return state / 2 ** 32
  }
}

/** Data sets of studies with v from 0.02 to 0.22 and y about 0.3, with a τ² from 0 to 0.1 each. */
function dataSets(count: number, k: number): Effect[][] {
  const next = lcg(20261123)
  return Array.from({ length: count }, () => {
    const tauSquared = 0.1 * next()
    return Array.from({ length: k }, () => {
      const vi = 0.02 + 0.2 * next()
      const z = Array.from({ length: 12 }, next).reduce((sum, u) => sum + u, 0) - 6
      return { yi: 0.3 + Math.sqrt(vi + tauSquared) * z, vi }
    })
  })
}

// The sums were computed in R 4.2.2 by maximising the likelihood to the last digits, not by metafor's stopping rule.
describe('a thousand data sets of ten studies, as in R', () => {
  const sets = dataSets(1000, 10)
  test.each([
    { method: 'EE', estimates: 302.0494700463237, tauSquareds: 0, zeros: 1000 },
    { method: 'DL', estimates: 299.13746322191037, tauSquareds: 59.40999891262117, zeros: 245 },
    { method: 'REML', estimates: 299.2379466937485, tauSquareds: 59.01029295756067, zeros: 265 },
  ] as const)('$method', ({ method, estimates, tauSquareds, zeros }) => {
    const pooled = sets.map((effects) => estimated(poolInverseVariance(effects, { method })))
    const values = pooled.map(({ tauSquared }) => (tauSquared.status === 'estimated' ? tauSquared.value : 0))
    expect(pooled.reduce((sum, { estimate }) => sum + estimate, 0)).toSatisfy(near(estimates, 1e-10))
    expect(values.reduce((sum, value) => sum + value, 0)).toSatisfy(near(tauSquareds, 1e-9))
    expect(values.filter((value) => value === 0)).toHaveLength(zeros)
  })

  test('REML with the interval of Knapp and Hartung', () => {
    const intervals = sets.map((effects) =>
      estimated(estimated(poolInverseVariance(effects, { method: 'REML', test: 'knha' })).inference),
    )
    expect(intervals.reduce((sum, { ciLower }) => sum + ciLower, 0)).toSatisfy(near(31.438198027547497, 1e-9))
    expect(intervals.reduce((sum, { ciUpper }) => sum + ciUpper, 0)).toSatisfy(near(567.0376953599496, 1e-9))
  })
})

test('ten thousand studies are pooled by REML as in R, in time linear in their number', () => {
  const [effects = []] = dataSets(1, 10_000)
  const pooled = estimated(poolInverseVariance(effects, { method: 'REML' }))
  expect(pooled.estimate).toSatisfy(near(0.2989839148340397, 1e-10))
  expect(estimated(pooled.tauSquared).value).toSatisfy(near(0.05060673806305871, 1e-9))
  // A matrix of all pairs would need 800 MB, and a minute.
  const started = performance.now()
  poolInverseVariance(effects, { method: 'REML' })
  expect(performance.now() - started).toBeLessThan(1000)
})
