import { type NotEstimable, notEstimable } from '../effect-sizes/measure.ts'
import { type Effect, ONE_STUDY } from './effect.ts'
import { qAbout } from './heterogeneity.ts'
import { type InverseVarianceMethod, isCommon } from './inverse-variance.ts'
import { logLikelihood } from './likelihood.ts'
import type { WeightedModel } from './weighted-model.ts'

/** How well a model fits: of two models of the same studies, the lower criterion is the better. */
export interface FitStatistics {
  readonly status: 'estimated'
  /** Of the effects, with all constants; by REML, of their differences alone, which no other design can be compared by. */
  readonly logLikelihood: number
  /** Twice what the log-likelihood lacks to that of a model that hits each effect; by REML, minus twice the log-likelihood. */
  readonly deviance: number
  readonly aic: number
  readonly bic: number
  readonly aicc: number
}

const NO_EFFECTS = notEstimable('no study has an effect of its own')

const LN_TWO_PI = Math.log(2 * Math.PI)

/**
 * Log-likelihood, deviance and information criteria of a model at its τ²: restricted by REML, the full ones by any other
 * method, also where it doesn't maximise them.
 *
 * @returns `not-estimable` where the model has no τ² because there are too few studies
 * @source  Viechtbauer 2005, J Educ Behav Stat 30:261–293; with Harville's term ½ ln |X′X| for REML; AICc: Hurvich & Tsai 1989,
 *          Biometrika 76:297–307, with metafor's lower bound of its denominator
 * @checked test/reference/pooling (metafor 3.8-1; relative 1e-7)
 */
export function fitStatistics(
  model: WeightedModel,
  method: InverseVarianceMethod,
  tauSquared: number,
): FitStatistics | NotEstimable {
  const { k, p, variances } = model
  if (isCommon(method)) return statisticsOf(model.k, p, fullLikelihood(variances, model.fit(0).residualSum))
  if (k <= p) return ONE_STUDY
  if (method === 'REML') {
    const height =
      logLikelihood(model, 'REML', tauSquared) - ((k - p) * LN_TWO_PI) / 2 + model.logDeterminantUnweighted() / 2
    return statisticsOf(k - p, p + 1, { height, deviance: -2 * height })
  }
  return statisticsOf(k, p + 1, {
    height: logLikelihood(model, 'ML', tauSquared) - (k * LN_TWO_PI) / 2,
    deviance: variances.reduce((sum, v) => sum + Math.log1p(tauSquared / v), model.fit(tauSquared).residualSum),
  })
}

/** The same of one effect for all studies that was found otherwise than by their weighted mean, such as Mantel–Haenszel's. */
export const fitAbout = (effects: readonly Effect[], centre: number): FitStatistics | NotEstimable =>
  effects.length === 0
    ? NO_EFFECTS
    : statisticsOf(
        effects.length,
        1,
        fullLikelihood(
          effects.map(({ vi }) => vi),
          qAbout(effects, centre),
        ),
      )

interface Likelihood {
  readonly height: number
  readonly deviance: number
}

/** Of normal effects without τ²; their deviance is what is left of them. */
const fullLikelihood = (variances: Iterable<number>, residualSum: number): Likelihood => {
  let constants = 0
  for (const v of variances) constants += LN_TWO_PI + Math.log(v)
  return { height: -(constants + residualSum) / 2, deviance: residualSum }
}

function statisticsOf(n: number, parameters: number, { height, deviance }: Likelihood): FitStatistics {
  const counted = Math.max(n, parameters + 2)
  return {
    status: 'estimated',
    logLikelihood: height,
    deviance,
    aic: -2 * height + 2 * parameters,
    bic: -2 * height + parameters * Math.log(n),
    aicc: -2 * height + (2 * parameters * counted) / (counted - parameters - 1),
  }
}
