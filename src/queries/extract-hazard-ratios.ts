import { PLAIN_CHOICES } from './extraction/choices.ts'
import { type Columns, number } from './extraction/columns.ts'
import { CONTRAST_NEEDS, contrastsOf } from './extraction/contrasts.ts'
import { extractionByStudy } from './extraction/extraction.ts'
import { onlyOutcomesOf } from './extraction/outcomes.ts'
import { PAIR_HEAD, PAIR_TAIL } from './extraction/pair-columns.ts'
import { type PairHead, type PairTail, pairRow } from './extraction/pairs.ts'

export interface HazardRatioRow extends PairHead, PairTail {
  readonly hazard_ratio: number
  readonly ci_lower: number | null
  readonly ci_upper: number | null
  readonly ci_level: number | null
  readonly log_hr: number
  readonly se_log_hr: number | null
}

export const HAZARD_RATIO_COLUMNS: Columns<HazardRatioRow> = {
  ...PAIR_HEAD,
  hazard_ratio: number('outcome_analysis.estimate', 'ratio', 'as reported'),
  ci_lower: number('outcome_analysis.ci_lower', 'ratio', 'lower end of the interval'),
  ci_upper: number('outcome_analysis.ci_upper', 'ratio', 'upper end of the interval'),
  ci_level: number('outcome_analysis.ci_level', '0 to 1', 'of the interval'),
  log_hr: number('outcome_analysis.estimate', 'natural log', 'logarithm of the hazard ratio'),
  se_log_hr: number(
    'outcome_analysis',
    'natural log',
    'standard error of log_hr from the interval (Cochrane Handbook 6.3.2), with --derived',
  ),
  ...PAIR_TAIL,
}

export const HAZARD_RATIOS = extractionByStudy({
  table: 'hazard-ratios',
  about: 'hazard ratio that a study gives',
  columns: HAZARD_RATIO_COLUMNS,
  heeds: PLAIN_CHOICES,
  needs: {
    ...CONTRAST_NEEDS,
    outcomeAnalysis: {
      ...CONTRAST_NEEDS.outcomeAnalysis,
      where: `"measure" = 'hazard_ratio' AND "estimate" IS NOT NULL`,
    },
  },
  only: onlyOutcomesOf('outcomeAnalysis'),
  rows: (study, part, run) =>
    contrastsOf(study, part, run)
      .filter(({ measure }) => measure === 'hazard_ratio')
      .map(
        (one): HazardRatioRow =>
          pairRow(
            one.head,
            {
              hazard_ratio: one.estimate,
              ci_lower: one.ciLower,
              ci_upper: one.ciUpper,
              ci_level: one.ciLevel,
              log_hr: one.yi,
              se_log_hr: one.sei,
            },
            one.tail,
          ),
      ),
})

/** One row per hazard ratio that a study gives of two groups, with its logarithm. */
export const extractHazardRatios = HAZARD_RATIOS.extract
