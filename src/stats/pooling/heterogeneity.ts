import { chiSquareUpperTail } from '../distributions/chi-square.ts'
import type { NotEstimable } from '../effect-sizes/measure.ts'
import { type Effect, ONE_STUDY } from './effect.ts'

/** How much studies differ beyond chance. */
export interface Heterogeneity {
  /** Q: the sum of squared differences from the estimate, each over its variance; χ² where studies share one effect. */
  readonly statistic: number
  readonly degreesOfFreedom: number
  readonly pValue: number
  /** I², in percent: of the model where it has a τ², else from Q. */
  readonly iSquared: number
  /** H²: of the model where it has a τ², else Q / df, which may be below 1. */
  readonly hSquared: number
  /** I² from Q, in percent: max(0, (Q − df) / Q). */
  readonly iSquaredFromQ: number
}

/**
 * Cochran's test of heterogeneity from its statistic, with I² and H².
 *
 * @param typical  of a random-effects model: τ², and the variance of a typical study, (k − p) / tr P
 * @returns `not-estimable` without a degree of freedom
 * @source  Higgins & Thompson 2002, Stat Med 21:1539–1558, equations 8 to 10
 * @checked test/reference/pooling.json (metafor 3.8-1, relative 1e-10)
 */
export function heterogeneityOf(
  statistic: number,
  degreesOfFreedom: number,
  typical?: { readonly tauSquared: number; readonly variance: number },
): Heterogeneity | NotEstimable {
  if (degreesOfFreedom < 1) return ONE_STUDY
  const iSquaredFromQ = statistic > degreesOfFreedom ? (100 * (statistic - degreesOfFreedom)) / statistic : 0
  return {
    statistic,
    degreesOfFreedom,
    pValue: chiSquareUpperTail(statistic, degreesOfFreedom),
    iSquared:
      typical === undefined ? iSquaredFromQ : (100 * typical.tauSquared) / (typical.variance + typical.tauSquared),
    hSquared: typical === undefined ? statistic / degreesOfFreedom : typical.tauSquared / typical.variance + 1,
    iSquaredFromQ,
  }
}

/** Q of effects about a value that need not be their weighted mean, such as a Mantel–Haenszel estimate. */
export const qAbout = (effects: readonly Effect[], centre: number): number =>
  effects.reduce((sum, { yi, vi }) => sum + (yi - centre) ** 2 / vi, 0)
