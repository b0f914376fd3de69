import { PAIR_CHOICES } from '../../queries/extraction/pair-columns.ts'
import { csvFile } from '../csv-file.ts'
import type { ExportTarget } from '../export-target.ts'
import { textFile } from '../text-file.ts'
import { armPages } from './arm-pages.ts'
import { METAFOR_SCRIPT } from './metafor-script.ts'
import { continuousPages, contrastPages, countPages, dichotomousPages } from './pair-pages.ts'

const HEAD = [
  ...(['study', 'label', 'year', 'outcome', 'review_outcome', 'analysis_set', 'subgroup', 'timepoint'] as const),
  ...(['time_months', 'experimental', 'control'] as const),
] as const
const TAIL = ['derived', 'shared_control', 'counted_again'] as const

/** What `escalc` of R's metafor takes, by the names of its arguments: group 1 is the experimental one. */
export const METAFOR: ExportTarget = {
  heeds: PAIR_CHOICES,
  async *files(db, choices) {
    yield csvFile(
      'dichotomous.csv',
      [...HEAD, 'ai', 'bi', 'ci', 'di', 'n1i', 'n2i', ...TAIL],
      dichotomousPages(db, choices),
    )
    yield csvFile(
      'continuous.csv',
      [...HEAD, 'm1i', 'sd1i', 'n1i', 'm2i', 'sd2i', 'n2i', 'unit', 'sd1_from', 'sd2_from', ...TAIL],
      continuousPages(db, choices),
    )
    yield csvFile('counts.csv', [...HEAD, 'x1i', 't1i', 'x2i', 't2i', ...TAIL], countPages(db, choices))
    yield csvFile('contrasts.csv', [...HEAD, 'measure', 'log', 'yi', 'sei', ...TAIL], contrastPages(db, choices))
    yield csvFile(
      'long.csv',
      [
        ...(['study', 'label', 'year', 'outcome', 'analysis_set', 'subgroup', 'timepoint', 'arm'] as const),
        ...(['events', 'n', 'mean', 'sd', 'person_years', 'derived'] as const),
      ],
      armPages(db, choices),
    )
    yield textFile('analysis.R', METAFOR_SCRIPT)
  },
}
