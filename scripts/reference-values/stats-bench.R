# The baseline of `npm run bench -- stats`: metafor's escalc and rma, and DerSimonian and Laird's method in plain vectorised R, on
# inputs that the benchmark wrote: Rscript stats-bench.R FOLDER POOLS, where FOLDER holds columns of doubles, and POOLS is for how
# many data sets rma is asked. Each line is a name, seconds of processor time, and two check sums.
suppressMessages(library(metafor))
arguments <- commandArgs(TRUE)
folder <- arguments[1]
asked <- as.integer(arguments[2])
column <- function(name) { file <- file.path(folder, name); readBin(file, "double", file.size(file) / 8) }
timed <- function(name, expr, sums, reps = 3) {
  work <- substitute(expr); where <- parent.frame()
  seconds <- sapply(seq_len(reps), function(i) { gc(FALSE); s <- system.time(value <<- eval(work, where)); s[["user.self"]] + s[["sys.self"]] })
  cat(name, format(median(seconds), digits = 17), format(sums(value), digits = 17), "\n")
}
sizes <- function(value) c(sum(value$yi), sum(value$vi))
d <- as.data.frame(sapply(c("ai", "bi", "ci", "di", "m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i", "x1i", "t1i", "x2i", "t2i"), column))
for (m in c("RR", "OR", "RD", "PETO")) timed(m, escalc(m, ai = ai, bi = bi, ci = ci, di = di, data = d, append = FALSE), sizes)
for (m in c("SMD", "SMDH", "VR")) timed(m, escalc(m, m1i = m1i, sd1i = sd1i, n1i = n1i, m2i = m2i, sd2i = sd2i, n2i = n2i, data = d, append = FALSE), sizes)
timed("IRR", escalc("IRR", x1i = x1i, t1i = t1i, x2i = x2i, t2i = t2i, data = d, append = FALSE), sizes)
timed("PFT", escalc("PFT", xi = ai, mi = bi, data = d, append = FALSE), sizes)
k <- 10
Y <- matrix(column("yi"), ncol = k, byrow = TRUE)
V <- matrix(column("vi"), ncol = k, byrow = TRUE)
plain <- function() {
  weight <- 1 / V
  total <- rowSums(weight)
  mean <- rowSums(weight * Y) / total
  q <- rowSums(weight * (Y - mean)^2)
  tau2 <- pmax(0, (q - (k - 1)) / (total - rowSums(weight^2) / total))
  weight <- 1 / (V + tau2)
  cbind(rowSums(weight * Y) / rowSums(weight), tau2)
}
timed("plain-DL", plain(), colSums, 9)
for (m in c("DL", "REML")) timed(paste0("rma-", m), t(sapply(seq_len(asked), function(i) {
  fit <- tryCatch(rma(Y[i, ], V[i, ], method = m), error = function(e) rma(Y[i, ], V[i, ], method = m, control = list(stepadj = .5, maxiter = 10000)))
  c(fit$beta, fit$tau2)
})), colSums, 1)
