import { PAIR_CHOICES } from '../../queries/extraction/pair-columns.ts'
import { csvFile, mapped } from '../csv-file.ts'
import type { ExportTarget } from '../export-target.ts'
import { armPages } from './arm-pages.ts'
import { contrastPages } from './pair-pages.ts'

const HEAD = ['studlab', 'label', 'year', 'outcome', 'analysis_set', 'subgroup', 'timepoint'] as const

/**
 * What `pairwise` and `netmeta` of R take. A study's key is its `studlab`, since two studies may have one label; treatments
 * are called as each study calls its arms, and are to be given common names before they make a network.
 */
export const NETMETA: ExportTarget = {
  heeds: PAIR_CHOICES,
  async *files(db, choices) {
    yield csvFile(
      'arms.csv',
      [...HEAD, 'treat', 'event', 'n', 'mean', 'sd', 'time', 'derived'],
      mapped(armPages(db, choices), (rows) =>
        rows.map(({ study, arm, events, person_years, ...row }) => ({
          ...row,
          studlab: study,
          treat: arm,
          event: events,
          time: person_years,
        })),
      ),
    )
    yield csvFile(
      'contrasts.csv',
      [...HEAD, 'treat1', 'treat2', 'measure', 'TE', 'seTE', 'derived'],
      mapped(contrastPages(db, choices), (rows) =>
        rows.map(({ study, experimental, control, yi, sei, ...row }) => ({
          ...row,
          studlab: study,
          treat1: experimental,
          treat2: control,
          TE: yi,
          seTE: sei,
        })),
      ),
    )
  },
}
