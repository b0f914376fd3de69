import { expect, test } from 'vitest'
import { NO_EVENTS, NO_STUDIES, NO_VARIATION } from '../../../src/stats/pooling/effect.ts'
import {
  MANTEL_HAENSZEL_RATE_MEASURES,
  poolMantelHaenszelRates,
} from '../../../src/stats/pooling/mantel-haenszel-rates.ts'
import { near } from '../near.ts'
import { estimated } from './estimated.ts'
import { expectCommonEffect } from './expect-common-effect.ts'
import { ANALYSES, effectsOf } from './reference.ts'

const CASES = MANTEL_HAENSZEL_RATE_MEASURES.map((measure) => {
  const analysis = ANALYSES.find((one) => one.name === 'hart1999' && one.measure === measure)
  if (analysis === undefined) throw new Error(`there is no ${measure}`)
  const effects = effectsOf(analysis)
  const studies = analysis.rows.map(({ x1i, t1i, x2i, t2i }, i) => ({
    table: {
      experimental: { events: Number(x1i), time: Number(t1i) },
      control: { events: Number(x2i), time: Number(t2i) },
    },
    effect: effects[i],
  }))
  return { measure, studies, expected: analysis.mh }
})

test.each(CASES)('$measure agrees with metafor 3.8-1', ({ measure, studies, expected }) => {
  expectCommonEffect(poolMantelHaenszelRates(studies, { measure }), expected)
})

test.each(CASES)('$measure: swapping arms flips the sign', ({ measure, studies }) => {
  const { estimate } = estimated(poolMantelHaenszelRates(studies, { measure }))
  const swapped = studies.map(({ table: { experimental, control }, effect }) => ({
    table: { experimental: control, control: experimental },
    effect,
  }))
  expect(estimated(poolMantelHaenszelRates(swapped, { measure })).estimate).toSatisfy(near(-estimate, 1e-12))
})

test('without events there is no ratio, and a difference of 0 without a test', () => {
  const none = [
    { table: { experimental: { events: 0, time: 10 }, control: { events: 0, time: 9 } }, effect: undefined },
  ]
  expect(poolMantelHaenszelRates(none, { measure: 'IRR' })).toBe(NO_EVENTS)
  expect(estimated(poolMantelHaenszelRates(none, { measure: 'IRD' })).inference).toBe(NO_VARIATION)
  expect(poolMantelHaenszelRates([], { measure: 'IRR' })).toBe(NO_STUDIES)
})
