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

type Score = Pick<Fit, 'residualSquares' | 'weightSum' | 'traceP'>

/**
 * A linear model of k effects with p coefficients, to be fitted at any between-study variance. All that the estimators of τ²
 * need comes in time linear in k: no matrix has k rows and k columns.
 */
export interface WeightedModel {
  readonly k: number
  readonly p: number
  readonly estimates: Float64Array
  readonly variances: Float64Array
  /** Of the variances. */
  readonly range: Range
  readonly fit: (tauSquared: number) => Fit
  /** The parts of a fit that the likelihood's slope is made of: a search asks for many. */
  readonly score: (tauSquared: number) => Score
  /** The same where all studies weigh 1. */
  readonly fitUnweighted: () => Fit
  /** tr P diag(a), and tr P diag(a) P diag(b), for the weights w. */
  readonly trace: (w: Float64Array, a: Float64Array) => number
  readonly traceTwice: (w: Float64Array, a: Float64Array, b: Float64Array) => number
  /** ln |X′WX|, for the restricted likelihood; and ln |X′X|. */
  readonly logDeterminant: (tauSquared: number) => number
  readonly logDeterminantUnweighted: () => number
}

export const weightsAt = (variances: Float64Array, tauSquared: number): Float64Array =>
  variances.map((variance) => 1 / (variance + tauSquared))

interface Range {
  readonly least: number
  readonly greatest: number
}

export function rangeOf(effects: readonly Effect[]): Range {
  let [least, greatest] = [Number.POSITIVE_INFINITY, 0]
  for (const { vi } of effects) {
    least = Math.min(least, vi)
    greatest = Math.max(greatest, vi)
  }
  return { least, greatest }
}

/** The model whose only coefficient is the mean. */
export const meanModel = (effects: readonly Effect[]): WeightedModel => new MeanModel(effects)

/** A class, and plain loops over the effects as they are: whole data sets are pooled by the ten thousand. */
class MeanModel implements WeightedModel {
  readonly k: number
  readonly p = 1
  readonly #effects: readonly Effect[]
  // Estimators ask for the fits at 0 and at their own end again.
  #atZero: Fit | undefined
  #last: Fit | undefined
  #lastAt = Number.NaN

  constructor(effects: readonly Effect[]) {
    this.k = effects.length
    this.#effects = effects
  }

  get estimates(): Float64Array {
    const values = new Float64Array(this.k)
    for (let i = 0; i < this.k; i++) values[i] = this.#effects[i]?.yi ?? 0
    return values
  }

  get variances(): Float64Array {
    const values = new Float64Array(this.k)
    for (let i = 0; i < this.k; i++) values[i] = this.#effects[i]?.vi ?? 0
    return values
  }

  get range(): Range {
    return rangeOf(this.#effects)
  }

  fit(tauSquared: number): Fit {
    if (tauSquared === 0) {
      this.#atZero ??= fitMean(this.#effects, 1, 0)
      return this.#atZero
    }
    if (this.#last === undefined || tauSquared !== this.#lastAt) {
      this.#last = fitMean(this.#effects, 1, tauSquared)
      this.#lastAt = tauSquared
    }
    return this.#last
  }

  score(tauSquared: number): Score {
    return scoreMean(this.#effects, tauSquared)
  }

  fitUnweighted(): Fit {
    return fitMean(this.#effects, 0, 1)
  }

  trace(w: Float64Array, a: Float64Array): number {
    return sumOf(w, (x, i) => x * at(a, i)) - sumOf(w, (x, i) => x ** 2 * at(a, i)) / sumOf(w, (x) => x)
  }

  traceTwice(w: Float64Array, a: Float64Array, b: Float64Array): number {
    const sum = sumOf(w, (x) => x)
    return (
      sumOf(w, (x, i) => x ** 2 * at(a, i) * at(b, i) * (1 - (2 * x) / sum)) +
      (sumOf(w, (x, i) => x ** 2 * at(a, i)) * sumOf(w, (x, i) => x ** 2 * at(b, i))) / sum ** 2
    )
  }

  logDeterminant(tauSquared: number): number {
    return Math.log(sumOf(weightsAt(this.variances, tauSquared), (w) => w))
  }

  logDeterminantUnweighted(): number {
    return Math.log(this.k)
  }
}

const at = (values: Float64Array, i: number): number => values[i] ?? 0

function sumOf(values: Float64Array, term: (value: number, i: number) => number): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += term(at(values, i), i)
  return sum
}

/** The fit with weights 1 / (share v + τ²). */
function fitMean(effects: readonly Effect[], share: number, tauSquared: number): Fit {
  let sum = 0
  let squares = 0
  let moment = 0
  // Σ over pairs of w w′ and of (w w′)²: taken from sums of all, they would cancel where one study outweighs the rest.
  let pairs = 0
  let pairsSquared = 0
  for (const { yi, vi } of effects) {
    const w = 1 / (share * vi + tauSquared)
    const squared = w * w
    pairs += w * sum
    pairsSquared += squared * squares
    sum += w
    squares += squared
    moment += w * yi
  }
  const mean = moment / sum
  let residualSum = 0
  let residualSquares = 0
  let diagonal = 0
  for (const { yi, vi } of effects) {
    const w = 1 / (share * vi + tauSquared)
    const residual = yi - mean
    const weighted = w * residual
    residualSum += weighted * residual
    residualSquares += weighted * weighted
    const own = w - (w * w) / sum
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

let kept = new Float64Array(64)

/** The same sums as those of `fitMean`, without the others. */
function scoreMean(effects: readonly Effect[], tauSquared: number): Score {
  const k = effects.length
  if (kept.length < k) kept = new Float64Array(2 * k)
  const weights = kept
  let sum = 0
  let moment = 0
  let pairs = 0
  for (let i = 0; i < k; i++) {
    const effect = effects[i]
    if (effect === undefined) break
    const w = 1 / (effect.vi + tauSquared)
    weights[i] = w
    pairs += w * sum
    sum += w
    moment += w * effect.yi
  }
  const mean = moment / sum
  let residualSquares = 0
  for (let i = 0; i < k; i++) {
    const weighted = (weights[i] ?? 0) * ((effects[i]?.yi ?? 0) - mean)
    residualSquares += weighted * weighted
  }
  return { residualSquares, weightSum: sum, traceP: (2 * pairs) / sum }
}
