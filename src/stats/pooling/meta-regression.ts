import { chiSquareUpperTail } from '../distributions/chi-square.ts'
import { fUpperTail } from '../distributions/f.ts'
import { type NotEstimable, notEstimable } from '../effect-sizes/measure.ts'
import { inverseQuadraticForm } from '../linear-algebra/quadratic-form.ts'
import { type Effect, NO_VARIATION, TOO_FEW_STUDIES, whyNotPoolable } from './effect.ts'
import { type FitStatistics, fitStatistics } from './fit-statistics.ts'
import { type Heterogeneity, heterogeneityOf } from './heterogeneity.ts'
import { type Inference, inferenceOf } from './inference.ts'
import {
  type InverseVarianceOptions,
  isCommon,
  predictionDf,
  tauSquaredBy,
  varianceFactor,
} from './inverse-variance.ts'
import { LEVEL } from './pooled.ts'
import { type Prediction, predictionOf } from './prediction.ts'
import { regressionModel } from './regression-model.ts'
import type { TauSquared } from './tau-squared.ts'
import { meanModel } from './weighted-model.ts'

/** What effects are explained by: one row per study, one column per coefficient. */
export interface Design {
  /** The names of the coefficients; the first is the intercept, whose column is all ones. */
  readonly names: readonly string[]
  readonly rows: readonly (readonly number[])[]
}

export interface Coefficient {
  readonly name: string
  readonly estimate: number
  readonly inference: Inference | NotEstimable
}

/** Whether all moderators together explain anything: QM, χ² with df1 degrees of freedom, or F where there is a df2. */
export interface ModeratorTest {
  readonly status: 'estimated'
  readonly statistic: number
  readonly df1: number
  readonly df2: number | undefined
  readonly pValue: number
}

/** A meta-regression, on the scale of its effects. */
export interface MetaRegression {
  readonly status: 'estimated'
  readonly k: number
  readonly level: number
  readonly coefficients: readonly Coefficient[]
  /** Variances and covariances of the coefficients, by rows. */
  readonly covariance: readonly (readonly number[])[]
  readonly moderators: ModeratorTest | NotEstimable
  /** What the moderators leave: QE, with the model's I² and H². */
  readonly heterogeneity: Heterogeneity | NotEstimable
  readonly tauSquared: TauSquared | NotEstimable
  /**
   * By how much, in percent, the moderators lessen τ². Where the model has none, by how much they lessen the variance of the
   * effects: the adjusted R² of weighted least squares. Not below 0.
   */
  readonly rSquared: number | NotEstimable
  readonly fit: FitStatistics | NotEstimable
  /** The effect expected of studies with these moderators, in the order of the coefficients. */
  readonly predict: (moderators: readonly number[]) => RegressionPrediction
}

export interface RegressionPrediction {
  readonly estimate: number
  readonly inference: Inference | NotEstimable
  readonly prediction: Prediction | NotEstimable
}

const DEPENDENT = notEstimable('the moderators depend on each other, or do not vary')

/**
 * Explains effects by moderators: weighted least squares, weights 1 / (v + τ²), with τ² of what the moderators leave.
 *
 * @returns `not-estimable` for less studies than coefficients plus one, for moderators that depend on each other, and where a
 *          study has no variance
 * @source  Raudenbush 2009, in Handbook of Research Synthesis, 2nd ed., chapter 16; Knapp & Hartung 2003; R²: López-López et al
 *          2014, Br J Math Stat Psychol 67:30–48
 * @checked test/reference/pooling (metafor 3.8-1; relative 1e-7)
 */
export function metaRegression(
  effects: readonly Effect[],
  { names, rows }: Design,
  { method, test = 'z', level = LEVEL, like }: Omit<InverseVarianceOptions, 'about'>,
): MetaRegression | NotEstimable {
  const reason = whyNotPoolable(effects)
  if (reason !== undefined) return reason
  if (effects.length <= names.length) return TOO_FEW_STUDIES
  const model = regressionModel(effects, rows)
  if (model === undefined) return DEPENDENT
  const df = model.k - model.p
  const tauSquared = tauSquaredBy(model, method)
  const value = tauSquared.status === 'estimated' ? tauSquared.value : 0
  const common = model.fit(0)
  const fit = value === 0 ? common : model.fit(value)
  const factor = varianceFactor(fit, test, df)
  const covariance = model.covariance(value).map((row) => row.map((entry) => entry * factor))
  const asked = { level, ...(test !== 'z' && { degreesOfFreedom: df }) }
  return {
    status: 'estimated',
    k: model.k,
    level,
    coefficients: fit.coefficients.map((estimate, j) => ({
      name: names[j] ?? '',
      estimate,
      inference: inferenceOf(estimate, Math.sqrt(covariance[j]?.[j] ?? 0), asked),
    })),
    covariance,
    moderators: moderatorTest(fit.coefficients, covariance, test === 'z' ? undefined : df),
    heterogeneity: heterogeneityOf(
      common.residualSum,
      df,
      isCommon(method) ? undefined : { tauSquared: value, variance: df / common.traceP },
    ),
    tauSquared,
    rSquared: isCommon(method)
      ? lessened(common.residualSum / df, meanModel(effects).fit(0).residualSum / (model.k - 1))
      : rSquaredOf(value, tauSquaredBy(meanModel(effects), method)),
    fit: fitStatistics(model, method, value),
    predict: (moderators) => {
      const estimate = product(fit.coefficients, moderators)
      const variance = product(
        covariance.map((row) => product(row, moderators)),
        moderators,
      )
      const prediction =
        tauSquared.status === 'estimated'
          ? predictionOf(estimate, Math.sqrt(variance), value, {
              level,
              degreesOfFreedom: predictionDf(df, test, like),
            })
          : tauSquared
      return { estimate, inference: inferenceOf(estimate, Math.sqrt(variance), asked), prediction }
    },
  }
}

const product = (one: readonly number[], other: readonly number[]): number =>
  one.reduce((sum, value, i) => sum + value * (other[i] ?? 0), 0)

/** b′V⁻¹b of all coefficients but the intercept; over their number where it is an F. */
function moderatorTest(
  coefficients: readonly number[],
  covariance: readonly (readonly number[])[],
  df2: number | undefined,
): ModeratorTest | NotEstimable {
  const df1 = coefficients.length - 1
  const form = inverseQuadraticForm(
    covariance.slice(1).map((row) => row.slice(1)),
    coefficients.slice(1),
  )
  if (df1 === 0) return DEPENDENT
  if (form === undefined) return NO_VARIATION
  if (df2 === undefined)
    return { status: 'estimated', statistic: form, df1, df2, pValue: chiSquareUpperTail(form, df1) }
  const statistic = form / df1
  return {
    status: 'estimated',
    statistic,
    df1,
    df2,
    pValue: fUpperTail(statistic, { numerator: df1, denominator: df2 }),
  }
}

const rSquaredOf = (left: number, before: TauSquared | NotEstimable): number | NotEstimable =>
  before.status === 'not-estimable' ? before : lessened(left, before.value)

/** By how much, in percent, what the moderators leave is less than what was before; 0 where there was nothing to begin with. */
const lessened = (left: number, before: number): number =>
  before === 0 ? 0 : Math.max(0, (100 * (before - left)) / before)
