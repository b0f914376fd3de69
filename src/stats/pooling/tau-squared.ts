import { type WeightedModel, weightsAt } from './weighted-model.ts'

/** The variance of the studies' true effects, on the squared scale of the effects. */
export interface TauSquared {
  readonly status: 'estimated'
  readonly value: number
  readonly standardError: number
  /** Whether the estimate lies at 0, the lowest that it may be, or was cut off there. */
  readonly atBound: boolean
}

/** A variance below 0 is cut off there; the standard error is that of the value that remains. */
export const truncated = (value: number, standardError: (value: number) => number): TauSquared => {
  const kept = Math.max(0, value)
  return { status: 'estimated', value: kept, standardError: standardError(kept), atBound: value <= 0 }
}

/**
 * τ² by the method of moments from Q: (Q − (k − p)) / tr P.
 *
 * @param q  the statistic; by default, Q about the model's own estimate. RevMan 5 takes it about a Mantel–Haenszel estimate
 * @source  DerSimonian & Laird 1986, Control Clin Trials 7:177–188, equation 8; with moderators, Raudenbush 2009. The standard
 *          error: Biggerstaff & Tweedie 1997, Stat Med 16:753–768
 * @checked test/reference/pooling (metafor 3.8-1, relative 1e-10)
 */
export function dersimonianLaird(model: WeightedModel, q?: number): TauSquared {
  const { residualSum, traceP, tracePP } = model.fit(0)
  const df = model.k - model.p
  return truncated(
    ((q ?? residualSum) - df) / traceP,
    (value) => Math.sqrt(2 * df + 4 * value * traceP + 2 * value ** 2 * tracePP) / traceP,
  )
}

/**
 * τ² from the plain variance of the effects, less the mean of their sampling variances.
 *
 * @source  Hedges 1983, Psychol Bull 93:388–395; Hedges & Olkin 1985, chapter 9; also known as the Cochran ANOVA estimator. The
 *          standard error: that of a quadratic form in normal variables
 * @checked test/reference/pooling (metafor 3.8-1, relative 1e-10)
 */
export function hedgesOlkin(model: WeightedModel): TauSquared {
  const { residualSum } = model.fitUnweighted()
  const ones = model.variances.map(() => 1)
  const df = model.k - model.p
  const sampling = model.trace(ones, model.variances)
  const samplingTwice = model.traceTwice(ones, model.variances, model.variances)
  return truncated(
    (residualSum - sampling) / df,
    (value) => Math.sqrt(2 * samplingTwice + 4 * value * sampling + 2 * value ** 2 * df) / df,
  )
}

/**
 * τ² as (Q − k) / Σw.
 *
 * @source  Hunter & Schmidt 1990, Methods of Meta-Analysis; in the general form of Viechtbauer 2005, J Educ Behav Stat 30:261–293
 * @checked test/reference/pooling (metafor 3.8-1, relative 1e-10)
 */
export function hunterSchmidt(model: WeightedModel): TauSquared {
  const { residualSum, weightSum, traceP, tracePP } = model.fit(0)
  const df = model.k - model.p
  return truncated(
    (residualSum - model.k) / weightSum,
    (value) => Math.sqrt(2 * df + 4 * value * traceP + 2 * value ** 2 * tracePP) / weightSum,
  )
}

/**
 * τ² by one step from a first guess, the plain variance of the effects over k: never below 0.
 *
 * @source  Sidik & Jonkman 2005, Appl Stat 54:367–384, equation 6; with moderators, the same 2005b, J Biopharm Stat 15:823–838
 * @checked test/reference/pooling (metafor 3.8-1, relative 1e-10)
 */
export function sidikJonkman(model: WeightedModel): TauSquared {
  const { k, p, estimates, variances } = model
  const mean = estimates.reduce((sum, y) => sum + y, 0) / k
  const first = estimates.reduce((sum, y) => sum + (y - mean) ** 2, 0) / k
  const df = k - p
  const w = weightsAt(variances, first)
  const ones = variances.map(() => 1)
  return truncated(
    (first * model.fit(first).residualSum) / df,
    (value) =>
      (first / df) *
      Math.sqrt(
        2 * model.traceTwice(w, variances, variances) +
          4 * value * model.traceTwice(w, variances, ones) +
          2 * value ** 2 * model.traceTwice(w, ones, ones),
      ),
  )
}
