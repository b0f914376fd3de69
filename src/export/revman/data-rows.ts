import type { Transaction } from '../../queries/selection.ts'
import type { Analysis, Comparison, DataRow } from './analyses.ts'
import { estimatesOf, type RowEstimate } from './estimates.ts'
import type { Numbers } from './numbers.ts'
import { rounded, shownOf } from './shown.ts'
import { studyNames } from './study-pages.ts'

export const DATA_ROW_COLUMNS = [
  ...(['Analysis group', 'Analysis number', 'Analysis name', 'Subgroup', 'Applicability', 'Study'] as const),
  ...(['Study year', 'GIV Mean', 'GIV SE', 'Experimental mean', 'Experimental SD', 'Experimental cases'] as const),
  ...(['Experimental N', 'Control mean', 'Control SD', 'Control cases', 'Control N', 'O-E', 'Variance'] as const),
  ...(['Weight', 'Mean', 'CI start', 'CI end', 'Footnotes'] as const),
] as const

type Row = Readonly<Partial<Record<(typeof DATA_ROW_COLUMNS)[number], string | number | null>>>

/** So many rows are written at once. */
const ROWS_AT_ONCE = 250

/** One row for each study of each analysis. */
export async function* dataRows(db: Transaction, comparisons: readonly Comparison[]): AsyncGenerator<readonly Row[]> {
  for (const { number, analyses } of comparisons)
    for (const analysis of analyses) {
      const { rows, weights } = estimatesOf(analysis)
      for (let from = 0; from < analysis.rows.length; from += ROWS_AT_ONCE) {
        const some = analysis.rows.slice(from, from + ROWS_AT_ONCE)
        const names = await studyNames(db, some)
        yield some.map((row, index) => ({
          ...{ 'Analysis group': number, 'Analysis number': analysis.number, 'Analysis name': analysis.name },
          ...{ Applicability: 'SUBGROUP_AND_OVERALL', Study: names(row.study), 'Study year': row.year },
          ...UNUSED,
          ...numbersOf(row.numbers),
          ...estimated(analysis, row, rows[from + index], weights[from + index] ?? 0),
        }))
      }
    }
}

/** What RevMan writes into the columns that a kind of data has no use for; a number that is missing has no row. */
const UNUSED: Row = {
  ...{ 'GIV Mean': '0.0', 'GIV SE': '0.0', 'Experimental mean': '0.0', 'Experimental SD': '0.0' },
  ...{ 'Experimental cases': 0, 'Experimental N': 0, 'Control mean': '0.0', 'Control SD': '0.0' },
  ...{ 'Control cases': 0, 'Control N': 0, 'O-E': '0.0', Variance: '0.0' },
}

function numbersOf(numbers: Numbers): Row {
  switch (numbers.data) {
    case 'dichotomous':
      return {
        ...{ 'Experimental cases': numbers.experimental.events, 'Experimental N': numbers.experimental.total },
        ...{ 'Control cases': numbers.control.events, 'Control N': numbers.control.total },
      }
    case 'continuous':
      return {
        ...{ 'Experimental mean': numbers.experimental.mean, 'Experimental SD': numbers.experimental.sd },
        ...{ 'Experimental N': numbers.experimental.n, 'Control mean': numbers.control.mean },
        ...{ 'Control SD': numbers.control.sd, 'Control N': numbers.control.n },
      }
    case 'contrast':
      return { 'GIV Mean': numbers.estimate, 'GIV SE': numbers.standardError }
  }
}

function estimated(
  { measure }: Analysis,
  { footnotes }: DataRow,
  estimate: RowEstimate | undefined,
  weight: number,
): Row {
  const notes = estimate === undefined ? ['Not estimable', ...footnotes] : footnotes
  return { Weight: rounded(weight), ...shownOf(estimate, measure), Footnotes: notes.join('. ') || null }
}
