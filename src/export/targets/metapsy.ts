import { PAIR_CHOICES } from '../../queries/extraction/pair-columns.ts'
import { csvFile, mapped } from '../csv-file.ts'
import type { ExportTarget } from '../export-target.ts'
import { effectPages } from './pair-pages.ts'

const DAYS_IN_MONTH = 30.4375

/** Metapsy's columns: an arm's numbers, or a log risk ratio or Hedges' g that the study itself gives. */
export const METAPSY: ExportTarget = {
  heeds: [...PAIR_CHOICES, 'prefer'],
  async *files(db, choices) {
    yield csvFile(
      'metapsy.csv',
      [
        ...(['study', 'condition_arm1', 'condition_arm2', 'multi_arm1', 'multi_arm2', 'outcome_type'] as const),
        ...(['instrument', 'time', 'time_weeks', 'rating', 'mean_arm1', 'mean_arm2', 'sd_arm1', 'sd_arm2'] as const),
        ...(['n_arm1', 'n_arm2', 'event_arm1', 'event_arm2', 'totaln_arm1', 'totaln_arm2'] as const),
        ...(['precalc_g', 'precalc_g_se', 'precalc_log_rr', 'precalc_log_rr_se'] as const),
      ],
      mapped(effectPages(db, choices), (rows) =>
        rows.flatMap((row) => {
          const contrast = (measure: string) => row.data === 'contrast' && row.measure === measure && row.sei !== null
          const [g, logRr] = [contrast('standardised_mean_difference'), contrast('risk_ratio')]
          const [means, events] = [row.data === 'continuous', row.data === 'dichotomous']
          if (!g && !logRr && !means && !events) return []
          return [
            {
              study: row.label,
              condition_arm1: row.experimental,
              condition_arm2: row.control,
              multi_arm1: null,
              multi_arm2: null,
              outcome_type: means || g ? 'msd' : 'dich',
              instrument: row.outcome,
              time: row.timepoint,
              time_weeks: row.time_months === null ? null : (row.time_months * DAYS_IN_MONTH) / 7,
              rating: null,
              ...{ mean_arm1: row.m1i, mean_arm2: row.m2i, sd_arm1: row.sd1i, sd_arm2: row.sd2i },
              ...{ n_arm1: means ? row.n1i : null, n_arm2: means ? row.n2i : null },
              ...{ event_arm1: row.ai, event_arm2: row.ci },
              ...{ totaln_arm1: events ? row.n1i : null, totaln_arm2: events ? row.n2i : null },
              ...{ precalc_g: g ? row.yi : null, precalc_g_se: g ? row.sei : null },
              ...{ precalc_log_rr: logRr ? row.yi : null, precalc_log_rr_se: logRr ? row.sei : null },
            },
          ]
        }),
      ),
    )
  },
}
