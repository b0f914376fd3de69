import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { debit } from '../../../src/checks/formulas/debit.ts'
import { grim } from '../../../src/checks/formulas/grim.ts'
import { grimmer } from '../../../src/checks/formulas/grimmer.ts'
import { largestSd } from '../../../src/checks/formulas/largest-sd.ts'
import integrity from '../../reference/integrity.json' with { type: 'json' }
import { near } from '../../stats/near.ts'

describe('GRIM gives the verdicts of its sources', () => {
  test.each(integrity.grim)('$mean of $n × $items is possible: $expected_from_source ($source)', (row) => {
    const found = grim(row.mean, row.n, { items: row.items, percent: row.percent })
    expect(found.consistent).toBe(row.expected_from_source ?? row.possible_sums.length > 0)
    expect(found.informative).toBe(row.informative)
    const sums: number[] = []
    for (let sum = found.sums.from; sum <= found.sums.to; sum++) sums.push(Number(sum))
    expect(sums).toEqual(row.possible_sums)
  })
})

describe('GRIMMER gives the verdicts of its sources', () => {
  test.each(integrity.grimmer)('$mean (SD $sd) of $n: $reason ($source)', ({ mean, sd, n, reason, ...row }) => {
    const found = grimmer(mean, sd, n)
    expect(found.consistent).toBe(row.expected_from_source)
    expect(found.reason).toBe(reason.startsWith('GRIMMER') ? 'grimmer' : reason.startsWith('GRIM') ? 'grim' : null)
  })
})

describe('DEBIT gives the verdicts of its sources', () => {
  test.each(integrity.debit)('$mean (SD $sd) of $n: $expected_from_source ($source)', (row) => {
    const found = debit(row.mean, row.sd, row.n)
    expect(found.consistent).toBe(row.expected_from_source)
    expect(found.low).toSatisfy(near(row.sd_interval[0] ?? 0, 1e-9))
    expect(found.high).toSatisfy(near(row.sd_interval[1] ?? 0, 1e-9))
  })
})

test.each(integrity.sd_bound)('the largest SD of $n values with mean $mean from $min to $max', (row) => {
  const { mean, min: minimum, max: maximum, n, sd_max_bhatia_davis } = row
  expect(largestSd(mean, { minimum, maximum, n })).toSatisfy(near(sd_max_bhatia_davis, 1e-12))
})

describe('numbers rounded from real data always pass', () => {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const sdOf = (values: readonly number[]) =>
    Math.sqrt(values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0) / (values.length - 1))
  const sample = (smallest: number, largest: number) =>
    fc.array(fc.integer({ min: smallest, max: largest }), { minLength: 2, maxLength: 60 })
  const decimals = fc.integer({ min: 0, max: 4 })

  test('of whole numbers, GRIM and GRIMMER', () => {
    fc.assert(
      fc.property(sample(-20, 100), decimals, decimals, (values, d, e) => {
        const [m, sd] = [mean(values).toFixed(d), sdOf(values).toFixed(e)]
        expect(grim(m, values.length).consistent).toBe(true)
        expect(grimmer(m, sd, values.length)).toEqual({ consistent: true, reason: null })
      }),
      { numRuns: 500 },
    )
  })
  test('of means over several whole-number items', () => {
    fc.assert(
      fc.property(sample(3, 21), decimals, (values, d) => {
        const scores = values.map((value) => value / 3)
        expect(grimmer(mean(scores).toFixed(d), sdOf(scores).toFixed(d), values.length, { items: 3 }).consistent).toBe(
          true,
        )
      }),
      { numRuns: 300 },
    )
  })
  test('of zeros and ones, DEBIT', () => {
    fc.assert(
      fc.property(sample(0, 1), decimals, (values, d) => {
        expect(debit(mean(values).toFixed(d), sdOf(values).toFixed(d), values.length).consistent).toBe(true)
      }),
      { numRuns: 300 },
    )
  })
  test('of any numbers, the largest SD', () => {
    fc.assert(
      fc.property(sample(-50, 50), (values) => {
        const bound = largestSd(mean(values), {
          minimum: Math.min(...values),
          maximum: Math.max(...values),
          n: values.length,
        })
        expect(sdOf(values)).toBeLessThanOrEqual(bound * (1 + 1e-9))
      }),
    )
  })
})

test('a huge n takes no time and tells nothing', () => {
  expect(grim('2.31', 2_000_000_000)).toMatchObject({ consistent: true, informative: false })
  expect(grimmer('2.31', '0.70', 2_000_000_000)).toEqual({ consistent: true, reason: null })
})
