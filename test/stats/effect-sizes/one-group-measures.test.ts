import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CORRELATION_MEASURES } from '../../../src/stats/effect-sizes/correlation-measures.ts'
import { effectSizes } from '../../../src/stats/effect-sizes/effect-sizes.ts'
import { MEANS_MEASURES } from '../../../src/stats/effect-sizes/means-measures.ts'
import type { EffectSize } from '../../../src/stats/effect-sizes/measure.ts'
import { MEAN_MEASURES, PAIRED_MEANS_MEASURES } from '../../../src/stats/effect-sizes/one-group-mean-measures.ts'
import { PERSON_TIME_MEASURES } from '../../../src/stats/effect-sizes/person-time-measures.ts'
import { PROPORTION_MEASURES } from '../../../src/stats/effect-sizes/proportion-measures.ts'
import { RATE_MEASURES } from '../../../src/stats/effect-sizes/rate-measures.ts'
import variants from '../../reference/effect-size-variants.json' with { type: 'json' }
import ofBias from '../../reference/hypergeometric-function.json' with { type: 'json' }
import { near } from '../near.ts'

const yiOf = (found: EffectSize | undefined): number => (found?.status === 'estimated' ? found.yi : Number.NaN)
const refused = (message: string) => expect.objectContaining({ code: 'EFFECT_INPUT_INVALID', message })

describe("Glass' Δ has each variance of metafor 3.8-1", () => {
  const { inputs, results } = variants.SMD1
  const rows = inputs.m1i.map((mean, row) => ({
    experimental: { mean, sd: inputs.sd1i[row] ?? -1, n: inputs.n1i[row] ?? -1 },
    control: { mean: inputs.m2i[row] ?? 0, sd: inputs.sd2i[row] ?? -1, n: inputs.n2i[row] ?? -1 },
  }))
  test.each(results)('$vtype', ({ vtype, yi, vi }) => {
    const found = effectSizes(MEANS_MEASURES.SMD1, rows, { vtype: vtype === 'LS' || vtype === 'LS2' ? vtype : 'UB' })
    expect(found).toEqual(
      yi.map((value, row) => ({
        status: 'estimated',
        correction: 0,
        yi: expect.toSatisfy(near(value, 1e-10)),
        vi: expect.toSatisfy(near(vi[row] ?? Number.NaN, 1e-10)),
      })),
    )
  })
})

describe('the way back from an effect size is that of metafor 3.8-1', () => {
  const back: Readonly<Record<string, (yi: number, size: number) => number>> = {
    PFT: (yi, n) => PROPORTION_MEASURES.PFT.back(yi, { events: 0, total: n }),
    IRFT: (yi, time) => RATE_MEASURES.IRFT.back(yi, { events: 0, time }),
    PAS: (yi) => PROPORTION_MEASURES.PAS.back(yi, { events: 0, total: 1 }),
    IRS: (yi) => RATE_MEASURES.IRS.back(yi, { events: 0, time: 1 }),
    PLO: (yi) => PROPORTION_MEASURES.PLO.back(yi, { events: 0, total: 1 }),
    ZCOR: (yi) => CORRELATION_MEASURES.ZCOR.back(yi, { correlation: 0, n: 9 }),
  }
  const { columns: _, ...measures } = variants.back
  test.each(Object.entries(measures))('%s', (name, rows) => {
    const wrong = rows.filter(([yi = 0, size = 0, value = 0]) => {
      const found = back[name]?.(yi, size) ?? Number.NaN
      // metafor's transf.ipft loses digits by its differences near 0 and 1.
      return !(Math.abs(found - value) <= Math.max(1e-9 * Math.abs(value), 1e-12))
    })
    expect(wrong).toEqual([])
    expect(rows.length).toBeGreaterThan(0)
  })

  test('what was counted comes back from its own effect size', () => {
    const group = fc
      .integer({ min: 1, max: 5000 })
      .chain((total) => fc.integer({ min: 0, max: total }).map((events) => ({ events, total })))
    fc.assert(
      fc.property(group, fc.constantFrom('PR' as const, 'PAS' as const, 'PFT' as const), (row, name) => {
        const measure = PROPORTION_MEASURES[name]
        const found = measure.back(yiOf(effectSizes(measure, [row])[0]), row)
        return Math.abs(found - row.events / row.total) <= 1e-9
      }),
    )
    const rate = fc.record({
      events: fc.integer({ min: 0, max: 500 }),
      time: fc.double({ min: 0.1, max: 900, noNaN: true }),
    })
    fc.assert(
      fc.property(rate, fc.constantFrom('IR' as const, 'IRS' as const, 'IRFT' as const), (row, name) => {
        const measure = RATE_MEASURES[name]
        const found = measure.back(yiOf(effectSizes(measure, [row])[0]), row)
        return Math.abs(found - row.events / row.time) <= 1e-9 * Math.max(1, row.events / row.time)
      }),
    )
  })
})

