import type { NotEstimable } from '../../stats/effect-sizes/measure.ts'
import { COMMON_EFFECT } from '../../stats/pooling/effect.ts'
import type { FitStatistics } from '../../stats/pooling/fit-statistics.ts'
import type { Inference } from '../../stats/pooling/inference.ts'
import type { Pooled } from '../../stats/pooling/pooled.ts'
import type { Cell } from '../table.ts'

/** Cells by their names, and what has cells within. */
export interface Part {
  readonly [key: string]: Cell | Part | readonly Part[]
}

/** What is there of a part of an answer. */
export const there = <Part extends object>(part: Part | NotEstimable | undefined): Part | undefined =>
  part === undefined || isMissing(part) ? undefined : part

export const isMissing = (part: object): part is NotEstimable => 'status' in part && part.status === 'not-estimable'

/** How sure an estimate is, in cells. */
export function inferenceCells(part: Inference | NotEstimable | undefined) {
  const inference = there(part)
  return {
    se: inference?.standardError ?? null,
    ci_lower: inference?.ciLower ?? null,
    ci_upper: inference?.ciUpper ?? null,
    statistic: inference?.statistic ?? null,
    df: inference?.degreesOfFreedom ?? null,
    p_value: inference?.pValue ?? null,
  }
}

/** How well a model fits, in cells; null where it cannot be told. */
export type FitCells = ReturnType<typeof fitCells>
export function fitCells(part: FitStatistics | NotEstimable) {
  const fit = there(part)
  return {
    log_likelihood: fit?.logLikelihood ?? null,
    deviance: fit?.deviance ?? null,
    aic: fit?.aic ?? null,
    bic: fit?.bic ?? null,
    aicc: fit?.aicc ?? null,
  }
}

/** A number on the scale that people read; none where it is beyond all doubles. */
export function transformed(value: number | null | undefined, back: (value: number) => number): number | null {
  const shown = value === null || value === undefined ? Number.NaN : back(value)
  return Number.isFinite(shown) ? shown : null
}

/** A pool in one row: on the scale on which was pooled, and transformed to the one that people read. */
export function briefCells(pooled: Pooled | NotEstimable, back: (value: number) => number): Part {
  if (pooled.status === 'not-estimable') return { k: null, estimate: null, reason: pooled.reason }
  const inference = inferenceCells(pooled.inference)
  const heterogeneity = there(pooled.heterogeneity)
  const reason = [pooled.inference, pooled.heterogeneity].flatMap((part) => (isMissing(part) ? [part.reason] : []))
  const shown = (value: number | null) => transformed(value, back)
  return {
    k: pooled.k,
    estimate: pooled.estimate,
    ...inference,
    tau2: pooled.tauSquared === COMMON_EFFECT ? 0 : (there(pooled.tauSquared)?.value ?? null),
    i2: heterogeneity?.iSquared ?? null,
    q: heterogeneity?.statistic ?? null,
    q_df: heterogeneity?.degreesOfFreedom ?? null,
    q_p: heterogeneity?.pValue ?? null,
    transformed: {
      estimate: shown(pooled.estimate),
      ci_lower: shown(inference.ci_lower),
      ci_upper: shown(inference.ci_upper),
    },
    ...(reason.length > 0 && { reason: reason.join('; ') }),
  }
}
