import { normalTwoSided } from '../distributions/normal.ts'
import { normalQuantile } from '../distributions/normal-quantile.ts'
import { studentTTwoSided } from '../distributions/student-t.ts'
import { studentTQuantile } from '../distributions/student-t-quantile.ts'
import type { NotEstimable } from '../effect-sizes/measure.ts'
import { NO_VARIATION, TOO_FEW_STUDIES } from './effect.ts'

/** How sure an estimate is: tested against 0, two-sided, and with its interval. */
export interface Inference {
  readonly standardError: number
  /** Estimate / standard error: z, or t where there are degrees of freedom. */
  readonly statistic: number
  readonly degreesOfFreedom: number | undefined
  readonly pValue: number
  readonly ciLower: number
  readonly ciUpper: number
}

/** What was asked for last: whole series of pools have one level, and as many studies. */
let last = { level: Number.NaN, degreesOfFreedom: Number.NaN, value: Number.NaN }

/** The distance, in standard errors, within which a normal or t variable lies with a probability of `level`. */
export function criticalValue(level: number, degreesOfFreedom: number | undefined): number {
  if (degreesOfFreedom === undefined) return -normalQuantile((1 - level) / 2)
  if (last.level !== level || last.degreesOfFreedom !== degreesOfFreedom)
    last = { level, degreesOfFreedom, value: -studentTQuantile((1 - level) / 2, degreesOfFreedom) }
  return last.value
}

/**
 * Test against 0 and confidence interval of an estimate, by the normal distribution, or by Student's t where degrees of
 * freedom are given.
 *
 * @returns `not-estimable` without a degree of freedom, or where the standard error is 0
 */
export function inferenceOf(
  estimate: number,
  standardError: number,
  { level, degreesOfFreedom }: { readonly level: number; readonly degreesOfFreedom?: number | undefined },
): Inference | NotEstimable {
  if (degreesOfFreedom !== undefined && degreesOfFreedom < 1) return TOO_FEW_STUDIES
  if (!(standardError > 0)) return NO_VARIATION
  const statistic = estimate / standardError
  const margin = criticalValue(level, degreesOfFreedom) * standardError
  return {
    standardError,
    statistic,
    degreesOfFreedom,
    pValue: degreesOfFreedom === undefined ? normalTwoSided(statistic) : studentTTwoSided(statistic, degreesOfFreedom),
    ciLower: estimate - margin,
    ciUpper: estimate + margin,
  }
}
