import { beggTest } from '../../stats/diagnostics/begg.ts'
import { eggerTest } from '../../stats/diagnostics/egger.ts'
import { failSafeN } from '../../stats/diagnostics/fail-safe-n.ts'
import { influence } from '../../stats/diagnostics/influence.ts'
import { type TrimAndFillEstimator, trimAndFill } from '../../stats/diagnostics/trim-and-fill.ts'
import type { NotEstimable } from '../../stats/effect-sizes/measure.ts'
import type { ChiSquareTest } from '../../stats/pooling/chi-square-test.ts'
import { designOf, type Moderator } from '../../stats/pooling/design.ts'
import type { Effect } from '../../stats/pooling/effect.ts'
import {
  type InverseVarianceMethod,
  type InverseVarianceOptions,
  isCommon,
} from '../../stats/pooling/inverse-variance.ts'
import { CONTINUITY } from '../../stats/pooling/mantel-haenszel-tests.ts'
import { metaRegression } from '../../stats/pooling/meta-regression.ts'
import type { MantelHaenszelTests } from '../../stats/pooling/pool-studies.ts'
import { briefCells, fitCells, inferenceCells, isMissing, type Part, there } from './parts.ts'

type Options = Omit<InverseVarianceOptions, 'about'>

/** The regression on moderators: what they explain, and their coefficients. */
export function moderatorsPart(
  effects: readonly Effect[],
  moderators: readonly Moderator[],
  options: Options,
): Part | NotEstimable {
  const fitted = metaRegression(effects, designOf(moderators, effects.length), options)
  if (fitted.status === 'not-estimable') return fitted
  const { k, coefficients, rSquared } = fitted
  const [explained, left, tauSquared] = [
    there(fitted.moderators),
    there(fitted.heterogeneity),
    there(fitted.tauSquared),
  ]
  return {
    k,
    qm: explained?.statistic ?? null,
    qm_df: explained?.df1 ?? null,
    qm_df2: explained?.df2 ?? null,
    qm_p: explained?.pValue ?? null,
    qe: left?.statistic ?? null,
    qe_df: left?.degreesOfFreedom ?? null,
    qe_p: left?.pValue ?? null,
    tau2: tauSquared?.value ?? (isCommon(options.method) ? 0 : null),
    se_tau2: tauSquared?.standardError ?? null,
    i2: left?.iSquared ?? null,
    h2: left?.hSquared ?? null,
    r2: typeof rSquared === 'number' ? rSquared : null,
    fit: fitCells(fitted.fit),
    coefficients: coefficients.map(({ name, estimate, inference }) => ({
      name,
      estimate,
      ...inferenceCells(inference),
      ...(isMissing(inference) && { reason: inference.reason }),
    })),
    ...(isMissing(fitted.moderators) && { reason: fitted.moderators.reason }),
  }
}

/** What each study does to the estimate. */
export function influencePart(
  effects: readonly Effect[],
  names: readonly string[],
  method: InverseVarianceMethod,
): readonly Part[] | NotEstimable {
  const found = influence(effects, { method })
  if ('status' in found) return found
  return found.map((one, i) => ({
    study: names[i] ?? '',
    rstandard: one.standardizedResidual,
    rstudent: one.studentizedResidual,
    dffits: one.dffits,
    cook_d: one.cooksDistance,
    cov_r: one.covarianceRatio,
    tau2_del: one.tauSquaredWithout,
    q_del: one.qWithout,
    hat: one.hat,
    dfbetas: one.dfbetas,
    is_influential: one.isInfluential,
  }))
}

/** Egger's test, and where the effects tend as studies get large. */
export function eggerPart(effects: readonly Effect[], level: number): Part | NotEstimable {
  const found = eggerTest(effects, { level })
  if (found.status === 'not-estimable') return found
  const { slope, limit } = found
  const { se, statistic, df, p_value } = inferenceCells(slope.inference)
  const { ci_lower, ci_upper } = inferenceCells(limit.inference)
  return {
    k: found.k,
    slope: slope.estimate,
    se,
    statistic,
    df,
    p_value,
    limit: limit.estimate,
    limit_ci_lower: ci_lower,
    limit_ci_upper: ci_upper,
  }
}

export function beggPart(effects: readonly Effect[]): Part | NotEstimable {
  const found = beggTest(effects)
  return 'status' in found ? found : { kendall_tau: found.tau, p_value: found.pValue, is_exact: found.isExact }
}

/** Trim and fill: the studies that seem to be missing, and the pool with them. */
export function trimfillPart(
  effects: readonly Effect[],
  options: Options & { readonly estimator: TrimAndFillEstimator },
  back: (value: number) => number,
): Part | NotEstimable {
  const found = trimAndFill(effects, options)
  if (found.status === 'not-estimable') return found
  return {
    estimator: options.estimator,
    side: found.side,
    k0: found.missing,
    se_k0: found.standardError,
    p_k0: found.pValue ?? null,
    ...briefCells(found.pooled, back),
    filled: found.filled.map(({ yi, vi }) => ({ yi, vi })),
  }
}

const testRow = (test: string, correction: number | null, found: ChiSquareTest | NotEstimable): Part => {
  const tested = there(found)
  return {
    test,
    correction,
    statistic: tested?.statistic ?? null,
    df: tested?.degreesOfFreedom ?? null,
    p_value: tested?.pValue ?? null,
    ...(isMissing(found) && { reason: found.reason }),
  }
}

/** Whether there is any association, and whether it is the same in all studies. */
export const mantelHaenszelPart = ({
  association,
  associationUncorrected,
  homogeneity,
}: MantelHaenszelTests): Part[] => [
  testRow('Cochran-Mantel-Haenszel', CONTINUITY, association),
  testRow('Cochran-Mantel-Haenszel', 0, associationUncorrected),
  ...(homogeneity === undefined
    ? []
    : [testRow('Breslow-Day', null, homogeneity.breslowDay), testRow('Tarone', null, homogeneity.tarone)]),
]

export function failSafePart(effects: readonly Effect[]): Part {
  const by = (method: 'Rosenthal' | 'Orwin' | 'Rosenberg') => there(failSafeN(effects, { method }))?.n ?? null
  return { rosenthal: by('Rosenthal'), orwin: by('Orwin'), rosenberg: by('Rosenberg') }
}
