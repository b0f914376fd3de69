import { expect, test } from 'vitest'
import { poolPeto } from '../../../src/stats/pooling/peto.ts'
import { near } from '../near.ts'
import { studiesOf } from './counts.ts'
import { estimated } from './estimated.ts'
import { expectCommonEffect } from './expect-common-effect.ts'
import { ANALYSES } from './reference.ts'

const CASES = ANALYSES.filter(({ peto }) => peto !== undefined)

test.each(CASES)("$title: Peto's method agrees with metafor 3.8-1", (analysis) => {
  const pooled = poolPeto(studiesOf(analysis).map(({ table }) => table))
  expectCommonEffect(pooled, analysis.peto)
  expect(estimated(pooled).k).toBe(analysis.peto?.k)
})

test('swapping arms flips the sign, and swapping events and the rest as well', () => {
  const tables = CASES.flatMap((one) => studiesOf(one).map(({ table }) => table))
  const { estimate } = estimated(poolPeto(tables))
  const swapped = tables.map(({ experimental, control }) => ({ experimental: control, control: experimental }))
  const without = ({ events, total }: { events: number; total: number }) => ({ events: total - events, total })
  const others = tables.map(({ experimental, control }) => ({
    experimental: without(experimental),
    control: without(control),
  }))
  expect(estimated(poolPeto(swapped)).estimate).toSatisfy(near(-estimate, 1e-10))
  expect(estimated(poolPeto(others)).estimate).toSatisfy(near(-estimate, 1e-10))
})

test.each([
  { what: 'no study', tables: [], reason: 'there is no study' },
  {
    what: 'nobody with an event',
    tables: [{ experimental: { events: 0, total: 3 }, control: { events: 0, total: 4 } }],
    reason: 'no study has both',
  },
])('$what has no answer', ({ tables, reason }) => {
  expect(poolPeto(tables)).toEqual({ status: 'not-estimable', reason: expect.stringContaining(reason) })
})
