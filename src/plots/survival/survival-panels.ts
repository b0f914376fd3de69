import { groupedBy } from '../../model/grouped-by.ts'
import type { SurvivalData, SurvivalPanel, SurvivalPoint } from './survival-data.ts'
import { panelWords } from './survival-words.ts'

/** A row of the survival table, with the study's label. */
export interface SurvivalEstimate {
  readonly label: string
  readonly outcome: string
  readonly subgroup: string | null
  readonly within: string | null
  readonly analysis_set: string | null
  readonly group: string
  readonly time_months: number | null
  readonly probability: number
  readonly ci_lower: number | null
  readonly ci_upper: number | null
  readonly ci_level: number | null
  readonly n: number | null
  readonly derived: boolean
}

/** Puts estimates in panels: of one study, outcome, subgroup and analysis set each. Those without a time are not drawn. */
export function survivalOf(rows: readonly SurvivalEstimate[], title: string | undefined): SurvivalData {
  const placed = rows.flatMap(({ time_months: months, ...row }): Placed[] =>
    months === null ? [] : [{ ...row, months }],
  )
  const panels = [...groupedBy(placed, headingOf)].map(
    ([heading, own]): SurvivalPanel => ({
      heading,
      groups: [...groupedBy(own, ({ group }) => group)].map(([label, some]) => ({
        label,
        points: some.map(pointOf).sort((one, other) => one.months - other.months),
      })),
    }),
  )
  return {
    title: title ?? `Survival: ${placed.length} estimates`,
    description: panels.map(panelWords).join(' '),
    panels,
  }
}

type Placed = Omit<SurvivalEstimate, 'time_months'> & { readonly months: number }

const headingOf = ({ label, outcome, subgroup, within, analysis_set }: Placed): string =>
  [`${label}: ${outcome}`, subgroup, within, analysis_set].filter((part) => part).join(', ')

const pointOf = (row: Placed): SurvivalPoint => ({
  months: row.months,
  probability: row.probability,
  lower: row.ci_lower,
  upper: row.ci_upper,
  level: row.ci_level,
  n: row.n,
  isDerived: row.derived,
})
