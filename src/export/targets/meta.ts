import { PAIR_CHOICES } from '../../queries/extraction/pair-columns.ts'
import { csvFile, mapped } from '../csv-file.ts'
import type { ExportTarget } from '../export-target.ts'
import { textFile } from '../text-file.ts'
import { continuousPages, contrastPages, countPages, dichotomousPages } from './pair-pages.ts'
import { R_READING } from './r-reading.ts'

const HEAD = [
  ...(['studlab', 'study', 'year', 'outcome', 'review_outcome', 'analysis_set', 'subgroup', 'timepoint'] as const),
  ...(['time_months', 'label.e', 'label.c'] as const),
] as const
const TAIL = ['derived', 'shared_control', 'counted_again'] as const

const headOf = <Row extends { readonly label: string; readonly experimental: string; readonly control: string }>(
  row: Row,
) => ({ ...row, studlab: row.label, 'label.e': row.experimental, 'label.c': row.control })

/** What R's meta takes, by the names of its arguments: e is the experimental group, c the control. */
export const META: ExportTarget = {
  heeds: PAIR_CHOICES,
  async *files(db, choices) {
    yield csvFile(
      'metabin.csv',
      [...HEAD, 'event.e', 'n.e', 'event.c', 'n.c', ...TAIL],
      mapped(dichotomousPages(db, choices), (rows) =>
        rows.map((row) => ({ ...headOf(row), 'event.e': row.ai, 'n.e': row.n1i, 'event.c': row.ci, 'n.c': row.n2i })),
      ),
    )
    yield csvFile(
      'metacont.csv',
      [...HEAD, 'n.e', 'mean.e', 'sd.e', 'n.c', 'mean.c', 'sd.c', 'unit', ...TAIL],
      mapped(continuousPages(db, choices), (rows) =>
        rows.map((row) => ({
          ...headOf(row),
          ...{
            'n.e': row.n1i,
            'mean.e': row.m1i,
            'sd.e': row.sd1i,
            'n.c': row.n2i,
            'mean.c': row.m2i,
            'sd.c': row.sd2i,
          },
        })),
      ),
    )
    yield csvFile(
      'metainc.csv',
      [...HEAD, 'event.e', 'time.e', 'event.c', 'time.c', ...TAIL],
      mapped(countPages(db, choices), (rows) =>
        rows.map((row) => ({
          ...headOf(row),
          ...{ 'event.e': row.x1i, 'time.e': row.t1i, 'event.c': row.x2i, 'time.c': row.t2i },
        })),
      ),
    )
    yield csvFile(
      'metagen.csv',
      [...HEAD, 'sm', 'TE', 'seTE', ...TAIL],
      mapped(contrastPages(db, choices), (rows) =>
        rows.map((row) => ({ ...headOf(row), sm: SUMMARY_MEASURES[row.measure] ?? '', TE: row.yi, seTE: row.sei })),
      ),
    )
    yield textFile('analysis.R', SCRIPT)
  },
}

/** Measures by meta's names for them; it shows others as they are. */
const SUMMARY_MEASURES: Readonly<Record<string, string>> = {
  risk_ratio: 'RR',
  odds_ratio: 'OR',
  risk_difference: 'RD',
  hazard_ratio: 'HR',
  rate_ratio: 'IRR',
  rate_difference: 'IRD',
  mean_difference: 'MD',
  standardised_mean_difference: 'SMD',
  ratio_of_means: 'ROM',
}

const SCRIPT = `# Meta-analyses of this export, with the R package meta.
# Run it in this folder: Rscript analysis.R
library(meta)

${R_READING}
each <- function(file, pool) {
  dat <- read(file)
  for (outcome in unique(named(dat))) {
    rows <- dat[named(dat) == outcome, ]
    if (nrow(rows) < 2) next
    cat("\\n", file, ", ", outcome, "\\n", sep = "")
    if (any(rows$counted_again) || any(rows$shared_control > 1))
      cat("Not pooled: some rows count the same people again. Choose set, time and arms in the export.\\n")
    else print(pool(rows))
  }
}

each("metabin.csv", function(rows) metabin(event.e, n.e, event.c, n.c, studlab = studlab, data = rows, sm = "RR"))
each("metacont.csv", function(rows) metacont(n.e, mean.e, sd.e, n.c, mean.c, sd.c, studlab = studlab, data = rows))
each("metainc.csv", function(rows) metainc(event.e, time.e, event.c, time.c, studlab = studlab, data = rows))
each("metagen.csv", function(rows) {
  if (length(unique(rows$sm)) > 1) return("Not pooled: several measures.")
  metagen(TE, seTE, studlab = studlab, data = rows, sm = rows$sm[1])
})
`
