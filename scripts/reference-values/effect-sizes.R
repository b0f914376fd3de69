# Writes test/reference/effect-sizes.json: effect sizes of made-up and published rows, with zero cells, single people and huge
# numbers among them, by metafor's escalc. Run from the project's folder, with metafor 3.8-1:
# Rscript scripts/reference-values/effect-sizes.R
suppressMessages(library(metafor))
stopifnot(packageVersion("metafor") == "3.8.1")

# The fewest digits that read back as the same number.
number <- function(x) vapply(x, function(one) {
  if (is.na(one)) return("null")
  for (digits in 15:17) if (as.numeric(sprintf("%.*g", digits, one)) == one) return(sprintf("%.*g", digits, one))
}, "")
text <- function(x) paste0('"', gsub('"', '\\"', x), '"')
list_of <- function(x) paste0("[", paste(x, collapse = ", "), "]")
object <- function(fields) paste0("{ ", paste0('"', names(fields), '": ', unlist(fields), collapse = ", "), " }")
cell <- function(x) if (is.character(x)) text(x) else number(x)

# One line of a group: measure, add, to, drop00, vtype; and whether it is compared, else it is only named.
line <- function(measure, add = 0.5, to = "only0", drop00 = FALSE, vtype = "LS", compared = TRUE) {
  list(measure = measure, add = add, to = to, drop00 = drop00, vtype = vtype, compared = compared)
}

result <- function(inputs, l) {
  options <- object(list(
    add = number(l$add), to = text(l$to), drop00 = tolower(l$drop00), vtype = text(l$vtype)
  ))
  head <- list(measure = text(l$measure), options = options)
  if (!l$compared) return(object(head))
  found <- suppressWarnings(do.call(escalc, c(
    list(measure = l$measure, add = l$add, to = l$to, drop00 = l$drop00, vtype = l$vtype),
    as.list(inputs[names(inputs) != "desc"])
  )))
  object(c(head, yi = list_of(number(found$yi)), vi = list_of(number(found$vi))))
}

group <- function(inputs, lines) {
  rows <- vapply(seq_len(nrow(inputs)), function(i) object(lapply(inputs[i, , drop = FALSE], cell)), "")
  results <- vapply(lines, function(l) result(inputs, l), "")
  paste0('{ "inputs": [\n', paste(rows, collapse = ",\n"), '\n], "results": [\n', paste(results, collapse = ",\n"), "\n] }")
}

named <- function(measures) {
  paste0('{ "results": [\n', paste(vapply(measures, function(m) result(NULL, line(m, compared = FALSE)), ""), collapse = ",\n"), "\n] }")
}

groups <- list()


