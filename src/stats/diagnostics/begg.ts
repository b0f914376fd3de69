import { type NotEstimable, notEstimable } from '../effect-sizes/measure.ts'
import { type Effect, ONE_STUDY, whyNotPoolable } from '../pooling/effect.ts'
import { meanModel } from '../pooling/weighted-model.ts'
import { type Kendall, kendall } from './kendall.ts'

const SAME = notEstimable('the studies have the same variance, or the same effect')

/**
 * Begg and Mazumdar's test of funnel plot asymmetry: the rank correlation of effects, as far from the weighted mean as their
 * variances make likely, with their variances.
 *
 * @source  Begg & Mazumdar 1994, Biometrics 50:1088–1101
 * @checked test/reference/pooling (ranktest of metafor 3.8-1; relative 1e-8)
 */
export function beggTest(effects: readonly Effect[]): Kendall | NotEstimable {
  const reason = whyNotPoolable(effects)
  if (reason !== undefined) return reason
  if (effects.length < 2) return ONE_STUDY
  const { coefficients, weightSum } = meanModel(effects).fit(0)
  const [mean = 0] = coefficients
  // v − 1/Σw, without a difference of two that are nearly the same.
  const others = (i: number) => effects.reduce((sum, { vi }, j) => (i === j ? sum : sum + 1 / vi), 0)
  const standardized = effects.map(({ yi, vi }, i) => (yi - mean) / Math.sqrt((vi * others(i)) / weightSum))
  return (
    kendall(
      standardized,
      effects.map(({ vi }) => vi),
    ) ?? SAME
  )
}
