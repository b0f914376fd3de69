import { effectSizes } from '../effect-sizes/effect-sizes.ts'
import type { NotEstimable, RowOf } from '../effect-sizes/measure.ts'
import { MEASURES } from '../effect-sizes/measures.ts'
import type { Effect } from '../pooling/effect.ts'
import type { InverseVarianceMethod, PoolingTest } from '../pooling/inverse-variance.ts'
import { type Coefficient, metaRegression } from '../pooling/meta-regression.ts'

/** A test of funnel plot asymmetry by regression. */
export interface RegressionTest {
  readonly status: 'estimated'
  readonly k: number
  /** Of the effects on what says how small the studies are; not 0 where small studies differ from large ones. */
  readonly slope: Coefficient
  /** Where effects tend as that goes to 0. */
  readonly limit: Coefficient
}

export interface RegressionTestOptions {
  /**
   * The classical test by default: weighted regression with a dispersion factor, tested by t with k − 2 degrees of freedom. That
   * is method EE with Knapp and Hartung's test; REML and z are metafor's default.
   */
  readonly method?: InverseVarianceMethod
  readonly test?: PoolingTest
  readonly level?: number
}

/**
 * Regresses effects on a number that each study has, such as its standard error.
 *
 * @returns `not-estimable` for less than three studies, or where the number is the same for all
 * @source  Sterne & Egger 2005, in Publication Bias in Meta-Analysis, chapter 6
 */
export function regressionTest(
  effects: readonly Effect[],
  predictor: readonly number[],
  { method = 'EE', test = 'knha', level }: RegressionTestOptions = {},
): RegressionTest | NotEstimable {
  const design = { names: ['intercept', 'predictor'], rows: predictor.map((value) => [1, value]) }
  const fitted = metaRegression(effects, design, { method, test, ...(level !== undefined && { level }) })
  if (fitted.status === 'not-estimable') return fitted
  const [limit, slope] = fitted.coefficients
  if (limit === undefined || slope === undefined) throw new Error('two columns have two coefficients')
  return { status: 'estimated', k: fitted.k, slope, limit }
}

/**
 * Egger's test: regression on the standard error, whose slope is the intercept of the original form.
 *
 * @param predictor  the variance gives the precision-effect estimate (PEESE), whose limit is the effect
 * @source  Egger et al 1997, BMJ 315:629–634; Stanley & Doucouliagos 2014, Res Synth Methods 5:60–78
 * @checked test/reference/pooling (metafor 3.8-1, lm of R 4.2.2; relative 1e-8)
 */
export const eggerTest = (
  effects: readonly Effect[],
  options: RegressionTestOptions & { readonly predictor?: 'standard error' | 'variance' } = {},
): RegressionTest | NotEstimable =>
  regressionTest(
    effects,
    effects.map(({ vi }) => (options.predictor === 'variance' ? vi : Math.sqrt(vi))),
    options,
  )

type Tables = readonly RowOf['two-by-two'][]

/**
 * Harbord's test for odds ratios: Egger's, of the efficient score over its variance.
 *
 * @source  Harbord, Egger & Sterne 2006, Stat Med 25:3443–3457
 * @checked test/reference/pooling (relative 1e-8)
 */
export const harbordTest = (tables: Tables): RegressionTest | NotEstimable =>
  eggerTest(
    effectSizes(MEASURES.PETO, tables, { to: 'none' }).flatMap((effect) =>
      effect.status === 'estimated' ? [effect] : [],
    ),
  )

/**
 * Peters' test for odds ratios: log odds ratios regressed on 1 / participants, weighted by events and people without.
 *
 * @source  Peters et al 2006, JAMA 295:676–680
 * @checked test/reference/pooling (relative 1e-8)
 */
export function petersTest(tables: Tables): RegressionTest | NotEstimable {
  const rows = effectSizes(MEASURES.OR, tables, { drop00: true }).flatMap((effect, i) => {
    const table = tables[i]
    if (effect.status === 'not-estimable' || table === undefined) return []
    const events = table.experimental.events + table.control.events
    const total = table.experimental.total + table.control.total
    return [{ yi: effect.yi, vi: 1 / events + 1 / (total - events), total }]
  })
  return regressionTest(
    rows,
    rows.map(({ total }) => 1 / total),
  )
}