describe('identities', () => {
  const arm = fc.record({
    events: fc.integer({ min: 0, max: 300 }),
    time: fc.double({ min: 0.5, max: 900, noNaN: true }),
  })
  test.each(Object.entries(PERSON_TIME_MEASURES))('%s of swapped groups has the other sign', (_, measure) => {
    fc.assert(
      fc.property(arm, arm, (experimental, control) => {
        const [one, other] = effectSizes(measure, [
          { experimental, control },
          { experimental: control, control: experimental },
        ])
        if (one?.status !== 'estimated' || other?.status !== 'estimated') return one?.status === other?.status
        return Math.abs(one.yi + other.yi) <= 1e-12 * Math.max(1, Math.abs(one.yi)) && near(one.vi, 1e-12)(other.vi)
      }),
    )
  })

  test('the log odds ratio is the difference of two log odds, IRR of two log rates', () => {
    const [one, other] = effectSizes(PROPORTION_MEASURES.PLO, [
      { events: 10, total: 85 },
      { events: 4, total: 79 },
    ])
    // Of 10/85 against 4/79: ln(10 · 75 / (75 · 4)).
    expect(yiOf(one) - yiOf(other)).toSatisfy(near(Math.log(2.5), 1e-12))
    const rates = [
      { events: 9, time: 413 },
      { events: 19, time: 398 },
    ] as const
    const [first, second] = effectSizes(RATE_MEASURES.IRLN, rates)
    const [ratio] = effectSizes(PERSON_TIME_MEASURES.IRR, [{ experimental: rates[0], control: rates[1] }])
    expect(yiOf(first) - yiOf(second)).toSatisfy(near(yiOf(ratio), 1e-12))
  })

  test('a change without correlation has the variance of a difference of two groups of that size', () => {
    const [change] = effectSizes(PAIRED_MEANS_MEASURES.MC, [
      { first: { mean: 24, sd: 6 }, second: { mean: 20, sd: 5 }, n: 33, correlation: 0 },
    ])
    const [difference] = effectSizes(MEANS_MEASURES.MD, [
      { experimental: { mean: 24, sd: 6, n: 33 }, control: { mean: 20, sd: 5, n: 33 } },
    ])
    expect(change).toMatchObject({ yi: yiOf(difference), vi: expect.toSatisfy(near((36 + 25) / 33, 1e-14)) })
  })

  test('measured the other way round, a change has the other sign', () => {
    const pair = { first: { mean: 24, sd: 6 }, second: { mean: 20, sd: 5 }, n: 33, correlation: 0.4 }
    for (const measure of [PAIRED_MEANS_MEASURES.MC, PAIRED_MEANS_MEASURES.SMCC]) {
      const [one, other] = effectSizes(measure, [pair, { ...pair, first: pair.second, second: pair.first }])
      expect(yiOf(one)).toBe(-yiOf(other))
    }
  })
})

describe('UCOR agrees with mpmath', () => {
  test.each(ofBias.UCOR)('r $correlation of $n', ({ correlation, n, yi, LS, UB }) => {
    const row = { correlation, n }
    const within = (expected: number) => (value: number) =>
      Math.abs(value - expected) <= Math.max(1e-10 * Math.abs(expected), 1e-15)
    const [large] = effectSizes(CORRELATION_MEASURES.UCOR, [row])
    expect(large).toMatchObject({ yi: expect.toSatisfy(within(yi)), vi: expect.toSatisfy(within(LS)) })
    const [unbiased] = effectSizes(CORRELATION_MEASURES.UCOR, [row], { vtype: 'UB' })
    expect(unbiased).toMatchObject({ yi: expect.toSatisfy(within(yi)), vi: expect.toSatisfy(within(UB)) })
  })
})

