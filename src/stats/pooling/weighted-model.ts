import type { Effect } from './effect.ts'

/** What a linear model of the effects leaves over when each study weighs 1 / (its variance + τ²). */
export interface Fit {
  /** p coefficients; without moderators, the weighted mean alone. */
  readonly coefficients: readonly number[]
  /** Σ w r², of the residuals r: y′Py. */
  readonly residualSum: number
  /** Σ w² r²: y′PPy. */
  readonly residualSquares: number
  readonly weightSum: number
  readonly weightSquares: number
  /** tr P and tr PP, where P = W − WX(X′WX)⁻¹X′W. */
  readonly traceP: number
  readonly tracePP: number
}

/**
 * A linear model of k effects with p coefficients, to be fitted at any between-study variance. All that the estimators of τ²
 * need comes in time linear in k: no matrix has k rows and k columns.
 */
export interface WeightedModel {
  readonly k: number
  readonly p: number
  readonly estimates: Float64Array
  readonly variances: Float64Array
  readonly fit: (tauSquared: number) => Fit
  /** The same where all studies weigh 1. */
  readonly fitUnweighted: () => Fit
  /** tr P diag(a), and tr P diag(a) P diag(b), for the weights w. */
  readonly trace: (w: Float64Array, a: Float64Array) => number
  readonly traceTwice: (w: Float64Array, a: Float64Array, b: Float64Array) => number
  /** ln |X′WX|, for the restricted likelihood. */
  readonly logDeterminant: (tauSquared: number) => number
}

export const weightsAt = (variances: Float64Array, tauSquared: number): Float64Array =>
  variances.map((variance) => 1 / (variance + tauSquared))

export const lowest = (values: Float64Array): number => values.reduce((low, value) => Math.min(low, value))

/** The model whose only coefficient is the mean. */
export function meanModel(effects: readonly Effect[]): WeightedModel {
  const k = effects.length
  const estimates = new Float64Array(k)
  const variances = new Float64Array(k)
  effects.forEach(({ yi, vi }, i) => {
    estimates[i] = yi
    variances[i] = vi
  })
  const weights = new Float64Array(k)
  return {
    k,
    p: 1,
    estimates,
    variances,
    fit: (tauSquared) => {
      for (let i = 0; i < k; i++) weights[i] = 1 / ((variances[i] ?? 0) + tauSquared)
      return meanFit(estimates, weights)
    },
    fitUnweighted: () => meanFit(estimates, weights.fill(1)),
    trace: (w, a) =>
      sumOf(k, (i) => at(w, i) * at(a, i)) - sumOf(k, (i) => at(w, i) ** 2 * at(a, i)) / sumOf(k, (i) => at(w, i)),
    traceTwice: (w, a, b) => {
      const sum = sumOf(k, (i) => at(w, i))
      return (
        sumOf(k, (i) => at(w, i) ** 2 * at(a, i) * at(b, i) * (1 - (2 * at(w, i)) / sum)) +
        (sumOf(k, (i) => at(w, i) ** 2 * at(a, i)) * sumOf(k, (i) => at(w, i) ** 2 * at(b, i))) / sum ** 2
      )
    },
    logDeterminant: (tauSquared) => Math.log(sumOf(k, (i) => 1 / (at(variances, i) + tauSquared))),
  }
}

const at = (values: Float64Array, i: number): number => values[i] ?? 0

function sumOf(k: number, term: (i: number) => number): number {
  let sum = 0
  for (let i = 0; i < k; i++) sum += term(i)
  return sum
}

/** Plain loops, since whole data sets are pooled by the ten thousand. */
function meanFit(estimates: Float64Array, weights: Float64Array): Fit {
  const k = estimates.length
  let sum = 0
  let squares = 0
  let moment = 0
  // Σ over pairs of w w′ and of (w w′)²: taken from sums of all, they would cancel where one study outweighs the rest.
  let pairs = 0
  let pairsSquared = 0
  for (let i = 0; i < k; i++) {
    const w = weights[i] ?? 0
    const squared = w * w
    pairs += w * sum
    pairsSquared += squared * squares
    sum += w
    squares += squared
    moment += w * (estimates[i] ?? 0)
  }
  const mean = moment / sum
  let residualSum = 0
  let residualSquares = 0
  let diagonal = 0
  for (let i = 0; i < k; i++) {
    const w = weights[i] ?? 0
    const weighted = w * ((estimates[i] ?? 0) - mean)
    residualSum += (weighted * weighted) / w
    residualSquares += weighted * weighted
    const own = (w * (sum - w)) / sum
    diagonal += own * own
  }
  return {
    coefficients: [mean],
    residualSum,
    residualSquares,
    weightSum: sum,
    weightSquares: squares,
    traceP: (2 * pairs) / sum,
    tracePP: diagonal + (2 * pairsSquared) / (sum * sum),
  }
}
