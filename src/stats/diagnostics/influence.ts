import { chiSquareUpperTail } from '../distributions/chi-square.ts'
import type { NotEstimable } from '../effect-sizes/measure.ts'
import { type Effect, ONE_STUDY, whyNotPoolable } from '../pooling/effect.ts'
import { type InverseVarianceMethod, tauSquaredBy } from '../pooling/inverse-variance.ts'
import { type Fit, meanModel } from '../pooling/weighted-model.ts'

/** What a study does to the estimate, as it stands and as it would be without the study. */
export interface Influence {
  /** Residual over its standard error; and that of the estimate without the study. */
  readonly standardizedResidual: number
  readonly studentizedResidual: number
  /** How far its own fitted value moves, and the estimate, in standard errors without the study. */
  readonly dffits: number
  readonly dfbetas: number
  /** The squared move of the estimate over its variance. */
  readonly cooksDistance: number
  /** Variance of the estimate without the study over that with it: above 1 where the study makes it surer. */
  readonly covarianceRatio: number
  /** τ² and Q without the study. */
  readonly tauSquaredWithout: number
  readonly qWithout: number
  /** The share of the weights, from 0 to 1. */
  readonly hat: number
  /** Whether metafor would mark it: |DFFITS| > 3√(1/(k − 1)), Cook's distance beyond the median of χ², hat > 3/k, |DFBETAS| > 1. */
  readonly isInfluential: boolean
}

/**
 * Influence of each study on an estimate by inverse variance, tested by z.
 *
 * @returns `not-estimable` where there are less than two studies, or one has no variance
 * @source  Viechtbauer & Cheung 2010, Res Synth Methods 1:112–125
 * @checked test/reference/pooling (influence of metafor 3.8-1; relative 1e-6)
 */
export function influence(
  effects: readonly Effect[],
  { method }: { readonly method: InverseVarianceMethod },
): Influence[] | NotEstimable {
  const reason = whyNotPoolable(effects)
  if (reason !== undefined) return reason
  if (effects.length < 2) return ONE_STUDY
  const all = fitted(effects, method)
  return effects.map((effect, i) => influenceOf(effect, all, fitted(effects.toSpliced(i, 1), method), effects, i))
}

interface Fitted {
  readonly k: number
  readonly estimate: number
  readonly tauSquared: number
  readonly q: number
  readonly fit: Fit
}

function fitted(effects: readonly Effect[], method: InverseVarianceMethod): Fitted {
  const model = meanModel(effects)
  const tauSquared = tauSquaredBy(model, method)
  const value = tauSquared.status === 'estimated' ? tauSquared.value : 0
  const fit = model.fit(value)
  const [estimate = 0] = fit.coefficients
  return { k: effects.length, estimate, tauSquared: value, q: model.fit(0).residualSum, fit }
}

function influenceOf(
  { yi, vi }: Effect,
  all: Fitted,
  without: Fitted,
  effects: readonly Effect[],
  place: number,
): Influence {
  const hat = 1 / (vi + all.tauSquared) / all.fit.weightSum
  const move = all.estimate - without.estimate
  // The variance that the estimate from all studies would have with the τ² of the others.
  const variance = 1 / effects.reduce((sum, other) => sum + 1 / (other.vi + without.tauSquared), 0)
  const dffits = move / Math.sqrt(hat * (without.tauSquared + vi))
  const dfbetas = move / Math.sqrt(variance)
  const cooksDistance = move ** 2 * all.fit.weightSum
  // 1 − hat from the weights of the others: where one study outweighs all, a difference would leave nothing.
  const rest = effects.reduce((sum, other, i) => (i === place ? sum : sum + 1 / (other.vi + all.tauSquared)), 0)
  return {
    standardizedResidual: (yi - all.estimate) / Math.sqrt(((vi + all.tauSquared) * rest) / all.fit.weightSum),
    studentizedResidual: (yi - without.estimate) / Math.sqrt(vi + without.tauSquared + 1 / without.fit.weightSum),
    dffits,
    dfbetas,
    cooksDistance,
    covarianceRatio: all.fit.weightSum / without.fit.weightSum,
    tauSquaredWithout: without.tauSquared,
    qWithout: without.q,
    hat,
    isInfluential:
      Math.abs(dffits) > 3 * Math.sqrt(1 / (all.k - 1)) ||
      chiSquareUpperTail(cooksDistance, 1) < 0.5 ||
      hat > 3 / all.k ||
      Math.abs(dfbetas) > 1,
  }
}
