import { readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

/** Figures of R and metafor for one data set; `meta` of each file names the versions. */
const number = z.number().nullable()

const inference = z.object({ b: number.optional(), se: number, stat: number, p: number, ci_lb: number, ci_ub: number })
const interval = z.object({ lb: number, ub: number })

const model = z.object({
  tau2: z.number(),
  se_tau2: number,
  I2: z.number(),
  H2: z.number(),
  QE: z.number().optional(),
  QEp: z.number().optional(),
  df: z.number().optional(),
  I2_from_Q: z.number().optional(),
  z: inference.extend({ b: z.number(), se: z.number() }),
  knha: inference,
  knha_adhoc: inference,
  pi_z: interval.optional(),
  pi_riley_z: interval.optional(),
  pi_knha: interval.optional(),
  pi_riley_knha: interval.optional(),
  weights_pct: z.array(z.number()).optional(),
  logLik: z.number().optional(),
  AIC: z.number().optional(),
  BIC: z.number().optional(),
  AICc: z.number().optional(),
})

const chiSquare = z.object({ chisq: number, p: number }).nullish()
const counts = z.object({
  b: z.number(),
  se: z.number(),
  z: z.number(),
  p: z.number(),
  ci_lb: z.number(),
  ci_ub: z.number(),
  Q: z.number(),
  Qp: z.number(),
  Q_df: z.number(),
  I2: z.number(),
  H2: z.number(),
  k: z.number(),
  k_yi: z.number(),
  k_pos: number.optional(),
  CMH_cc: chiSquare,
  CMH_nocc: chiSquare,
  breslow_day: chiSquare,
  tarone: chiSquare,
})
export type ReferenceCounts = z.infer<typeof counts>

const moderatorTest = z.object({ stat: z.number(), df1: z.number(), df2: number, p: z.number() })
const coefficients = z.object({
  b: z.array(z.number()),
  se: z.array(z.number()),
  stat: z.array(z.number()),
  p: z.array(z.number()),
  ci_lb: z.array(z.number()),
  ci_ub: z.array(z.number()),
  QM: moderatorTest,
})
const metaregression = z.object({
  formula: z.string(),
  k: z.number(),
  p: z.number(),
  row_index: z.array(z.number()),
  X_columns: z.array(z.string()),
  X: z.array(z.array(z.number())),
  fits: z.record(
    z.string(),
    z.object({
      tau2: z.number(),
      se_tau2: number,
      I2: z.number(),
      H2: z.number(),
      R2_pct: number,
      QE: z.number(),
      QEp: z.number(),
      QE_df: z.number(),
      z: coefficients,
      knha: coefficients,
      vcov_z: z.array(z.array(z.number())),
    }),
  ),
  predict_REML_z: z
    .array(
      z.object({
        x: z.number(),
        pred: z.number(),
        se: z.number(),
        ci_lb: z.number(),
        ci_ub: z.number(),
        pi_lb: z.number(),
        pi_ub: z.number(),
      }),
    )
    .nullish(),
})

/** Rows of a table as objects. */
export const rowsOf = ({
  columns,
  rows,
}: {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly (number | null)[])[]
}) => rows.map((row) => Object.fromEntries(columns.map((column, i) => [column, Number(row[i])])))

