import { describe, expect, test } from 'vitest'
import type { GivenOptions } from '../../../src/stats/effect-sizes/effect-options.ts'
import { effectSizes } from '../../../src/stats/effect-sizes/effect-sizes.ts'
import type { EffectSize } from '../../../src/stats/effect-sizes/measure.ts'
import { TWO_BY_TWO_MEASURES } from '../../../src/stats/effect-sizes/two-by-two-measures.ts'
import reference from '../../reference/effect-sizes.json' with { type: 'json' }

const { groups } = reference

interface Result {
  readonly measure: string
  readonly options: { readonly add: number; readonly to: string; readonly drop00: boolean; readonly vtype: string }
  readonly yi?: readonly (number | null)[]
  readonly vi?: readonly (number | null)[]
}

/** What the reference holds and no measure of ours gives, by its title, with the reason. */
const NOT_COVERED: readonly (readonly [title: RegExp, reason: string])[] = [
  [/^two_by_two (PHI|YUQ|YUY|PBIT|OR2DN|OR2DL) /, 'no measure of ours'],
  [/^(matched_pairs|partial_correlation|cronbach_alpha) /, 'no measure of ours'],
  [/ AV$/, 'a variance from the average of all rows, which no row has by itself'],
  [/^(person_time|two_group_means|paired_means|correlation|single_(proportion|rate|mean)) /, 'a measure to come'],
]

/** The effect sizes of each group of inputs, by the measure's name. */
const COMPUTED: Readonly<Record<string, (name: string, given: GivenOptions) => readonly EffectSize[]>> = {
  two_by_two: (name, given) =>
    effectSizes(
      named(TWO_BY_TWO_MEASURES, name),
      groups.two_by_two.inputs.map(({ ai, bi, ci, di }) => ({
        experimental: { events: ai, total: ai + bi },
        control: { events: ci, total: ci + di },
      })),
      given,
    ),
}

function named<T>(family: Readonly<Record<string, T>>, name: string): T {
  const measure = family[name]
  if (measure === undefined) throw new Error(`${name} is no measure of the family`)
  return measure
}

const oneOf = <T extends string>(value: string, values: readonly T[]): T => {
  const found = values.find((one) => one === value)
  if (found === undefined) throw new Error(`${value} is none of ${values}`)
  return found
}

/** Relative 1e-10, and absolute 1e-13 for what is nearly zero. */
const close = (value: number, expected: number) =>
  Math.abs(value - expected) <= Math.max(1e-10 * Math.abs(expected), 1e-13)

const results = Object.entries(groups).flatMap(([group, { results }]) =>
  (results as readonly Result[]).map((result) => {
    const { add, to, drop00, vtype } = result.options
    return { group, result, title: `${group} ${result.measure} add=${add} to=${to} drop00=${drop00} ${vtype}` }
  }),
)
const covered = results.filter(({ title }) => !NOT_COVERED.some(([pattern]) => pattern.test(title)))

describe('effect sizes are those of metafor 3.8-1', () => {
  test.each(covered)('$title', ({ group, result }) => {
    const { add, drop00, ...options } = result.options
    const to = oneOf(options.to, ['only0', 'all', 'if0all', 'none'])
    const vtype = oneOf(options.vtype, ['LS', 'UB'])
    const found = COMPUTED[group]?.(result.measure, { add, to, drop00, vtype }) ?? []
    expect(found.length).toBe(result.yi?.length)
    const wrong = found.flatMap((one, row) => {
      const [yi, vi] = [result.yi?.[row] ?? null, result.vi?.[row] ?? null]
      const same =
        one.status === 'estimated'
          ? yi !== null && vi !== null && close(one.yi, yi) && close(one.vi, vi)
          : yi === null && vi === null
      return same ? [] : [{ row, yi, vi, found: one }]
    })
    expect(wrong).toEqual([])
  })

  test('what of the reference is not compared is not there, and each reason has a case', () => {
    const left = results.filter((one) => !covered.includes(one))
    expect(left.filter(({ result }) => result.yi !== undefined)).toEqual([])
    for (const [pattern, reason] of NOT_COVERED)
      expect(
        left.some(({ title }) => pattern.test(title)),
        reason,
      ).toBe(true)
  })
})
