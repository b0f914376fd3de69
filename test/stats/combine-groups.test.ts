import fc from 'fast-check'
import { expect, test } from 'vitest'
import { combineGroups } from '../../src/stats/combine-groups.ts'

// StatsToDo, "Combine Means and SDs Into One Group": 10, 11.8, 2.4; 20, 15.3, 3.2; 15, 8.4, 4.1 give 45, 12.2222, 4.5028.
test('three groups together are what another program makes of them', () => {
  const whole = combineGroups([
    { n: 10, mean: 11.8, sd: 2.4 },
    { n: 20, mean: 15.3, sd: 3.2 },
    { n: 15, mean: 8.4, sd: 4.1 },
  ])
  expect(whole?.n).toBe(45)
  expect(whole?.mean).toBeCloseTo(12.2222, 4)
  expect(whole?.sd).toBeCloseTo(4.5028, 4)
})

test('two groups are what table 6.5.a of the Cochrane Handbook makes of them', () => {
  const [n1, m1, sd1, n2, m2, sd2] = [50, 26.5, 4.5, 40, 32.9, 5.8]
  const squares =
    (n1 - 1) * sd1 ** 2 + (n2 - 1) * sd2 ** 2 + ((n1 * n2) / (n1 + n2)) * (m1 ** 2 + m2 ** 2 - 2 * m1 * m2)
  const whole = combineGroups([
    { n: n1, mean: m1, sd: sd1 },
    { n: n2, mean: m2, sd: sd2 },
  ])
  expect(whole?.sd).toBeCloseTo(Math.sqrt(squares / (n1 + n2 - 1)), 12)
})

const summary = (values: readonly number[]) => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { n: values.length, mean, sd: Math.sqrt(squares / (values.length - 1)) }
}

test('groups together have the mean and SD of all their values', () => {
  const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 8 })
  fc.assert(
    fc.property(fc.array(values, { minLength: 1, maxLength: 4 }), (groups) => {
      const [whole, raw] = [combineGroups(groups.map(summary)), summary(groups.flat())]
      expect(whole?.n).toBe(raw.n)
      expect(whole?.mean).toBeCloseTo(raw.mean, 8)
      expect(whole?.sd).toBeCloseTo(raw.sd, 8)
    }),
  )
})