groups$two_by_two <- group(data.frame(
  desc = c(
    "seed: complete response IL-2+LAK vs IL-2", "seed: any response", "seed: partial response",
    "seed: melanoma alive (zero in arm 2)", "BCG trial 1 (Aronson 1948)", "BCG trial 8 (Madras), large n",
    "zero in arm 1", "zero in arm 2", "double zero (no events)", "double full (all events)", "zero non-events arm 1",
    "zero non-events arm 2", "0/n1 vs n2/n2 (two zeros, diagonal)", "n1/n1 vs 0/n2", "equal risks",
    "one patient per arm: 1/1 vs 0/1", "one patient per arm: 0/1 vs 0/1", "n1=1 vs large arm", "unbalanced 1:9",
    "tiny arms", "rare event, n=1e6 per arm", "huge n = 1e9 per arm", "huge imbalance 10 vs 1e7", "high risk 99%",
    "risk 50% each, n=2", "single event in total", "BCG trial 4 (Hart & Sutherland)", "very unequal 3/4 vs 3/4000"
  ),
  ai = c(
    10, 24, 14, 5, 4, 505, 0, 3, 0, 20, 30, 10, 0, 25, 10, 1, 0, 1, 9, 1, 12, 1000000, 1, 990, 1, 1, 62, 3
  ),
  bi = c(
    75, 61, 71, 23, 119, 87886, 40, 37, 50, 0, 0, 10, 25, 0, 40, 0, 1, 0, 81, 2, 999988, 999000000, 9, 10, 1, 49,
    13536, 1
  ),
  ci = c(
    4, 16, 12, 0, 11, 499, 5, 0, 0, 25, 20, 20, 25, 0, 20, 0, 0, 400, 3, 2, 25, 1100000, 2000000, 980, 1, 0, 248, 3
  ),
  di = c(
    75, 63, 67, 26, 128, 87892, 35, 40, 45, 0, 10, 0, 0, 30, 80, 1, 1, 600, 7, 1, 999975, 998900000, 8000000, 20, 1,
    52, 12619, 3997
  )
), list(
  line("RR"),
  line("OR"),
  line("RD"),
  line("PETO"),
  line("AS", add = 0),
  line("PHI", add = 0, compared = FALSE),
  line("YUQ", compared = FALSE),
  line("YUY", compared = FALSE),
  line("RR", add = 0, to = "none"),
  line("OR", add = 0, to = "none"),
  line("RD", add = 0, to = "none"),
  line("PETO", add = 0, to = "none"),
  line("AS"),
  line("RR", to = "all"),
  line("OR", to = "all"),
  line("RD", to = "all"),
  line("RR", to = "if0all"),
  line("OR", to = "if0all"),
  line("RR", drop00 = TRUE),
  line("OR", drop00 = TRUE),
  line("RD", drop00 = TRUE),
  line("RD", vtype = "UB"),
  line("RD", add = 0, to = "none", vtype = "UB"),
  line("RD", add = 0, to = "none", vtype = "AV", compared = FALSE),
  line("OR", add = 0.01),
  line("PBIT", compared = FALSE),
  line("OR2DN", compared = FALSE),
  line("OR2DL", compared = FALSE)
))

groups$matched_pairs <- named(c("MPRD", "MPRR", "MPOR", "MPORC", "MPPETO"))

groups$person_time <- group(data.frame(
  desc = c(
    "AFASAK 1989", "SPAF 1991", "BAATAF 1990", "equal rates", "zero arm 1", "zero arm 2", "double zero",
    "one event each", "tiny person-time", "huge person-time", "fractional time", "unequal 10:1", "rate > 1",
    "high counts", "zero, long follow-up", "same counts diff time", "small rates", "1 vs 1000 events",
    "fractional tiny", "days 1344 vs 1988", "catheter 12012"
  ),
  x1i = c(
    9, 8, 3, 10, 0, 6, 0, 1, 2, 120000, 5, 40, 300, 98765, 0, 15, 1, 1, 1, 7, 3
  ),
  t1i = c(
    413, 263, 487, 100, 250, 300, 80, 12.5, 0.5, 1000000000, 33.3, 1000, 120, 250000, 1000000, 75, 10000000, 10000,
    0.001, 1344, 12012
  ),
  x2i = c(
    19, 19, 13, 20, 4, 0, 0, 1, 1, 130000, 9, 6, 250, 99000, 2, 15, 3, 1000, 2, 11, 14
  ),
  t2i = c(
    398, 245, 435, 200, 240, 310, 90, 13.7, 0.6, 1000000000, 41.7, 100, 110, 250000, 1000000, 150, 10000000, 10000,
    0.001, 1988, 10962
  )
), list(
  line("IRR"),
  line("IRD"),
  line("IRSD", add = 0),
  line("IRR", add = 0, to = "none"),
  line("IRD", add = 0, to = "none"),
  line("IRR", to = "all"),
  line("IRR", drop00 = TRUE)
))

