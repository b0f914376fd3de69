/**
 * b′ A⁻¹ b of a symmetric, positive definite A, by Cholesky's method.
 *
 * @returns undefined where A is not positive definite
 */
export function inverseQuadraticForm(a: readonly (readonly number[])[], b: readonly number[]): number | undefined {
  // L z = b, where L L′ = A, row by row; then b′ A⁻¹ b = z′ z.
  const lower: number[][] = []
  const z: number[] = []
  for (let i = 0; i < b.length; i++) {
    const row: number[] = []
    for (let j = 0; j < i; j++) row.push((entry(a, i, j) - partial(row, lower[j] ?? [], j)) / entry(lower, j, j))
    const pivot = entry(a, i, i) - partial(row, row, i)
    if (!(pivot > 0)) return undefined
    row.push(Math.sqrt(pivot))
    lower.push(row)
    z.push(((b[i] ?? 0) - partial(row, z, i)) / Math.sqrt(pivot))
  }
  return z.reduce((sum, value) => sum + value ** 2, 0)
}

const entry = (a: readonly (readonly number[])[], i: number, j: number): number => a[i]?.[j] ?? 0

function partial(one: readonly number[], other: readonly number[], count: number): number {
  let sum = 0
  for (let i = 0; i < count; i++) sum += (one[i] ?? 0) * (other[i] ?? 0)
  return sum
}
