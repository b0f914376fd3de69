import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { backSolved, dot, orthogonal } from '../../../src/stats/linear-algebra/orthogonal.ts'
import { inverseQuadraticForm } from '../../../src/stats/linear-algebra/quadratic-form.ts'
import { near, within } from '../near.ts'

describe('an orthonormal basis', () => {
  const entry = fc.double({ min: -10, max: 10, noNaN: true })
  const columns = fc.array(fc.array(entry, { minLength: 6, maxLength: 6 }), { minLength: 1, maxLength: 4 })

  test('is orthonormal, and makes the columns', () => {
    fc.assert(
      fc.property(columns, (given) => {
        const matrix = given.map((column) => Float64Array.from(column))
        const found = orthogonal(matrix)
        if (found === undefined) return
        const { q, r } = found
        q.forEach((one, i) => {
          q.forEach((other, j) => {
            expect(dot(one, other)).toSatisfy(within(i === j ? 1 : 0, 1e-12))
          })
        })
        matrix.forEach((column, j) => {
          column.forEach((value, row) => {
            const made = q.reduce((sum, basis, i) => sum + (basis[row] ?? 0) * (r[i]?.[j] ?? 0), 0)
            expect(made).toSatisfy(within(value, 1e-12))
          })
        })
      }),
    )
  })

  test('of very small and very large columns', () => {
    const found = orthogonal([Float64Array.of(3e-200, 4e-200), Float64Array.of(-8e200, 6e200)])
    expect(found?.q.map((basis) => [...basis].map((value) => Number(value.toPrecision(12))))).toEqual([
      [0.6, 0.8],
      [-0.8, 0.6],
    ])
    expect(found?.r[0]?.[0]).toSatisfy(near(5e-200, 1e-12))
    expect(found?.r[1]?.[1]).toSatisfy(near(1e201, 1e-12))
  })

  test('of columns that depend on each other there is none', () => {
    expect(orthogonal([Float64Array.of(1, 2, 3), Float64Array.of(2, 4, 6)])).toBeUndefined()
    expect(orthogonal([Float64Array.of(0, 0)])).toBeUndefined()
    // A year is nearly a multiple of the intercept, and yet another column.
    expect(orthogonal([Float64Array.of(1, 1, 1), Float64Array.of(1990, 1991, 1993)])).toBeDefined()
  })
})

test('a triangle is solved from its last row: 2x + y = 5, 3y = 9', () => {
  expect(
    backSolved(
      [
        [2, 1],
        [0, 3],
      ],
      [5, 9],
    ),
  ).toEqual([1, 3])
})

describe('b′A⁻¹b', () => {
  test('by hand: A = (2 1; 1 2), b = (1, 3), A⁻¹b = (−1/3, 5/3)', () => {
    expect(
      inverseQuadraticForm(
        [
          [2, 1],
          [1, 2],
        ],
        [1, 3],
      ),
    ).toSatisfy(near(14 / 3, 1e-14))
  })

  test('of one number is b² / a', () => {
    expect(inverseQuadraticForm([[4]], [6])).toBe(9)
  })

  test('of what is not positive definite there is none', () => {
    expect(
      inverseQuadraticForm(
        [
          [1, 2],
          [2, 1],
        ],
        [1, 1],
      ),
    ).toBeUndefined()
    expect(inverseQuadraticForm([[0]], [1])).toBeUndefined()
  })
})
