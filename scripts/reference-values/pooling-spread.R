# Pools of invented studies whose variances spread over three decades, by every method and test, as metafor gives them when
# its searches are made to end exactly: Rscript pooling-spread.R > test/reference/pooling/spread.json
# Kept are searches that reached the highest likelihood, which is looked for on a grid beside them.
suppressMessages(library(metafor))
stopifnot(packageVersion("metafor") == "3.8.1")
set.seed(7)
num <- function(x) paste0("[", paste(ifelse(is.na(x), "null", sapply(x, function(y) format(y, digits = 17))), collapse = ", "), "]")
exact <- list(threshold = 1e-12, maxiter = 20000, tol = 1e-12, stepadj = 0.5)
# Log likelihood without constants, from the densities themselves.
height <- function(y, v, t, reml) { w <- 1 / (v + t); m <- sum(w * y) / sum(w); -(sum(log(v + t)) + sum(w * (y - m)^2) + reml * log(sum(w))) / 2 }
isHighest <- function(y, v, t, reml) height(y, v, t, reml) >= max(sapply(c(0, 10^seq(-6, 2, length.out = 4001)), function(g) height(y, v, g, reml))) - 1e-9
sets <- c()
for (i in 1:12) {
  k <- sample(3:12, 1); v <- exp(runif(k, -6, 1)); y <- rnorm(k, 0.3, sqrt(v + runif(1, 0, .5)))
  pools <- c()
  for (m in c("DL", "HE", "HS", "SJ", "PM", "ML", "REML", "EB")) {
    search <- is.element(m, c("ML", "REML", "EB"))
    for (t in c("z", "t", "knha", "adhoc")) {
      r <- tryCatch(suppressWarnings(rma(y, v, method = m, test = t, control = if (search) exact else list(tol = 1e-12))), error = function(e) NULL)
      if (is.null(r) || (is.element(m, c("ML", "REML")) && !isHighest(y, v, r$tau2, m == "REML"))) next
      pools <- c(pools, sprintf('{ "method": "%s", "test": "%s", "values": %s }', m, t, num(c(r$beta, r$se, r$zval, r$pval, r$ci.lb, r$ci.ub, r$tau2, r$se.tau2, r$I2, r$H2, r$QE))))
    }
  }
  begg <- ranktest(y, v)
  fill <- c()
  for (e in c("L0", "R0")) { r <- tryCatch(suppressWarnings(trimfill(rma(y, v, method = "DL"), estimator = e)), error = function(e) NULL); if (!is.null(r)) fill <- c(fill, sprintf('{ "estimator": "%s", "side": "%s", "values": %s }', e, r$side, num(c(r$k0, r$se.k0, r$beta, r$tau2)))) }
  sets <- c(sets, sprintf('{ "yi": %s, "vi": %s, "pools": [%s], "begg": %s, "trimfill": [%s] }', num(y), num(v), paste(pools, collapse = ",\n"), num(c(begg$tau, begg$pval)), paste(fill, collapse = ", ")))
}
cat(sprintf('{ "meta": { "source": "R %s, metafor %s: scripts/reference-values/pooling-spread.R" },\n"columns": ["estimate", "se", "statistic", "p", "ci_lower", "ci_upper", "tau2", "se_tau2", "i2", "h2", "q"],\n"sets": [%s] }\n', paste(R.version$major, R.version$minor, sep = "."), packageVersion("metafor"), paste(sets, collapse = ",\n")))
