import type { Analysis, Comparison } from './analyses.ts'
import { estimatesOf } from './estimates.ts'
import { rounded, shownOf } from './shown.ts'

export const OVERALL_COLUMNS = [
  ...(['Analysis group', 'Analysis number', 'Analysis name', 'Analysis group name', 'Data source'] as const),
  ...(['Data source eligibility', 'Data type', 'Log-scale data', 'Outcome', 'Intervention grouping'] as const),
  ...(['Experimental intervention', 'Control intervention', 'Subgroup by', 'Filter criteria'] as const),
  ...(['Experimental group label', 'Control group label', 'Statistical method', 'Effect measure'] as const),
  ...(['Unit of effect measure', 'Analysis model', 'Subgroup estimates', 'Overall estimates'] as const),
  ...(['Test for subgroup differences', 'Swap event and non-event', 'Study CI', 'Estimate CI'] as const),
  ...(['Experimental cases', 'Experimental N', 'Control cases', 'Control N', 'Mean', 'CI start', 'CI end'] as const),
  ...(['Heterogeneity Tau²', 'Heterogeneity Chi²', 'Heterogeneity df', 'Heterogeneity P'] as const),
  ...(['Heterogeneity I²', 'Effect Z', 'Effect P', 'Subgroup Chi²', 'Subgroup df', 'Subgroup P'] as const),
  ...(['Subgroup I²', 'ID'] as const),
] as const

type Row = Readonly<Partial<Record<(typeof OVERALL_COLUMNS)[number], string | number | boolean | null>>>

/** RevMan Web's words for the kinds of data. */
const DATA_TYPES = { dichotomous: 'Dichotomous', continuous: 'Continuous', contrast: 'Contrast level' } as const

/** One row for each analysis: how it is made, and what comes out. */
export async function* overallRows(comparisons: readonly Comparison[]): AsyncGenerator<readonly Row[]> {
  for (const comparison of comparisons)
    yield comparison.analyses.map((analysis) => ({
      ...{ 'Analysis group': comparison.number, 'Analysis number': analysis.number, 'Analysis name': analysis.name },
      'Analysis group name': `${comparison.experimental} versus ${comparison.control}`,
      ...{ 'Data source': 'Custom input', 'Data source eligibility': '#N/A', 'Data type': DATA_TYPES[analysis.data] },
      ...{ 'Experimental group label': comparison.experimental, 'Control group label': comparison.control },
      ...settingsOf(analysis),
      ...resultsOf(analysis),
      ID: `analysis:${comparison.number}.${analysis.number}`,
    }))
}

const settingsOf = ({ data, measure, unit }: Analysis): Row => ({
  ...{ 'Log-scale data': measure.log, 'Statistical method': data === 'dichotomous' ? 'MH' : 'IV' },
  ...{ 'Effect measure': measure.label, 'Unit of effect measure': unit, 'Analysis model': 'Fixed effect' },
  ...{ 'Subgroup estimates': true, 'Overall estimates': true, 'Test for subgroup differences': true },
  ...{ 'Swap event and non-event': false, 'Study CI': '95%', 'Estimate CI': '95%' },
})

function resultsOf(analysis: Analysis): Row {
  const { overall, totals } = estimatesOf(analysis)
  const { experimental, control } = totals
  const different = overall?.heterogeneity
  return {
    ...{ 'Experimental cases': experimental.events, 'Experimental N': experimental.n },
    ...{ 'Control cases': control.events, 'Control N': control.n },
    ...shownOf(overall, analysis.measure),
    ...(different && {
      ...{ 'Heterogeneity Chi²': rounded(different.chiSquared), 'Heterogeneity df': different.degreesOfFreedom },
      ...{ 'Heterogeneity P': rounded(different.p), 'Heterogeneity I²': rounded(different.iSquared) },
    }),
    ...(overall && { 'Effect Z': rounded(overall.z), 'Effect P': rounded(overall.p) }),
  }
}
