import { normalTwoSided, normalUpperTail } from '../distributions/normal.ts'
import { normalQuantile } from '../distributions/normal-quantile.ts'
import { type NotEstimable, notEstimable } from '../effect-sizes/measure.ts'
import { type Effect, whyNotPoolable } from '../pooling/effect.ts'
import { meanModel } from '../pooling/weighted-model.ts'

/** How many further studies that show nothing it would take until the result is gone. */
export interface FailSafeN {
  readonly status: 'estimated'
  readonly n: number
  /** Of the studies that there are: one-sided by Stouffer (Rosenthal), two-sided (Rosenberg); undefined by Orwin. */
  readonly pValue: number | undefined
}

export type FailSafeMethod = 'Rosenthal' | 'Orwin' | 'Rosenberg'

export interface FailSafeOptions {
  readonly method: FailSafeMethod
  readonly alpha?: number
  readonly target?: number
}

interface Asked {
  readonly alpha: number
  readonly target: number | undefined
}

const NO_TARGET = notEstimable('a mean of 0 cannot be halved, and a target of 0 is never reached')

/** Numbers so near to a whole one are it; metafor's own bound. */
const ROUNDING = Math.sqrt(Number.EPSILON)

/**
 * Fail-safe N.
 *
 * @param method  Rosenthal: until Stouffer's combined z is no longer significant; Rosenberg: until the weighted mean isn't; Orwin:
 *                until the plain mean is down to the target
 * @param alpha   0.05
 * @param target  half of the mean by default; its sign makes no difference
 * @source  Rosenthal 1979, Psychol Bull 86:638–641; Orwin 1983, J Educ Stat 8:157–159; Rosenberg 2005, Evolution 59:464–468
 * @checked test/reference/pooling (fsn of metafor 3.8-1)
 */
export function failSafeN(
  effects: readonly Effect[],
  { method, alpha = 0.05, target }: FailSafeOptions,
): FailSafeN | NotEstimable {
  return whyNotPoolable(effects) ?? METHODS[method](effects, { alpha, target })
}

const METHODS: Readonly<
  Record<FailSafeMethod, (effects: readonly Effect[], asked: Asked) => FailSafeN | NotEstimable>
> = {
  Rosenthal: (effects, { alpha }) => {
    const k = effects.length
    const z = Math.abs(effects.reduce((sum, { yi, vi }) => sum + yi / Math.sqrt(vi), 0)) / Math.sqrt(k)
    const n = k * (z / normalQuantile(alpha)) ** 2 - k
    return { status: 'estimated', n: wholeN(n), pValue: normalUpperTail(z) }
  },
  Rosenberg: (effects, { alpha }) => {
    const k = effects.length
    const { coefficients, weightSum } = meanModel(effects).fit(0)
    const [mean = 0] = coefficients
    const n = (k * ((mean * weightSum) / normalQuantile(alpha / 2)) ** 2) / weightSum - k
    return { status: 'estimated', n: wholeN(n), pValue: normalTwoSided(mean * Math.sqrt(weightSum)) }
  },
  Orwin: (effects, { target }) => {
    const mean = Math.abs(effects.reduce((sum, { yi }) => sum + yi, 0)) / effects.length
    const goal = Math.abs(target ?? mean / 2)
    if (goal === 0) return NO_TARGET
    return { status: 'estimated', n: wholeN((effects.length * (mean - goal)) / goal), pValue: undefined }
  },
}

/** Not below 0; part of a study takes a whole one. */
function wholeN(n: number): number {
  const kept = Math.max(0, n)
  return Math.abs(kept - Math.round(kept)) >= ROUNDING ? Math.ceil(kept) : Math.round(kept)
}
