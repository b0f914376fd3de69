# Where metafor's Baujat plot has each study of data sets that test/reference/pooling holds, by several models:
# Rscript baujat.R > test/reference/baujat.json
suppressMessages({ library(metafor); library(metadat) })
stopifnot(packageVersion("metafor") == "3.8.1")
num <- function(x) paste0("[", paste(sapply(x, function(y) format(y, digits = 17)), collapse = ", "), "]")
exact <- list(threshold = 1e-12, maxiter = 20000, tol = 1e-12)
pdf(NULL)
sets <- c()
add <- function(data, measure, method, test, fit) {
  drawn <- baujat(fit)
  sets <<- c(sets, sprintf('{ "data": "%s", "measure": "%s", "method": "%s", "test": "%s", "heterogeneity": %s, "influence": %s }', data, measure, method, test, num(drawn$x), num(drawn$y)))
}
bcg <- dat.bcg
for (method in c("EE", "DL", "REML")) for (test in c("z", "knha")) if (method != "EE" || test == "z")
  add("bcg", "RR", method, test, rma(measure = "RR", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = bcg, method = method, test = test, control = if (method == "REML") exact else list()))
add("bcg", "OR", "MH", "z", rma.mh(measure = "OR", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = bcg))
add("bcg", "PETO", "Peto", "z", rma.peto(ai = tpos, bi = tneg, ci = cpos, di = cneg, data = bcg))
cat(sprintf('{ "meta": { "source": "R %s, metafor %s, metadat %s: scripts/reference-values/baujat.R" },\n"sets": [%s] }\n', paste(R.version$major, R.version$minor, sep = "."), packageVersion("metafor"), packageVersion("metadat"), paste(sets, collapse = ",\n")))
