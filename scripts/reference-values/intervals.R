# Prints intervals of proportions for test/reference/intervals.json by R's qbeta and qnorm.
# Rscript scripts/reference-values/intervals.R
x <- c(6, 10, 4, 5, 0, 0, 1, 1, 30, 16, 50, 1, 5e8, 0, 3, 97, 99, 2.5, 10, 10, 5)
n <- c(181, 85, 79, 28, 26, 1, 1, 2, 30, 17, 100, 1e6, 1e9, 1e6, 7, 181, 100, 10, 85, 85, 28)
level <- c(rep(0.95, 18), 0.99, 0.8, 0.999999)
z <- qnorm(1 - (1 - level) / 2)
tail <- (1 - level) / 2
middle <- x + z^2 / 2
half <- z * sqrt(x * (n - x) / n + z^2 / 4)
bounds <- function(lower, upper) sprintf("[%.17g, %.17g]", lower, upper)
cat(sep = "", "[\n", paste(sprintf(
  '{"x": %.17g, "n": %.17g, "level": %.17g, "wilson": %s, "clopper_pearson": %s, "jeffreys": %s}',
  x, n, level,
  bounds(ifelse(x == 0, 0, (middle - half) / (n + z^2)), ifelse(x == n, 1, (middle + half) / (n + z^2))),
  bounds(ifelse(x == 0, 0, qbeta(tail, x, n - x + 1)), ifelse(x == n, 1, qbeta(tail, x + 1, n - x, lower.tail = FALSE))),
  bounds(
    ifelse(x == 0, 0, qbeta(tail, x + 0.5, n - x + 0.5)),
    ifelse(x == n, 1, qbeta(tail, x + 0.5, n - x + 0.5, lower.tail = FALSE))
  )
), collapse = ",\n"), "\n]\n")
