/** How the R scripts of exports read a table, and call the outcome of a row: as the review does, where there is one. */
export const R_READING = `read <- function(file) {
  dat <- read.csv(file, stringsAsFactors = FALSE, check.names = FALSE, encoding = "UTF-8")
  for (name in intersect(c("derived", "counted_again", "log"), names(dat))) dat[[name]] <- as.logical(dat[[name]])
  dat
}
named <- function(dat) ifelse(is.na(dat$review_outcome) | dat$review_outcome == "", dat$outcome, dat$review_outcome)`
