import { backSolved, dot, type Orthogonal, orthogonal } from '../linear-algebra/orthogonal.ts'
import type { Effect } from './effect.ts'
import { rangeOf, type WeightedModel, weightsAt } from './weighted-model.ts'

/** A linear model of the effects with moderators. */
export interface RegressionModel extends WeightedModel {
  /** (X′WX)⁻¹, by rows. */
  readonly covariance: (tauSquared: number) => readonly (readonly number[])[]
  /** How much of its own fitted value each study is, from 0 to 1. */
  readonly leverages: (tauSquared: number) => Float64Array
}

/**
 * The model whose coefficients belong to the columns of a design matrix. All goes by an orthonormal basis of W^½X, so that
 * nothing cancels where a moderator is far from 0, such as a year.
 *
 * @param design  one row per study, one column per coefficient; the intercept is a column of ones
 * @returns undefined where the columns depend on each other
 */
export function regressionModel(
  effects: readonly Effect[],
  design: readonly (readonly number[])[],
): RegressionModel | undefined {
  const k = effects.length
  const p = design[0]?.length ?? 0
  const estimates = Float64Array.from(effects, ({ yi }) => yi)
  const variances = Float64Array.from(effects, ({ vi }) => vi)
  const columns = Array.from({ length: p }, (_, j) => Float64Array.from(design, (row) => row[j] ?? 0))
  const ones = new Float64Array(k).fill(1)
  if (orthogonal(columns) === undefined) return undefined

  const basisOf = (w: Float64Array): Orthogonal => {
    const roots = w.map(Math.sqrt)
    return orthogonal(columns.map((column) => column.map((x, i) => x * (roots[i] ?? 0)))) ?? { q: [], r: [] }
  }
  const trace = (w: Float64Array, a: Float64Array): number => {
    const leverages = leveragesOf(basisOf(w), k)
    return sum(k, (i) => at(w, i) * at(a, i) * (1 - at(leverages, i)))
  }
  const traceTwice = (w: Float64Array, a: Float64Array, b: Float64Array): number => {
    const basis = basisOf(w)
    const leverages = leveragesOf(basis, k)
    const [wa, wb] = [w.map((x, i) => x * at(a, i)), w.map((x, i) => x * at(b, i))]
    const own = sum(k, (i) => at(wa, i) * at(wb, i) * (1 - 2 * at(leverages, i)))
    return basis.q.reduce(
      (total, one) =>
        basis.q.reduce((rest, other) => rest + weightedDot(wa, one, other) * weightedDot(wb, one, other), total),
      own,
    )
  }
  const fitWith = (w: Float64Array) => {
    const { q, r } = basisOf(w)
    const roots = w.map(Math.sqrt)
    const scaled = estimates.map((y, i) => y * at(roots, i))
    // What a basis does not take at first is taken the second time: the residuals keep their digits.
    const residuals = scaled.slice()
    const shares = q.map(() => 0)
    for (let pass = 0; pass < 2; pass++)
      for (const [j, basis] of q.entries()) {
        const share = dot(basis, residuals)
        shares[j] = (shares[j] ?? 0) + share
        for (let i = 0; i < k; i++) residuals[i] = at(residuals, i) - share * at(basis, i)
      }
    return {
      coefficients: backSolved(r, shares),
      residualSum: dot(residuals, residuals),
      residualSquares: sum(k, (i) => at(w, i) * at(residuals, i) ** 2),
      weightSum: sum(k, (i) => at(w, i)),
      weightSquares: dot(w, w),
      traceP: trace(w, ones),
      tracePP: traceTwice(w, ones, ones),
    }
  }
  return {
    k,
    p,
    estimates,
    variances,
    range: rangeOf(effects),
    fit: (tauSquared) => fitWith(weightsAt(variances, tauSquared)),
    score: (tauSquared) => fitWith(weightsAt(variances, tauSquared)),
    fitUnweighted: () => fitWith(ones),
    trace,
    traceTwice,
    logDeterminant: (tauSquared) => logDeterminantOf(basisOf(weightsAt(variances, tauSquared))),
    logDeterminantUnweighted: () => logDeterminantOf(basisOf(ones)),
    covariance: (tauSquared) => inverseOfSquare(basisOf(weightsAt(variances, tauSquared))),
    leverages: (tauSquared) => leveragesOf(basisOf(weightsAt(variances, tauSquared)), k),
  }
}

const at = (values: ArrayLike<number>, i: number): number => values[i] ?? 0

function sum(k: number, term: (i: number) => number): number {
  let total = 0
  for (let i = 0; i < k; i++) total += term(i)
  return total
}

const weightedDot = (w: Float64Array, one: Float64Array, other: Float64Array): number =>
  sum(w.length, (i) => at(w, i) * at(one, i) * at(other, i))

const leveragesOf = ({ q }: Orthogonal, k: number): Float64Array =>
  new Float64Array(k).map((_, i) => q.reduce((total, basis) => total + at(basis, i) ** 2, 0))

/** ln |R′R| */
const logDeterminantOf = ({ r }: Orthogonal): number =>
  r.reduce((total, row, i) => total + 2 * Math.log(row[i] ?? 1), 0)

/** (R′R)⁻¹ = R⁻¹ (R⁻¹)′ */
function inverseOfSquare({ r }: Orthogonal): number[][] {
  const inverse = r.map((_, j) =>
    backSolved(
      r,
      r.map((_row, i) => (i === j ? 1 : 0)),
    ),
  )
  return r.map((_, i) =>
    r.map((_row, j) => inverse.reduce((total, column) => total + at(column, i) * at(column, j), 0)),
  )
}
