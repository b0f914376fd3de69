import { describe, expect, test } from 'vitest'
import type { NotEstimable } from '../../../src/stats/effect-sizes/measure.ts'
import type { ChiSquareTest } from '../../../src/stats/pooling/chi-square-test.ts'
import { NO_EVENTS, ONE_STUDY } from '../../../src/stats/pooling/effect.ts'
import { poolMantelHaenszel } from '../../../src/stats/pooling/mantel-haenszel.ts'
import {
  cochranMantelHaenszel,
  homogeneityOfOddsRatios,
  mantelHaenszelRateTest,
} from '../../../src/stats/pooling/mantel-haenszel-tests.ts'
import { near } from '../near.ts'
import { studiesOf } from './counts.ts'
import { estimated } from './estimated.ts'
import { METADAT_COUNTS } from './metadat.ts'
import { ANALYSES } from './reference.ts'

interface Expected {
  readonly chisq: number | null
  readonly p: number | null
}

function expectTest(found: ChiSquareTest | NotEstimable, { chisq, p }: Expected): void {
  const { statistic, pValue } = estimated(found)
  expect(statistic).toSatisfy(near(Number(chisq), 1e-9))
  expect(pValue).toSatisfy(near(Number(p), 1e-7))
}

const tablesOf = (analysis: Parameters<typeof studiesOf>[0]) => studiesOf(analysis).map(({ table }) => table)

const estimateOf = (tables: ReturnType<typeof tablesOf>) =>
  estimated(
    poolMantelHaenszel(
      tables.map((table) => ({ table, effect: undefined })),
      { measure: 'OR' },
    ),
  ).estimate

describe('agrees with metafor 3.8-1', () => {
  const odds = ANALYSES.flatMap((one) => (one.measure === 'OR' && one.mh ? [{ ...one, mh: one.mh }] : []))
  test.each(odds)('$title', ({ mh, ...analysis }) => {
    const tables = tablesOf(analysis)
    const { CMH_cc, CMH_nocc, breslow_day, tarone, k_pos } = mh
    if (!(CMH_cc && CMH_nocc && breslow_day && tarone)) throw new Error('the file has no such tests')
    expectTest(cochranMantelHaenszel(tables), CMH_cc)
    expectTest(cochranMantelHaenszel(tables, 0), CMH_nocc)
    const found = homogeneityOfOddsRatios(tables, estimateOf(tables))
    expectTest(found.breslowDay, breslow_day)
    expectTest(found.tarone, tarone)
    expect(estimated(found.tarone).degreesOfFreedom).toBe(Number(k_pos) - 1)
  })

  test('rates of hart1999', () => {
    const rates = ANALYSES.find(({ title }) => title === 'hart1999 IRR')
    const rows = (rates?.rows ?? []).map(({ x1i, t1i, x2i, t2i }) => ({
      experimental: { events: Number(x1i), time: Number(t1i) },
      control: { events: Number(x2i), time: Number(t2i) },
    }))
    expectTest(mantelHaenszelRateTest(rows), rates?.mh?.CMH_cc ?? { chisq: null, p: null })
  })

  test('odds of nielweise2007, zero cells among them', () => {
    const { ai, n1i, ci, n2i, tests, uncorrected } = METADAT_COUNTS
    const tables = ai.map((events, i) => ({
      experimental: { events, total: Number(n1i[i]) },
      control: { events: Number(ci[i]), total: Number(n2i[i]) },
    }))
    const found = homogeneityOfOddsRatios(tables, estimateOf(tables))
    const [cmh = null, cmhP = null, bd = null, bdP = null, tarone = null, taroneP = null] = tests
    const [plain = null, plainP = null] = uncorrected
    expectTest(cochranMantelHaenszel(tables), { chisq: cmh, p: cmhP })
    expectTest(cochranMantelHaenszel(tables, 0), { chisq: plain, p: plainP })
    expectTest(found.breslowDay, { chisq: bd, p: bdP })
    expectTest(found.tarone, { chisq: tarone, p: taroneP })
  })
})

test('what the expected events are made of: the margins, and the odds ratio', () => {
  // By hand: margins of 10 and 10, odds ratio 1, so that 5 are expected; V = 1 / (4 / 5) = 1.25, and two excesses of ±2.
  const table = (events: number) => ({
    experimental: { events, total: 10 },
    control: { events: 10 - events, total: 10 },
  })
  const { breslowDay, tarone } = homogeneityOfOddsRatios([table(7), table(3)], 0)
  expect(estimated(breslowDay).statistic).toSatisfy(near((2 * 4) / 1.25, 1e-12))
  expect(estimated(tarone).statistic).toSatisfy(near((2 * 4) / 1.25, 1e-12))
})

test('what has no answer says so', () => {
  const nobody = { experimental: { events: 0, total: 9 }, control: { events: 0, total: 8 } }
  const some = { experimental: { events: 2, total: 9 }, control: { events: 1, total: 8 } }
  expect(cochranMantelHaenszel([nobody])).toBe(NO_EVENTS)
  expect(cochranMantelHaenszel([])).toBe(NO_EVENTS)
  expect(homogeneityOfOddsRatios([nobody, some], 0.5)).toEqual({ breslowDay: ONE_STUDY, tarone: ONE_STUDY })
  expect(() => cochranMantelHaenszel([{ ...some, control: { events: 9, total: 8 } }])).toThrow('control.events')
})