groups$two_group_means <- group(data.frame(
  desc = c(
    "Edinburgh (normand1999)", "Orpington-Mild", "typical", "equal means", "unequal SD", "n1=2,n2=2",
    "n1=1 (SD=0 by convention), n2=10", "n1=n2=1 (SMD not estimable)", "n1=2,n2=1 (df=1, SMD not estimable)",
    "n1=3,n2=2", "huge n", "huge effect", "negative means", "tiny SD", "zero SD arm 1",
    "large offset (cancellation)", "n 10 vs 1000", "ratio near 1", "SD larger than mean",
    "opposite signs (ROM not defined)", "fractional", "n=4+4", "very large n 1e7", "small diff huge n",
    "scientific 1e-8 scale"
  ),
  m1i = c(
    55, 27, 103, 10, 12.5, 3, 5, 7, 4, 2.2, 100.02, 50, -5, 1.0001, 6, 1000001, 22, 1.001, 2, 3, 0.3333, 10, 5.0001,
    0.50001, 3e-08
  ),
  sd1i = c(
    47, 7, 5.5, 2, 1, 1.2, 0, 0, 1.1, 0.7, 15, 1, 3, 0.0001, 0, 2, 6, 0.01, 9, 2, 0.111, 3, 1, 1, 1e-08
  ),
  n1i = c(
    155, 31, 50, 30, 25, 2, 1, 1, 2, 3, 100000, 40, 22, 12, 10, 20, 10, 500, 60, 20, 33, 4, 10000000, 1000000000, 15
  ),
  m2i = c(
    75, 29, 100, 10, 10, 1, 4, 6, 3.2, 2.9, 100, 10, -8, 1, 5, 1000000, 20, 1, 4, -2, 0.2222, 8, 5, 0.5, 2e-08
  ),
  sd2i = c(
    64, 4, 4.5, 2, 6, 0.8, 1.5, 0, 0, 0.9, 15, 1.2, 4, 0.00015, 2, 2, 5, 0.012, 11, 2.5, 0.099, 2, 1, 1, 1.2e-08
  ),
  n2i = c(
    156, 32, 50, 30, 25, 2, 10, 1, 1, 2, 100000, 40, 18, 15, 12, 20, 1000, 480, 60, 20, 35, 4, 10000000, 1000000000,
    14
  )
), list(
  line("MD"),
  line("MD", vtype = "HO"),
  line("SMD"),
  line("SMD", vtype = "UB"),
  line("SMD", vtype = "LS2"),
  line("SMDH"),
  line("SMDH", vtype = "LS2", compared = FALSE),
  line("SMD1"),
  line("SMD1H", compared = FALSE),
  line("ROM"),
  line("ROM", vtype = "HO"),
  line("CVR"),
  line("VR"),
  line("D2ORN", compared = FALSE),
  line("D2ORL", compared = FALSE),
  line("RPB", compared = FALSE)
))

groups$single_proportion <- group(data.frame(
  desc = c(
    "seed deaths 6/181", "seed CR IL-2+LAK", "seed CR IL-2", "seed melanoma 5/28", "seed melanoma 0/26", "0/1",
    "1/1", "1/2", "all events", "pritz 16/17", "half", "1/1e6", "5e8/1e9", "0/1e6", "3/7", "97/181", "54/181",
    "81/263", "15/148", "99/100"
  ),
  xi = c(
    6, 10, 4, 5, 0, 0, 1, 1, 30, 16, 50, 1, 500000000, 0, 3, 97, 54, 81, 15, 99
  ),
  ni = c(
    181, 85, 79, 28, 26, 1, 1, 2, 30, 17, 100, 1000000, 1000000000, 1000000, 7, 181, 181, 263, 148, 100
  )
), list(
  line("PR"),
  line("PLN", compared = FALSE),
  line("PLO"),
  line("PAS", add = 0),
  line("PFT", add = 0),
  line("PR", add = 0, to = "none"),
  line("PLO", add = 0, to = "none"),
  line("PLO", to = "all"),
  line("PR", add = 0, to = "none", vtype = "UB")
))

groups$single_rate <- group(data.frame(
  desc = c(
    "typical", "zero", "one event", "large", "fraction"
  ),
  xi = c(
    12, 0, 1, 50000, 3
  ),
  ti = c(
    340, 125, 2.5, 1000000, 0.75
  )
), list(
  line("IR"),
  line("IRLN"),
  line("IRS", add = 0),
  line("IRFT", add = 0)
))