const regression = z.object({ slope: z.number(), se: z.number(), t: z.number(), p: z.number() })
const bias = z.object({
  egger_lm: regression.extend({
    df: z.number(),
    limit_intercept: z.number(),
    limit_se: z.number(),
    limit_ci_lb: z.number(),
    limit_ci_ub: z.number(),
  }),
  egger_original_form: z.object({ intercept: z.number(), se: z.number(), p: z.number() }),
  egger_rma: z.object({
    slope: z.number(),
    se: z.number(),
    z: z.number(),
    p: z.number(),
    limit: z.number(),
    limit_se: z.number(),
  }),
  pet_peese: z.object({ peese_b0: z.number(), peese_se: z.number(), peese_t: z.number(), peese_p: z.number() }),
  begg_rank: z.object({ kendall_tau: z.number(), p: z.number(), ties: z.boolean() }),
  regtest_lm_n: regression.optional(),
  harbord: z.object({ k: z.number(), bias: z.number(), se: z.number(), p: z.number() }).optional(),
  peters: regression.extend({ k: z.number() }).optional(),
})
const trimfill = z.object({
  side: z.enum(['left', 'right']),
  k0: z.number(),
  se_k0: z.number(),
  k_total: z.number(),
  b: z.number(),
  se: z.number(),
  ci_lb: z.number(),
  ci_ub: z.number(),
  tau2: z.number(),
  filled_yi: z.array(z.number()),
  filled_vi: z.array(z.number()),
})
const fsn = z.object({
  rosenthal: z.object({ fsN: z.number(), pval_stouffer_one_sided: z.number() }),
  orwin_unweighted_default_target_half: z.object({ fsN: z.number() }),
  rosenberg: z.object({ fsN: z.number(), pval: z.number() }),
})
/** A table of figures, in rows of the columns' order. */
const table = z.object({ columns: z.array(z.string()), rows: z.array(z.array(number)) })
const subgroup = z.object({
  by: z.string(),
  methods: z.record(
    z.string(),
    z.object({
      separate_tau2: z.array(
        z.object({
          level: z.string(),
          k: z.number(),
          b: z.number(),
          se: z.number(),
          p: z.number(),
          tau2: z.number(),
        }),
      ),
      Q_between: z.number(),
      df: z.number(),
      p: z.number(),
    }),
  ),
})

const analysis = z.object({
  measure: z.string(),
  yi: z.array(number),
  vi: z.array(number),
  k: z.number(),
  models: z.record(z.string(), model),
  ci_tau2: z.object({
    tau2_lb: z.number(),
    tau2_ub: z.number(),
    I2_lb: z.number(),
    I2_ub: z.number(),
    H2_lb: z.number(),
    H2_ub: z.number(),
  }),
  metareg: z.array(metaregression).optional(),
  bias,
  fsn,
  trimfill: z.record(z.string(), trimfill).optional(),
  leave1out: z.record(z.string(), table).optional(),
  cumul: z
    .object({
      DL: table.extend({ order_index: z.array(z.number()) }),
      REML: table.extend({ order_index: z.array(z.number()) }),
    })
    .optional(),
  influence: table.extend({ is_influential: z.array(z.boolean()) }).optional(),
  subgroup: z.array(subgroup).optional(),
  mh: counts.optional(),
  mh_pool_add_half_only0: counts.optional(),
  peto: counts.optional(),
})
export type ReferenceAnalysis = z.infer<typeof analysis>

const row = z.record(z.string(), z.union([z.number(), z.string(), z.null()]))
const file = z.object({ rows: z.array(row), analyses: z.array(analysis) })

const FOLDER = path.join(import.meta.dirname, '../../reference/pooling')
const read = (name: string): unknown => JSON.parse(readFileSync(path.join(FOLDER, `${name}.json`), 'utf8'))

const DATA_SETS = ['bcg', 'hart1999', 'molloy2014', 'normand1999', 'yusuf1985-t6'].map((name) => ({
  name,
  ...file.parse(read(name)),
}))

export const ANALYSES = DATA_SETS.flatMap(({ name, rows, analyses }) =>
  analyses.map((one) => ({ title: `${name} ${one.measure}`, name, rows, ...one })),
)

/** The effects that were pooled: those with an estimate and a variance. */
export const effectsOf = ({ yi, vi }: Pick<ReferenceAnalysis, 'yi' | 'vi'>) =>
  yi.flatMap((y, i) => {
    const v = vi[i]
    return typeof y === 'number' && typeof v === 'number' ? [{ yi: y, vi: v }] : []
  })

const variant = z.object({
  k: z.number(),
  MH_exact: z.object({ b: z.object({ intrcpt: z.number() }), se: z.number() }),
  MH_half_added_to_zero_rows: z.object({ b: z.object({ intrcpt: z.number() }), se: z.number() }),
  Q_about_MH: z.number(),
  I2_about_MH: z.number(),
  tau2_DL_about_MH: z.number(),
  random_revman5: z.object({ b: z.number(), se: z.number(), ci: z.tuple([z.number(), z.number()]) }),
  Q_about_IV: z.number(),
  tau2_DL_about_IV: z.number(),
})
export const REVMAN_VARIANTS = Object.entries(
  z.object({ data_sets: z.record(z.string(), z.record(z.string(), variant)) }).parse(read('revman-variants')).data_sets,
).flatMap(([name, measures]) => Object.entries(measures).map(([measure, one]) => ({ name, measure, ...one })))
