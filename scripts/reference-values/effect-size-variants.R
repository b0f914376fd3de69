# Writes test/reference/effect-size-variants.json: variances of Glass' delta, and the way back from effect sizes to what they
# are of, by metafor 3.8-1. Run from the project's folder: Rscript scripts/reference-values/effect-size-variants.R
suppressMessages(library(metafor))
stopifnot(packageVersion("metafor") == "3.8.1")

number <- function(x) ifelse(is.na(x), "null", sprintf("%.17g", x))
list_of <- function(x) paste0("[", paste(number(x), collapse = ", "), "]")
object <- function(...) {
  fields <- list(...)
  paste0("{ ", paste0('"', names(fields), '": ', unlist(fields), collapse = ", "), " }")
}

m1i <- c(55, 103, 12.5, 2.2, -5, 22, 0.3333)
sd1i <- c(47, 5.5, 1, 0.7, 3, 6, 0.111)
n1i <- c(155, 50, 25, 3, 22, 10, 33)
m2i <- c(75, 100, 10, 2.9, -8, 20, 0.2222)
sd2i <- c(64, 4.5, 6, 0.9, 4, 5, 0.099)
n2i <- c(156, 50, 25, 4, 18, 1000, 35)
glass <- function(vtype) {
  found <- escalc("SMD1", m1i = m1i, sd1i = sd1i, n1i = n1i, m2i = m2i, sd2i = sd2i, n2i = n2i, vtype = vtype)
  object(vtype = paste0('"', vtype, '"'), yi = list_of(found$yi), vi = list_of(found$vi))
}

ni <- c(7, 17, 28, 100, 181)
yi <- seq(-0.1, 1.6, by = 0.085)
back <- function(values, size, f) {
  rows <- expand.grid(yi = values, size = size)
  paste0("[\n      ", paste(mapply(
    function(y, s) list_of(c(y, s, f(y, s))), rows$yi, rows$size
  ), collapse = ",\n      "), "\n    ]")
}

cat(sep = "", file = "test/reference/effect-size-variants.json", "{\n",
  '  "source": "R ', as.character(getRversion()), ', metafor ', as.character(packageVersion("metafor")),
  ', by scripts/reference-values/effect-size-variants.R",\n',
  '  "SMD1": {\n',
  '    "inputs": ', object(m1i = list_of(m1i), sd1i = list_of(sd1i), n1i = list_of(n1i), m2i = list_of(m2i),
    sd2i = list_of(sd2i), n2i = list_of(n2i)), ",\n",
  '    "results": [\n      ', paste(glass("LS"), glass("LS2"), glass("UB"), sep = ",\n      "), "\n    ]\n  },\n",
  '  "back": {\n',
  '    "columns": "yi, n or time, what it is of",\n',
  '    "PFT": ', back(yi, ni, transf.ipft), ",\n",
  '    "IRFT": ', back(yi, c(0.75, 2.5, 340), transf.iirft), ",\n",
  '    "PAS": ', back(yi, 1, function(y, n) transf.iarcsin(y)), ",\n",
  '    "IRS": ', back(yi, 1, function(y, n) transf.isqrt(y)), ",\n",
  '    "PLO": ', back(yi, 1, function(y, n) transf.ilogit(y)), ",\n",
  '    "ZCOR": ', back(yi, 1, function(y, n) transf.ztor(y)), "\n  }\n}\n"
)
