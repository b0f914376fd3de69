import fc from 'fast-check'
import { expect, test } from 'vitest'
import { beggTest } from '../../../src/stats/diagnostics/begg.ts'
import { eggerTest } from '../../../src/stats/diagnostics/egger.ts'
import { failSafeN } from '../../../src/stats/diagnostics/fail-safe-n.ts'
import { influence } from '../../../src/stats/diagnostics/influence.ts'
import { TRIM_AND_FILL_ESTIMATORS, trimAndFill } from '../../../src/stats/diagnostics/trim-and-fill.ts'
import type { Effect } from '../../../src/stats/pooling/effect.ts'
import {
  INVERSE_VARIANCE_METHODS,
  POOLING_TESTS,
  poolInverseVariance,
} from '../../../src/stats/pooling/inverse-variance.ts'
import { poolStudies } from '../../../src/stats/pooling/pool-studies.ts'
import { tauSquaredInterval } from '../../../src/stats/pooling/tau-squared-interval.ts'

/** Effects of any size, equal ones among them, with variances that differ by up to 24 decades. */
const effects = fc
  .record({ decades: fc.double({ min: 0, max: 12, noNaN: true }), unit: fc.double({ min: -10, max: 10, noNaN: true }) })
  .chain(({ decades, unit }) =>
    fc.array(
      fc.record({
        yi: fc
          .oneof(fc.constantFrom(0, 1), fc.double({ min: -1000, max: 1000, noNaN: true }))
          .map((value) => value * 10 ** unit),
        vi: fc.double({ min: -decades, max: decades, noNaN: true }).map((power) => 10 ** (power + 2 * unit)),
      }),
      { minLength: 0, maxLength: 8 },
    ),
  )

function expectFinite(part: unknown): void {
  if (typeof part === 'number') expect(part).toSatisfy(Number.isFinite)
  else if (typeof part === 'object' && part !== null) Object.values(part).forEach(expectFinite)
}

const EVERYTHING: Readonly<Record<string, (effects: readonly Effect[]) => unknown>> = {
  'every pool': (some) =>
    INVERSE_VARIANCE_METHODS.flatMap((method) =>
      POOLING_TESTS.map((kind) => poolInverseVariance(some, { method, test: kind })),
    ),
  'the interval of τ²': (some) => tauSquaredInterval(some),
  'fit statistics': (some) =>
    INVERSE_VARIANCE_METHODS.map(
      (method) =>
        poolStudies(
          'GEN',
          some.map((effect) => ({ data: undefined, effect })),
          { method },
        ).fit,
    ),
  influence: (some) => influence(some, { method: 'DL' }),
  'trim and fill': (some) =>
    TRIM_AND_FILL_ESTIMATORS.map((estimator) => trimAndFill(some, { method: 'DL', estimator })),
  'tests of asymmetry': (some) => [eggerTest(some), eggerTest(some, { method: 'DL', test: 'z' }), beggTest(some)],
  'fail-safe N': (some) => (['Rosenthal', 'Orwin', 'Rosenberg'] as const).map((method) => failSafeN(some, { method })),
}

test.each(Object.entries(EVERYTHING))('%s has numbers or reasons, never NaN or infinity', (_, ask) => {
  fc.assert(
    fc.property(effects, (some) => expectFinite(ask(some))),
    { numRuns: 150 },
  )
})