describe('edges', () => {
  test.each([
    [
      'no events in either group',
      effectSizes(PERSON_TIME_MEASURES.IRD, [
        { experimental: { events: 0, time: 5 }, control: { events: 0, time: 4 } },
      ]),
      /no events in either group/,
    ],
    [
      'a rate ratio of a zero and nothing added',
      effectSizes(
        PERSON_TIME_MEASURES.IRR,
        [{ experimental: { events: 0, time: 5 }, control: { events: 3, time: 4 } }],
        { to: 'none' },
      ),
      /a count is zero/,
    ],
    [
      'log odds of a zero and nothing added',
      effectSizes(PROPORTION_MEASURES.PLO, [{ events: 0, total: 5 }], { to: 'none' }),
      /nothing was added/,
    ],
    [
      'the log of no events and nothing added',
      effectSizes(RATE_MEASURES.IRLN, [{ events: 0, time: 5 }], { to: 'none' }),
      /nothing was added/,
    ],
    [
      'the correlation of three people',
      effectSizes(CORRELATION_MEASURES.COR, [{ correlation: 0.5, n: 3 }]),
      /three people or less/,
    ],
    ["Fisher's z of 1", effectSizes(CORRELATION_MEASURES.ZCOR, [{ correlation: 1, n: 30 }]), /no finite z/],
    [
      'UCOR of four people',
      effectSizes(CORRELATION_MEASURES.UCOR, [{ correlation: 0.5, n: 4 }]),
      /four people or less/,
    ],
    [
      'a standardized change of two people',
      effectSizes(PAIRED_MEANS_MEASURES.SMCC, [
        { first: { mean: 1, sd: 1 }, second: { mean: 2, sd: 1 }, n: 2, correlation: 0 },
      ]),
      /too few/,
    ],
    [
      'a change that is the same for all',
      effectSizes(PAIRED_MEANS_MEASURES.SMCC, [
        { first: { mean: 9, sd: 2 }, second: { mean: 8, sd: 2 }, n: 12, correlation: 1 },
      ]),
      /no spread/,
    ],
  ])('%s is not estimable', (_, found, reason) => {
    expect(found).toEqual([{ status: 'not-estimable', reason: expect.stringMatching(reason) }])
  })

  test('½ is added for log rates and log odds with a zero, by our default; for risks and rates by metafor’s too', () => {
    const none = { events: 0, total: 26 }
    expect(effectSizes(PROPORTION_MEASURES.PLO, [none])).toMatchObject([{ yi: Math.log(0.5 / 26.5), correction: 0.5 }])
    expect(effectSizes(PROPORTION_MEASURES.PR, [none])).toMatchObject([{ yi: 0, correction: 0 }])
    expect(effectSizes(PROPORTION_MEASURES.PR, [none], { like: 'metafor' })).toMatchObject([{ yi: 0.5 / 27 }])
    expect(effectSizes(RATE_MEASURES.IR, [{ events: 0, time: 5 }], { like: 'metafor' })).toMatchObject([{ yi: 0.1 }])
    expect(effectSizes(RATE_MEASURES.IR, [{ events: 0, time: 5 }])).toMatchObject([{ yi: 0, vi: 0 }])
  })

  test('what no data can be is refused, by name', () => {
    const sd = { mean: 1, sd: 1 }
    expect(() => effectSizes(PROPORTION_MEASURES.PR, [{ events: 7, total: 6 }])).toThrow(
      refused('events is 7. Expected a number from 0 to the total of 6.'),
    )
    expect(() => effectSizes(RATE_MEASURES.IR, [{ events: -1, time: 6 }])).toThrow(
      refused('events is -1. Expected a number from 0 on.'),
    )
    expect(() =>
      effectSizes(PERSON_TIME_MEASURES.IRR, [
        { experimental: { events: 1, time: 6 }, control: { events: 1, time: 0 } },
      ]),
    ).toThrow(refused('control.time is 0. Expected a number above 0.'))
    expect(() => effectSizes(MEAN_MEASURES.MN, [{ mean: 1, sd: -2, n: 4 }])).toThrow(
      refused('sd is -2. Expected a number from 0 on.'),
    )
    expect(() => effectSizes(PAIRED_MEANS_MEASURES.MC, [{ first: sd, second: sd, n: 4, correlation: 2 }])).toThrow(
      refused('correlation is 2. Expected a number from -1 to 1.'),
    )
    expect(() => effectSizes(CORRELATION_MEASURES.COR, [{ correlation: -1.1, n: 4 }])).toThrow(
      refused('correlation is -1.1. Expected a number from -1 to 1.'),
    )
  })
})
