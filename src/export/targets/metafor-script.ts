import { R_READING } from './r-reading.ts'

/**
 * Rebuilds the analysis in R: effect sizes of each row, and of each outcome with two rows and more a random-effects
 * model. Rows that count the same people again are told, and never pooled in silence.
 */
export const METAFOR_SCRIPT = `# Effect sizes and random-effects models of this export, with the R package metafor.
# Run it in this folder: Rscript analysis.R
library(metafor)

${R_READING}

# One table of rows with yi and vi for each measure that applies to its kind of data.
effects <- list()
dichotomous <- read("dichotomous.csv")
if (nrow(dichotomous) > 0)
  for (measure in c("RR", "OR", "RD"))
    effects[[measure]] <- escalc(measure = measure, ai = ai, n1i = n1i, ci = ci, n2i = n2i, data = dichotomous)
continuous <- read("continuous.csv")
if (nrow(continuous) > 0)
  for (measure in c("MD", "SMD"))
    effects[[measure]] <- escalc(measure = measure, m1i = m1i, sd1i = sd1i, n1i = n1i,
                                 m2i = m2i, sd2i = sd2i, n2i = n2i, data = continuous)
counts <- read("counts.csv")
if (nrow(counts) > 0)
  effects[["IRR"]] <- escalc(measure = "IRR", x1i = x1i, t1i = t1i, x2i = x2i, t2i = t2i, data = counts)
contrasts <- read("contrasts.csv")
for (measure in unique(contrasts$measure))
  effects[[measure]] <- escalc(measure = "GEN", yi = yi, sei = sei,
                               data = contrasts[contrasts$measure == measure, ])

for (measure in names(effects)) {
  dat <- effects[[measure]]
  write.csv(data.frame(dat), paste0("effects-", measure, ".csv"), row.names = FALSE)
  for (outcome in unique(named(dat))) {
    rows <- dat[named(dat) == outcome & !is.na(dat$yi) & !is.na(dat$vi), ]
    if (nrow(rows) < 2) next
    cat("\\n", measure, ", ", outcome, "\\n", sep = "")
    if (any(rows$counted_again) || any(rows$shared_control > 1)) {
      cat("Not pooled: some rows count the same people again. Choose set, time and arms in the export.\\n")
      next
    }
    print(rma(yi, vi, data = rows, slab = rows$label, method = "REML"))
  }
}
`
