import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { effectOptions } from '../../../src/stats/effect-sizes/effect-options.ts'
import { effectSizes } from '../../../src/stats/effect-sizes/effect-sizes.ts'
import { TWO_BY_TWO_MEASURES as MEASURES } from '../../../src/stats/effect-sizes/two-by-two-measures.ts'
import reference from '../../reference/effect-sizes.json' with { type: 'json' }
import { near } from '../near.ts'

const table = (a: number, n1: number, c: number, n2: number) => ({
  experimental: { events: a, total: n1 },
  control: { events: c, total: n2 },
})
type Table = ReturnType<typeof table>
const only = (name: keyof typeof MEASURES, row: Table, given = {}) => effectSizes(MEASURES[name], [row], given)[0]

const arm = fc
  .integer({ min: 1, max: 5000 })
  .chain((total) => fc.integer({ min: 0, max: total }).map((events) => ({ events, total })))
const tables = fc.record({ experimental: arm, control: arm })
const measures = Object.values(MEASURES)

describe('identities', () => {
  test.each(Object.entries(MEASURES))('%s of swapped groups has the other sign and the same variance', (_, measure) => {
    fc.assert(
      fc.property(tables, fc.constantFrom('evibase', 'metafor'), (row, like) => {
        const [one, other] = effectSizes(measure, [row, { experimental: row.control, control: row.experimental }], {
          like,
        })
        if (one?.status !== 'estimated' || other?.status !== 'estimated') return one?.status === other?.status
        return (
          Math.abs(one.yi + other.yi) <= 1e-12 * Math.max(1, Math.abs(one.yi)) &&
          near(one.vi, 1e-12)(other.vi) &&
          one.correction === other.correction
        )
      }),
    )
  })

  test.each(['OR', 'PETO', 'RD', 'AS'] as const)('%s of the event that did not happen has the other sign', (name) => {
    const not = ({ events, total }: Table['control']) => ({ events: total - events, total })
    fc.assert(
      fc.property(tables, (row) => {
        const one = only(name, row)
        const other = only(name, { experimental: not(row.experimental), control: not(row.control) })
        if (one?.status !== 'estimated' || other?.status !== 'estimated') return one?.status === other?.status
        return Math.abs(one.yi + other.yi) <= 1e-12 * Math.max(1, Math.abs(one.yi)) && near(one.vi, 1e-11)(other.vi)
      }),
    )
  })

  test('everything is a number or not estimable, for any table and any options', () => {
    const given = fc.record({
      add: fc.constantFrom(0, 0.5),
      to: fc.constantFrom('only0' as const, 'all' as const, 'if0all' as const, 'none' as const),
      drop00: fc.boolean(),
    })
    fc.assert(
      fc.property(tables, given, fc.constantFrom(...measures), (row, options, measure) => {
        const [found] = effectSizes(measure, [row], options)
        return found?.status === 'not-estimable'
          ? found.reason !== ''
          : Number.isFinite(found?.yi) && Number(found?.vi) >= 0
      }),
    )
  })

  test('a common event of no difference is 0 on every scale', () => {
    for (const measure of measures)
      expect(effectSizes(measure, [table(10, 40, 20, 80)])).toMatchObject([{ status: 'estimated', yi: 0 }])
  })
})

