import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { effectSizes } from '../../../src/stats/effect-sizes/effect-sizes.ts'
import { hedgesCorrection } from '../../../src/stats/effect-sizes/hedges-correction.ts'
import { MEANS_MEASURES as MEASURES } from '../../../src/stats/effect-sizes/means-measures.ts'
import reference from '../../reference/effect-sizes.json' with { type: 'json' }
import exactly from '../../reference/effect-sizes-exact.json' with { type: 'json' }
import { near } from '../near.ts'

const { inputs } = reference.groups.two_group_means
const pair = (m1: number, sd1: number, n1: number, m2: number, sd2: number, n2: number) => ({
  experimental: { mean: m1, sd: sd1, n: n1 },
  control: { mean: m2, sd: sd2, n: n2 },
})
const rows = inputs.map(({ m1i, sd1i, n1i, m2i, sd2i, n2i }) => pair(m1i, sd1i, n1i, m2i, sd2i, n2i))

describe("Hedges' J", () => {
  const { df, exact, approx } = exactly.hedges_J
  test.each(df.map((m, index) => ({ m, exact: exact[index], approx: approx[index] })))(
    'of $m',
    ({ m, ...expected }) => {
      expect(hedgesCorrection(m, 'exact')).toSatisfy(near(expected.exact ?? Number.NaN, 1e-12))
      expect(hedgesCorrection(m, 'approximate')).toSatisfy(near(expected.approx ?? Number.NaN, 1e-15))
    },
  )

  test('is exact and approximate for any number of people, where metafor’s loses digits too', () => {
    const exact = effectSizes(MEASURES.SMD, rows)
    const approximate = effectSizes(MEASURES.SMD, rows, { hedges: 'approximate' })
    for (const [row, df] of exactly.means.df.entries()) {
      // Of one degree of freedom the formula makes 0, which is no estimate of anything.
      if (df <= 1) {
        expect([exact[row]?.status, approximate[row]?.status]).toEqual(['not-estimable', 'not-estimable'])
        continue
      }
      expect(exact[row]).toMatchObject({ yi: expect.toSatisfy(near(exactly.means.g_exact[row] ?? Number.NaN, 1e-11)) })
      expect(approximate[row]).toMatchObject({
        yi: expect.toSatisfy(near(exactly.means.g_approx[row] ?? Number.NaN, 1e-11)),
        vi: expect.toSatisfy(near(exactly.means.v_g_hedges_LS_approxJ[row] ?? Number.NaN, 1e-11)),
      })
    }
  })
})

describe('identities', () => {
  const group = fc.record({
    mean: fc.double({ min: 0.1, max: 100, noNaN: true }),
    sd: fc.double({ min: 0.1, max: 50, noNaN: true }),
    n: fc.integer({ min: 3, max: 500 }),
  })
  const pairs = fc.record({ experimental: group, control: group })
  const variants = Object.entries(MEASURES).flatMap(([name, measure]) =>
    measure.vtypes.map((vtype) => ({ name, vtype, measure })),
  )

  test.each(variants.filter(({ name }) => name !== 'SMD1'))(
    '$name ($vtype) of swapped groups has the other sign and the same variance',
    ({ measure, vtype }) => {
      fc.assert(
        fc.property(pairs, (row) => {
          const swapped = { experimental: row.control, control: row.experimental }
          const [one, other] = effectSizes(measure, [row, swapped], { vtype })
          if (one?.status !== 'estimated' || other?.status !== 'estimated') return false
          return Math.abs(one.yi + other.yi) <= 1e-12 * Math.max(1, Math.abs(one.yi)) && near(one.vi, 1e-11)(other.vi)
        }),
      )
    },
  )

  test.each(variants.filter(({ name }) => name !== 'MD'))(
    '$name ($vtype) does not depend on the unit',
    ({ measure, vtype }) => {
      const factors = fc.constantFrom(2 ** -20, 0.5, 8, 2 ** 30)
      fc.assert(
        fc.property(pairs, factors, ({ experimental, control }, factor) => {
          const scaled = ({ mean, sd, n }: typeof control) => ({ mean: mean * factor, sd: sd * factor, n })
          const [one, other] = effectSizes(
            measure,
            [
              { experimental, control },
              { experimental: scaled(experimental), control: scaled(control) },
            ],
            { vtype },
          )
          if (one?.status !== 'estimated' || other?.status !== 'estimated') return false
          return Math.abs(one.yi - other.yi) <= 1e-12 * Math.max(1, Math.abs(one.yi)) && near(one.vi, 1e-12)(other.vi)
        }),
      )
    },
  )

  test("Glass' Δ has nothing to do with the experimental group's SD", () => {
    const [one, other] = effectSizes(MEASURES.SMD1, [pair(5, 1, 20, 3, 2, 15), pair(5, 9, 20, 3, 2, 15)])
    expect(one).toEqual(other)
  })

  test('of equal SDs and sizes, SMD and SMDH are the same number', () => {
    const row = pair(5, 2, 20, 3, 2, 20)
    const [[one], [other]] = [effectSizes(MEASURES.SMD, [row]), effectSizes(MEASURES.SMDH, [row])]
    if (one?.status !== 'estimated' || other?.status !== 'estimated') expect.unreachable()
    expect(one.yi).toSatisfy(near(other.yi, 1e-14))
  })
})

