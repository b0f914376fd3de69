import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cohensKappa } from '../../src/checks/cohens-kappa.ts'

/** The pairs behind a table of counts: rows are the first person's categories, columns the second's. */
const pairsOf = (table: readonly (readonly number[])[]) =>
  table.flatMap((row, one) =>
    row.flatMap((count, other) => Array.from({ length: count }, () => [`${one}`, `${other}`] as const)),
  )

describe('tables of Altman 1991, Practical Statistics for Medical Research', () => {
  test.each([
    {
      what: '14.2: two radiologists on 85 xeromammograms (Boyd et al. 1982)',
      table: [
        [21, 12, 0, 0],
        [4, 17, 1, 0],
        [3, 9, 15, 2],
        [0, 0, 0, 1],
      ],
      kappa: 0.47,
      observed: 0.64,
      expected: 0.31,
    },
    {
      what: '14.3: MAST and RAST on 363 sera (Brostoff et al. 1984)',
      table: [
        [86, 3, 14, 0, 2],
        [26, 0, 10, 4, 0],
        [20, 2, 22, 4, 1],
        [11, 1, 37, 16, 14],
        [3, 0, 15, 24, 48],
      ],
      kappa: 0.32,
    },
    {
      what: '14.4 a: a common sign',
      table: [
        [70, 10],
        [10, 10],
      ],
      kappa: 0.38,
      observed: 0.8,
      expected: 0.68,
    },
    {
      what: '14.4 b: a sign in half of them',
      table: [
        [40, 10],
        [10, 40],
      ],
      kappa: 0.6,
      observed: 0.8,
      expected: 0.5,
    },
  ])('$what: kappa $kappa', ({ table, ...printed }) => {
    const result = cohensKappa(pairsOf(table))
    if (result.status !== 'estimated') throw new Error(result.reason)
    expect(Math.abs(result.kappa - printed.kappa)).toBeLessThanOrEqual(0.005 + 1e-12)
    if (printed.observed !== undefined)
      expect(Math.abs(result.observed - printed.observed)).toBeLessThanOrEqual(0.005 + 1e-12)
    if (printed.expected !== undefined)
      expect(Math.abs(result.expected - printed.expected)).toBeLessThanOrEqual(0.005 + 1e-12)
  })
})

describe('where nothing can be said of chance', () => {
  test('nothing was compared', () => {
    expect(cohensKappa([])).toEqual({ status: 'not-estimable', reason: 'nothing was compared' })
  })

  test.each([1, 2, 1000])('both gave the same value %i times', (times) => {
    expect(cohensKappa(Array.from({ length: times }, () => ['x', 'x'] as const))).toEqual({
      status: 'not-estimable',
      reason: 'both gave one and the same value throughout',
    })
  })

  test('one who always says yes agrees by chance alone', () => {
    expect(
      cohensKappa([
        ['yes', 'yes'],
        ['yes', 'no'],
      ]),
    ).toMatchObject({ kappa: 0, observed: 0.5, expected: 0.5 })
  })
})

test('kappa is the same from either side, at most 1, and 1 only where all agree', () => {
  const category = fc.constantFrom('a', 'b', 'c')
  fc.assert(
    fc.property(fc.array(fc.tuple(category, category), { minLength: 1, maxLength: 40 }), (pairs) => {
      const result = cohensKappa(pairs)
      expect(cohensKappa(pairs.map(([one, other]) => [other, one]))).toEqual(result)
      if (result.status === 'not-estimable') return
      expect(result.kappa).toBeGreaterThanOrEqual(-1)
      expect(result.kappa).toBeLessThanOrEqual(1)
      expect(result.kappa === 1).toBe(pairs.every(([one, other]) => one === other))
    }),
  )
})