describe('zero cells', () => {
  test('½ goes to all cells of the table with the zero, for RR and OR, and is told', () => {
    expect(effectSizes(MEASURES.RR, [table(5, 28, 0, 26), table(5, 28, 1, 26)])).toMatchObject([
      { correction: 0.5, yi: expect.toSatisfy(near(Math.log(5.5 / 29 / (0.5 / 27)), 1e-12)) },
      { correction: 0, yi: expect.toSatisfy(near(Math.log(5 / 28 / (1 / 26)), 1e-12)) },
    ])
    // (5.5 · 26.5) / (23.5 · 0.5)
    expect(only('OR', table(5, 28, 0, 26))).toMatchObject({
      correction: 0.5,
      yi: expect.toSatisfy(near(Math.log(145.75 / 11.75), 1e-12)),
    })
  })

  test.each(['RD', 'AS', 'PETO'] as const)('nothing is added for %s', (name) => {
    expect(only(name, table(5, 28, 0, 26))).toMatchObject({ status: 'estimated', correction: 0 })
    expect(only(name, table(5, 28, 0, 26), { add: 0.5 })).toMatchObject({ correction: 0.5 })
    expect(only(name, table(5, 28, 0, 26), { to: 'all' })).toMatchObject({ correction: 0.5 })
  })

  test.each(Object.entries(MEASURES))('%s is not estimable where nobody or everybody had the event', (_, measure) => {
    const rows = [table(0, 30, 0, 20), table(30, 30, 20, 20)]
    expect(effectSizes(measure, rows)).toEqual([
      { status: 'not-estimable', reason: 'no events in either group' },
      { status: 'not-estimable', reason: 'everyone had the event in both groups' },
    ])
  })

  test('who asks for them has them where they can be: not by Peto’s method, nor a logarithm without a correction', () => {
    const row = table(0, 30, 0, 20)
    for (const name of ['RR', 'OR', 'RD', 'AS'] as const)
      expect(only(name, row, { drop00: false }), name).toMatchObject({ status: 'estimated' })
    expect(only('PETO', row, { drop00: false })).toMatchObject({ reason: 'no events in either group' })
    expect(only('OR', row, { drop00: false, to: 'none' })).toMatchObject({ reason: 'no events in either group' })
    expect(only('OR', table(3, 30, 0, 20), { to: 'none' })).toMatchObject({
      reason: 'a cell is zero, and nothing was added to it',
    })
  })

  test("metafor's preset is what its escalc does without options", () => {
    const rows = reference.groups.two_by_two.inputs.map(({ ai, bi, ci, di }) => table(ai, ai + bi, ci, ci + di))
    const [, , risk] = reference.groups.two_by_two.results
    const found = effectSizes(MEASURES.RD, rows, { like: 'metafor' })
    expect(risk).toMatchObject({ measure: 'RD', options: { add: 0.5, to: 'only0', drop00: false } })
    expect(found.map((one) => (one.status === 'estimated' ? one.correction : null))).toEqual(
      reference.groups.two_by_two.inputs.map(({ ai, bi, ci, di }) => (ai * bi * ci * di === 0 ? 0.5 : 0)),
    )
    for (const [row, one] of found.entries())
      expect(one).toMatchObject({ vi: expect.toSatisfy(near(risk?.vi?.[row] ?? Number.NaN, 1e-10)) })
    expect(effectOptions(MEASURES.AS, { like: 'metafor' })).toMatchObject({ add: 0, to: 'only0', drop00: false })
  })
})

describe('what no table can be is refused, by name', () => {
  test.each([
    [
      'more events than people',
      table(31, 30, 0, 20),
      'experimental.events is 31. Expected a number from 0 to the total of 30.',
    ],
    ['a negative count', table(1, 30, -1, 20), 'control.events is -1. Expected a number from 0 to the total of 20.'],
    ['nobody', table(0, 0, 1, 20), 'experimental.total is 0. Expected a number above 0.'],
    ['no number', table(Number.NaN, 30, 1, 20), 'experimental.events is NaN'],
    ['an infinite number', table(1, Number.POSITIVE_INFINITY, 1, 20), 'experimental.total is Infinity'],
  ])('%s', (_, row, message) => {
    for (const measure of measures)
      expect(() => effectSizes(measure, [row])).toThrow(
        expect.objectContaining({ code: 'EFFECT_INPUT_INVALID', message: expect.stringContaining(message) }),
      )
  })

  test('so are options that a measure does not have', () => {
    expect(() => effectSizes(MEASURES.RR, [], { vtype: 'UB' })).toThrow(
      'vtype is UB. Expected of the log risk ratio one of LS.',
    )
    expect(() => effectSizes(MEASURES.RR, [], { add: -1 })).toThrow('add is -1. Expected a number from 0 on.')
  })
})
