# Fit statistics, R² with missing moderators, trim and fill by three estimators and Mantel–Haenszel tests as metafor gives them of
# data sets of metadat, its searches made to end exactly: Rscript pooling-metadat.R > test/reference/pooling/metadat.json
suppressMessages(library(metafor))
stopifnot(packageVersion("metafor") == "3.8.1")
options(warn = -1)
num1 <- function(x) if (length(x) == 0 || is.na(x)) "null" else format(x, digits = 17)
nums <- function(x) paste0("[", paste(sapply(as.numeric(x), num1), collapse = ", "), "]")
text <- function(x) paste0("[", paste(ifelse(is.na(x), "null", paste0('"', x, '"')), collapse = ", "), "]")
exact <- function(m) if (m %in% c("ML", "REML", "EB")) list(threshold = 1e-13, maxiter = 50000, stepadj = .5) else list(tol = 1e-13, maxiter = 100000)
# What fitstats() prints: restricted for REML, else the full ones.
fit <- function(r, m) nums(fitstats(r, REML = m == "REML"))
METHODS <- c("EE", "DL", "HE", "HS", "SJ", "ML", "REML", "EB", "PM")
fits <- function(y, v) paste(sapply(METHODS, function(m) sprintf('"%s": %s', m, fit(rma(y, v, method = m, control = exact(m)), m))), collapse = ", ")
fills <- function(y, v) paste(unlist(lapply(c("EE", "DL", "REML"), function(m) sapply(c("L0", "R0", "Q0"), function(e) { r <- trimfill(rma(y, v, method = m, control = exact(m)), estimator = e, control = exact(m)); sprintf('{ "method": "%s", "estimator": "%s", "side": "%s", "values": %s }', m, e, r$side, nums(c(r$k0, r$se.k0, r$p.k0, r$beta, r$se))) }))), collapse = ",\n")
regression <- function(d, names) {
  whole <- complete.cases(d[, names]); f <- as.formula(paste("~", paste(names, collapse = "+")))
  values <- sapply(METHODS, function(m) { r <- rma(yi, vi, mods = f, data = d[whole, ], method = m, control = exact(m)); sprintf('"%s": { "k": %d, "r2": %s, "qm": %s, "b": %s, "fit": %s }', m, r$k, num1(r$R2), num1(r$QM), nums(r$beta), fit(r, m)) })
  sprintf('{ "columns": { %s },\n"fits": { %s } }', paste(sapply(names, function(n) sprintf('"%s": %s', n, text(d[[n]]))), collapse = ", "), paste(values, collapse = ",\n"))
}
set <- function(name, y, v, more = "") sprintf('{ "name": "%s", "yi": %s, "vi": %s,\n"fits": { %s },\n"trimfill": [%s]%s }', name, nums(y), nums(v), fits(y, v), fills(y, v), more)
b <- dat.bangertdrowns2004; b$grade <- paste0("grade ", b$grade)
sets <- c(
  set("hackshaw1998", dat.hackshaw1998$yi, dat.hackshaw1998$vi),
  set("raudenbush1985", dat.raudenbush1985$yi, dat.raudenbush1985$vi, sprintf(',\n"regression": %s', regression(dat.raudenbush1985, c("weeks", "setting", "tester")))),
  set("bangertdrowns2004", b$yi, b$vi, sprintf(',\n"regression": %s', regression(b, c("grade", "length", "wic")))))
d <- dat.nielweise2007
tests <- function(r) nums(c(r$MH, r$MHp, r$BD, r$BDp, r$TA, r$TAp))
counts <- function(correct) rma.mh(ai = ai, n1i = n1i, ci = ci, n2i = n2i, data = d, correct = correct)
odds <- sprintf('{ "name": "nielweise2007", "ai": %s, "n1i": %s, "ci": %s, "n2i": %s, "tests": %s, "uncorrected": %s, "fit": %s, "peto": %s }', nums(d$ai), nums(d$n1i), nums(d$ci), nums(d$n2i), tests(counts(TRUE)), nums(c(counts(FALSE)$MH, counts(FALSE)$MHp)), nums(fitstats(counts(TRUE))), nums(fitstats(rma.peto(ai = ai, n1i = n1i, ci = ci, n2i = n2i, data = d))))
cat(sprintf('{ "meta": { "source": "R %s, metafor %s, metadat %s: scripts/reference-values/pooling-metadat.R", "fit": ["log likelihood", "deviance", "AIC", "BIC", "AICc"], "trimfill": ["k0", "its SE", "p", "estimate", "SE"], "tests": ["CMH", "p", "Breslow-Day", "p", "Tarone", "p"] },\n"sets": [%s],\n"odds": %s }\n', paste(R.version$major, R.version$minor, sep = "."), packageVersion("metafor"), packageVersion("metadat"), paste(sets, collapse = ",\n"), odds))