describe('edges', () => {
  const reasons: readonly (readonly [keyof typeof MEASURES, string, ReturnType<typeof pair>, RegExp])[] = [
    ['SMD', 'of one person each', pair(7, 0, 1, 6, 0, 1), /two degrees of freedom/],
    ['SMD', 'without spread', pair(7, 0, 5, 6, 0, 5), /no spread/],
    ['SMD1', 'without spread in the control group', pair(7, 1, 5, 6, 0, 5), /no spread/],
    ['SMD1', 'of two controls', pair(7, 1, 5, 6, 1, 2), /two degrees of freedom/],
    ['SMDH', 'without spread', pair(7, 0, 5, 7, 0, 5), /no spread/],
    ['SMDH', 'of a group of one', pair(7, 0, 1, 6, 1, 9), /too few/],
    ['ROM', 'of means with opposite signs', pair(3, 1, 5, -2, 1, 5), /opposite signs/],
    ['ROM', 'of a mean of zero', pair(0, 1, 5, 2, 1, 5), /mean of zero/],
    ['CVR', 'of negative means', pair(-3, 1, 5, -2, 1, 5), /not above zero/],
    ['CVR', 'of an SD of zero', pair(3, 0, 5, 2, 1, 5), /not above zero/],
    ['VR', 'of an SD of zero', pair(3, 0, 5, 2, 1, 5), /SD of zero/],
    ['VR', 'of a group of one', pair(3, 1, 1, 2, 1, 5), /group of one/],
  ]
  test.each(reasons)('%s %s is not estimable', (name, _, row, reason) => {
    expect(effectSizes(MEASURES[name], [row])).toEqual([
      { status: 'not-estimable', reason: expect.stringMatching(reason) },
    ])
  })

  test('a mean difference needs no spread, nor more than one person', () => {
    expect(effectSizes(MEASURES.MD, [pair(7, 0, 1, 6, 0, 1)])).toEqual([
      { status: 'estimated', yi: 1, vi: 0, correction: 0 },
    ])
  })

  test.each([
    ['a negative SD', pair(1, -1, 5, 1, 1, 5), 'experimental.sd is -1. Expected a number from 0 on.'],
    ['an empty group', pair(1, 1, 5, 1, 1, 0), 'control.n is 0. Expected a number above 0.'],
    ['no number', pair(1, 1, 5, Number.NaN, 1, 5), 'control.mean is NaN. Expected a number.'],
  ])('%s is refused by name', (_, row, message) => {
    for (const measure of Object.values(MEASURES))
      expect(() => effectSizes(measure, [row])).toThrow(
        expect.objectContaining({ code: 'EFFECT_INPUT_INVALID', message }),
      )
  })
})
