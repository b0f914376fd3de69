import type { NotEstimable } from '../effect-sizes/measure.ts'
import { NO_VARIATION, TOO_FEW_STUDIES } from './effect.ts'
import { criticalValue } from './inference.ts'

/** Where the effect of a new study like these would lie. */
export interface Prediction {
  readonly status: 'estimated'
  /** Of Student's t; undefined where the limits are the normal distribution's. */
  readonly degreesOfFreedom: number | undefined
  readonly lower: number
  readonly upper: number
}

/**
 * Prediction interval: estimate ± t √(τ² + SE²).
 *
 * @param degreesOfFreedom  k − p − 1, or as metafor has it: none where the model was tested by z, else k − p
 * @source  Higgins, Thompson & Spiegelhalter 2009, J R Stat Soc A 172:137–159, equation 12; Riley, Higgins & Deeks 2011, BMJ
 *          342:d549
 * @checked test/reference/pooling (metafor 3.8-1, both kinds; 1e-8 of the standard error)
 */
export function predictionOf(
  estimate: number,
  standardError: number,
  tauSquared: number,
  { level, degreesOfFreedom }: { readonly level: number; readonly degreesOfFreedom: number | undefined },
): Prediction | NotEstimable {
  if (degreesOfFreedom !== undefined && degreesOfFreedom < 1) return TOO_FEW_STUDIES
  if (!(standardError > 0)) return NO_VARIATION
  const margin = criticalValue(level, degreesOfFreedom) * Math.sqrt(tauSquared + standardError ** 2)
  return { status: 'estimated', degreesOfFreedom, lower: estimate - margin, upper: estimate + margin }
}
