/** An orthonormal basis of columns, and the upper triangle that makes the columns of it: columns = Q R. */
export interface Orthogonal {
  readonly q: readonly Float64Array[]
  /** By rows; what is below the diagonal is 0. */
  readonly r: readonly (readonly number[])[]
}

/** Left of a column when its like is taken away, below which it is nothing but rounding. */
const NOTHING = 1e-10

/**
 * Orthogonalises columns by the modified Gram–Schmidt process, each column twice, which keeps all digits.
 *
 * @returns undefined where a column depends on those before it
 * @source  Giraud, Langou & Rozložník 2005, Comput Math Appl 50:1069–1075
 */
export function orthogonal(columns: readonly Float64Array[]): Orthogonal | undefined {
  const q: Float64Array[] = []
  const r = columns.map(() => columns.map(() => 0))
  for (const [j, column] of columns.entries()) {
    // Squares of very small or large values would be 0 or infinite.
    const scale = column.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0)
    const rest = column.map((value) => value / scale)
    const before = dot(rest, rest)
    for (let pass = 0; pass < 2; pass++)
      for (const [i, basis] of q.entries()) {
        const share = dot(basis, rest)
        for (let row = 0; row < rest.length; row++) rest[row] = (rest[row] ?? 0) - share * (basis[row] ?? 0)
        const entries = r[i]
        if (entries !== undefined) entries[j] = (entries[j] ?? 0) + share * scale
      }
    const size = Math.sqrt(dot(rest, rest))
    if (!(size > NOTHING * Math.sqrt(before))) return undefined
    const entries = r[j]
    if (entries !== undefined) entries[j] = size * scale
    q.push(rest.map((value) => value / size))
  }
  return { q, r }
}

export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0)
  return sum
}

/** x of R x = b, by going back from the last row. */
export function backSolved(r: readonly (readonly number[])[], b: readonly number[]): number[] {
  const x = b.map(() => 0)
  for (let i = b.length - 1; i >= 0; i--) {
    const row = r[i] ?? []
    let rest = b[i] ?? 0
    for (let j = i + 1; j < b.length; j++) rest -= (row[j] ?? 0) * (x[j] ?? 0)
    x[i] = rest / (row[i] ?? 1)
  }
  return x
}