groups$correlation <- group(data.frame(
  desc = c(
    "molloy 1", "molloy 2", "r=0", "r=0.99", "r=-0.99", "r=1 (z infinite)", "n=4", "n=3 (v not estimable)", "n=2",
    "n=1e6", "small r", "r=.5 n=30", "negative", "r=-1", "r=.9999", "huge n 1e9", "n=5", "n=10", "n=25",
    "tiny r, n=100", "r=.32"
  ),
  ri = c(
    0.187, 0.162, 0, 0.99, -0.99, 1, 0.5, 0.5, 0.5, 0.01, 0.001, 0.5, -0.42, -1, 0.9999, 0.2, 0.3, 0.7, 0.68, 1e-10,
    0.32
  ),
  ni = c(
    109, 749, 50, 20, 20, 10, 4, 3, 2, 1000000, 500, 30, 64, 12, 1000, 1000000000, 5, 10, 25, 100, 107
  )
), list(
  line("COR"),
  line("ZCOR"),
  line("COR", vtype = "AV", compared = FALSE)
))

groups$partial_correlation <- named(c("PCOR", "ZPCOR", "SPCOR"))

groups$paired_means <- group(data.frame(
  desc = c(
    "typical", "r=0", "r=.9", "no change", "negative", "n=3", "n=2 (df=1)", "n=1", "large n",
    "r=1 equal SD (sd change 0)", "r=-.5", "unequal SD", "huge", "small SD", "ratio", "n=4", "n=1e6", "r=.99",
    "zero post mean", "neg both", "r=-.95"
  ),
  m1i = c(
    30, 24, 18, 10, 5, 7, 4, 3, 51, 9, 12, 40, 200, 1.02, 8, 6, 10.01, 20, 3, -4, 15
  ),
  sd1i = c(
    8, 6, 5, 3, 2, 1.5, 1, 1, 10, 2, 4, 5, 30, 0.05, 2, 1, 3, 4, 1, 2, 5
  ),
  m2i = c(
    24, 20, 15, 10, 7, 6, 3, 2, 50, 8, 10, 35, 100, 1, 6, 5, 10, 19, 0, -6, 11
  ),
  sd2i = c(
    7, 6, 5.5, 3, 2.5, 1.2, 1.3, 1, 11, 2, 4, 12, 25, 0.06, 1.5, 1.4, 3, 4.1, 1, 2.2, 4
  ),
  ni = c(
    40, 33, 25, 20, 18, 3, 2, 1, 5000, 12, 22, 31, 60, 15, 28, 4, 1000000, 50, 36, 19, 24
  ),
  ri = c(
    0.6, 0, 0.9, 0.5, 0.4, 0.3, 0.2, 0.5, 0.7, 1, -0.5, 0.65, 0.8, 0.55, 0.45, 0.7, 0.5, 0.99, 0.3, 0.6, -0.95
  )
), list(
  line("MC"),
  line("SMCC"),
  line("SMCC", vtype = "LS2"),
  line("SMCR"),
  line("SMCR", vtype = "LS2"),
  line("SMCRH", compared = FALSE),
  line("ROMC", compared = FALSE)
))

groups$single_mean <- group(data.frame(
  desc = c(
    "a", "b", "n=1", "big"
  ),
  mi = c(
    12, 0.5, 3, 1000
  ),
  sdi = c(
    4, 0.9, 1, 50
  ),
  ni = c(
    30, 12, 1, 1000000
  )
), list(
  line("MN"),
  line("MNLN", compared = FALSE),
  line("CVLN", compared = FALSE),
  line("SDLN", compared = FALSE)
))

groups$cronbach_alpha <- named(c("ARAW", "AHW", "ABT"))

source <- paste0(
  "R ", getRversion(), ", metafor ", packageVersion("metafor"), ", by scripts/reference-values/effect-sizes.R: escalc of each ",
  "group of inputs by each measure with its options; null where it gives NA. Of results that no test asks for there are ",
  "only the measure and its options."
)
cat(sep = "", file = "test/reference/effect-sizes.json", '{ "source": ', text(source), ', "groups": {\n',
  paste0('"', names(groups), '": ', unlist(groups), collapse = ",\n"), "\n} }\n")
