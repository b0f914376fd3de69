import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const FOLDER = path.join(import.meta.dirname, '../../reference/pooling')
const DATA_SETS = ['bcg', 'hart1999', 'molloy2014', 'normand1999', 'yusuf1985-t6']

/** The parts of an analysis that the tests beside this one walk through. */
const HELD = {
  analysis: [
    'measure',
    'yi',
    'vi',
    'k',
    'models',
    'ci_tau2',
    'mh',
    'mh_pool_add_half_only0',
    'peto',
    'bias',
    'fsn',
    'trimfill',
    'leave1out',
    'cumul',
    'influence',
    'metareg',
    'subgroup',
  ],
  models: [
    'tau2',
    'se_tau2',
    'I2',
    'H2',
    'QE',
    'QEp',
    'df',
    'I2_from_Q',
    'z',
    'knha',
    'knha_adhoc',
    'pi_z',
    'pi_riley_z',
    'pi_knha',
    'pi_riley_knha',
    'weights_pct',
    'logLik',
    'AIC',
    'BIC',
    'AICc',
  ],
  mh: [
    ...['b', 'se', 'z', 'p', 'ci_lb', 'ci_ub', 'Q', 'Qp', 'Q_df', 'I2', 'H2', 'k', 'k_yi'],
    ...['k_pos', 'CMH_cc', 'CMH_nocc', 'breslow_day', 'tarone'],
  ],
  bias: ['egger_lm', 'egger_original_form', 'egger_rma', 'pet_peese', 'begg_rank', 'regtest_lm_n', 'harbord', 'peters'],
} as const

/** What the files have besides, which Evibase does not compute, or which says the same in another way. */
const NOT_HELD = {
  // The options that effect sizes were made with, and rows without one.
  analysis: ['escalc_options', 'excluded_rows'],
  // τ is the root of τ²; what metafor prints by default is not the maximum.
  models: ['tau', 'tau2_metafor_default_control'],
  // Cochran's form of the Cochran–Mantel–Haenszel test, with N where that has N − 1.
  mh: ['CO_cc', 'CO_nocc'],
  bias: [],
} as const

test.each(DATA_SETS)('%s has no part that the tests pass over unsaid', (name) => {
  const { analyses } = JSON.parse(readFileSync(path.join(FOLDER, `${name}.json`), 'utf8'))
  const known = (part: keyof typeof HELD, keys: readonly string[]) =>
    expect(keys.filter((key) => ![...HELD[part], ...NOT_HELD[part]].some((one) => one === key))).toEqual([])
  for (const analysis of analyses) {
    known('analysis', Object.keys(analysis))
    for (const model of Object.values<object>(analysis.models)) known('models', Object.keys(model))
    for (const counts of [analysis.mh, analysis.mh_pool_add_half_only0, analysis.peto])
      known('mh', Object.keys(counts ?? {}))
    known('bias', Object.keys(analysis.bias))
  }
})
