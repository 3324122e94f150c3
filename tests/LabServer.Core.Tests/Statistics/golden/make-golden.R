# Makes golden.jsonl: 1,000 random data sets, each with two samples, a two-by-two table and an ordered outcome, and R's
# answer for every statistic of LabServer.Core.Statistics. Needs base R and the recommended package MASS.
#
#   Rscript make-golden.R [FILE [SETS]]          (default: golden.jsonl in the current folder, 1000)
#
# null stands for "not computed": where R stops with an error or answers NaN, and for tables without two arms, an event
# and a subject without one, of which fisher.test says 1. Input and Hodges-Lehmann have as many digits as it takes to read
# the same double back, up to 17; other answers have 15.
suppressPackageStartupMessages(library(MASS))
RNGkind("Mersenne-Twister", "Inversion", "Rejection")
set.seed(20201105)
options(warn = -1)

z <- qnorm(0.975)
fifteen <- function(x) as.numeric(sprintf("%.15g", x))
or_null <- function(code) tryCatch(code, error = function(e) NULL)
between <- function(low, high) sample(low:high, 1)

# ---- data sets ----------------------------------------------------------------------------------------------------

samples <- list(
  normal = function() list(round(rnorm(between(2, 40), 5.7, 1.2), 2), round(rnorm(between(2, 40), 5.9, 1.5), 2)),
  skewed = function() list(rlnorm(between(2, 12), 0.5, 1), rlnorm(between(2, 12), 0.8, 1.2)),
  ties = function() list(sample(0:5, between(2, 40), TRUE), sample(1:6, between(2, 40), TRUE)),
  small = function() list(round(rnorm(between(0, 3)), 1), round(rnorm(between(0, 3)), 1)),
  unequal = function() list(rnorm(between(1, 4), 100, 15), round(rnorm(between(40, 60), 110, 20), 1)),
  constant = function() {
    a <- rep(between(0, 2) * 1.1, between(1, 12))
    list(a, if (runif(1) < 0.5) rep(between(0, 2) * 1.1, between(1, 12)) else round(rnorm(between(2, 12)), 1))
  },
  offset = function() list(1e6 + round(rnorm(between(2, 25), 0, 3), 3), 1e6 + round(rnorm(between(2, 25), 2, 3), 3)),
  missing = function() lapply(list(round(rnorm(between(3, 30), 61.6, 20), 1), round(rnorm(between(3, 30), 67.6, 20), 1)),
                              function(x) { x[runif(length(x)) < 0.25] <- NA; x }),
  border = function() list(round(rnorm(between(48, 51)), 5), round(rnorm(between(48, 51), 0.3), 5)),
  apart = function() list(round(rnorm(between(8, 50), 0, 1), 3), round(rnorm(between(8, 50), between(2, 30), 1), 3)),
  tiny = function() list(signif(rnorm(between(2, 20), 3, 1), 5) * 1e-7, signif(rnorm(between(2, 20), 3, 2), 5) * 1e-7),
  change = function() list(round(rnorm(between(2, 35), -3, 12), 0), round(rnorm(between(2, 35), 2, 12), 0)))

table_of <- function(kind) {
  n <- switch(kind, few = c(between(0, 8), between(0, 8)), trial = c(between(40, 65), between(20, 35)),
              zero = c(between(2, 60), between(2, 60)), large = c(between(100, 1500), between(100, 1500)))
  e <- rbinom(2, n, runif(2))
  if (kind == "zero") {
    cell <- between(1, 2)
    e[cell] <- if (runif(1) < 0.5) 0 else n[cell]
  }
  c(e[1], n[1], e[2], n[2])
}

categories_of <- function() {
  k <- between(2, 6)
  shares <- rgamma(k, 1)
  shift <- rgamma(k, 2)
  n <- if (runif(1) < 0.3) c(between(0, 6), between(0, 6)) else c(between(20, 65), between(15, 40))
  list(as.vector(rmultinom(1, n[1], shares * shift)), as.vector(rmultinom(1, n[2], shares)))
}

# ---- R's answers --------------------------------------------------------------------------------------------------

summary_of <- function(x) {
  q <- if (length(x) == 0) rep(NA, 3) else quantile(x, c(0.25, 0.5, 0.75), type = 2, names = FALSE)
  list(n = length(x), mean = mean(x), sd = sd(x), q1 = q[1], median = q[2], q3 = q[3],
       min = if (length(x)) min(x) else NA, max = if (length(x)) max(x) else NA)
}

t_of <- function(a, b, equal) {
  difference <- mean(a) - mean(b)
  t <- or_null(t.test(a, b, var.equal = equal))
  if (is.null(t) || is.nan(t$statistic)) list(difference = difference, t = NA, df = NA, p = NA, low = NA, high = NA)
  else list(difference = difference, t = t$statistic, df = t$parameter, p = t$p.value, low = t$conf.int[1],
            high = t$conf.int[2])
}

rank_sum_of <- function(a, b) {
  w <- or_null(wilcox.test(a, b))
  exact <- length(a) < 50 && length(b) < 50 && !anyDuplicated(c(a, b))
  if (is.null(w)) list(w = NA, p = NA, exact = FALSE) else list(w = w$statistic, p = w$p.value, exact = exact)
}

hodges_lehmann_of <- function(a, b) {
  n <- length(a)
  m <- length(b)
  if (n == 0 || m == 0) return(list(estimate = NA, low = NA, high = NA))
  d <- sort(as.vector(outer(a, b, "-")))
  i <- floor(n * m / 2 - z * sqrt(n * m * (n + m + 1) / 12) + 0.5)
  list(estimate = median(d), low = if (i < 1) NA else d[i], high = if (i < 1) NA else d[n * m + 1 - i])
}

# The end of the conditional distribution has probability q: its root in the log odds ratio.
end_root <- function(x, n, m, t, q) {
  k <- max(0, t - m):min(n, t)
  w <- lchoose(n, k) + lchoose(m, t - k)
  excess <- function(s) {
    l <- w + k * s
    l[k == x] - max(l) - log(sum(exp(l - max(l)))) - log(q)
  }
  exp(uniroot(excess, c(-60, 60), tol = 1e-15, maxiter = 10000)$root)
}

table_answers <- function(x) {
  e <- x[c(1, 3)]
  n <- x[c(2, 4)]
  expected <- min(outer(c(sum(e), sum(n - e)), n)) / sum(n)
  none <- list(expected = expected, chisq = NA, chisq_p = NA, fisher_p = NA, method = "none", test_p = NA, or = NA,
               or_low = NA, or_high = NA, or_p = NA, or_method = "none")
  if (all(n > 0)) {
    p <- e / n
    half <- z * sqrt(sum(p * (1 - p) / n))
    wilson <- lapply(1:2, function(i) as.vector(prop.test(e[i], n[i], correct = FALSE)$conf.int))
    d <- p[1] - p[2]
    low <- c(wilson[[1]][1], wilson[[2]][1])
    high <- c(wilson[[1]][2], wilson[[2]][2])
    rd <- list(rd = d, rd_low = if (half > 0) d - half else NA, rd_high = if (half > 0) d + half else NA,
               newcombe_low = d - sqrt((p[1] - low[1])^2 + (high[2] - p[2])^2),
               newcombe_high = d + sqrt((high[1] - p[1])^2 + (p[2] - low[2])^2))
  } else {
    rd <- list(rd = NA, rd_low = NA, rd_high = NA, newcombe_low = NA, newcombe_high = NA)
  }
  if (any(n == 0) || sum(e) == 0 || sum(e) == sum(n)) return(c(none, rd))

  counts <- rbind(e, n - e)
  chisq <- chisq.test(counts, correct = FALSE)
  fisher <- fisher.test(counts)$p.value
  by_chisq <- min(chisq$expected) >= 5
  answers <- list(expected = min(chisq$expected), chisq = chisq$statistic, chisq_p = chisq$p.value, fisher_p = fisher,
                  method = if (by_chisq) "chisq" else "fisher", test_p = if (by_chisq) chisq$p.value else fisher)
  if (all(counts > 0)) {
    log_or <- log(counts[1, 1]) - log(counts[2, 1]) - log(counts[1, 2]) + log(counts[2, 2])
    se <- sqrt(sum(1 / counts))
    fit <- glm(t(counts) ~ c(1, 0), family = binomial, control = glm.control(epsilon = 1e-14, maxit = 100))
    stopifnot(abs(coef(fit)[2] - log_or) < 1e-8, abs(sqrt(vcov(fit)[2, 2]) - se) < 1e-6 * se)
    odds <- list(or = exp(log_or), or_low = exp(log_or - z * se), or_high = exp(log_or + z * se),
                 or_p = 2 * pnorm(-abs(log_or / se)), or_method = "logistic")
  } else {
    t <- sum(e)
    limit <- end_root(e[1], n[1], n[2], t, 0.05)
    upper <- e[1] == min(n[1], t)
    middle <- end_root(e[1], n[1], n[2], t, 0.5)
    # fisher.test, told that odds ratio, finds that probability.
    p_under <- function(odds) fisher.test(counts, or = odds, alternative = if (upper) "greater" else "less")$p.value
    stopifnot(abs(p_under(limit) - 0.05) < 1e-10, abs(p_under(middle) - 0.5) < 1e-10)
    odds <- list(or = middle, or_low = if (upper) limit else 0,
                 or_high = if (upper) Inf else limit, or_p = dhyper(e[1], n[1], n[2], t), or_method = "exact")
  }
  c(answers, odds, rd)
}

# Cumulative logit model. polr's optimiser stops six digits in, so Newton's iteration refines it; second derivatives by a
# complex step through the analytic gradient, which has no rounding error of differences. polr's own answer is kept.
ordered_answers <- function(a, b) {
  none <- list(or = NA, low = NA, high = NA, p = NA, beta = NA, se = NA, polr_beta = NA, polr_se = NA, why = "none")
  if (sum(a) == 0 || sum(b) == 0) return(modifyList(none, list(why = "arm")))
  used <- a + b > 0
  a <- a[used]
  b <- b[used]
  k <- length(a)
  if (k < 2) return(modifyList(none, list(why = "category")))
  cells <- rbind(data.frame(n = a, j = 1:k, x = 1), data.frame(n = b, j = 1:k, x = 0))
  cells <- cells[cells$n > 0, ]
  f <- function(u) 1 / (1 + exp(-u))
  gradient <- function(theta) {
    cut <- c(-500, theta[-k], 500)
    u <- cut[cells$j] - theta[k] * cells$x
    v <- cut[cells$j + 1] - theta[k] * cells$x
    p <- f(v) - f(u)
    du <- -f(u) * f(-u) / p * cells$n
    dv <- f(v) * f(-v) / p * cells$n
    g <- complex(k)
    for (i in seq_len(k - 1)) g[i] <- sum(dv[cells$j == i]) + sum(du[cells$j == i + 1])
    g[k] <- -sum((du + dv) * cells$x)
    g
  }
  hessian <- function(theta) sapply(1:k, function(i) {
    theta <- as.complex(theta)
    theta[i] <- theta[i] + 1e-20i
    Im(gradient(theta)) / 1e-20
  })
  start <- c(qlogis(cumsum(a + b)[-k] / sum(a + b)), 0)
  polr_fit <- if (k < 3) NULL else or_null(polr(factor(j, ordered = TRUE) ~ x, data = cells, weights = n, Hess = TRUE,
                                                start = c(0, start[-k]), control = list(reltol = 1e-14, maxit = 1000)))
  theta <- start
  for (i in 1:200) {
    step <- or_null(solve(hessian(theta), -Re(gradient(theta))))
    if (is.null(step) || any(!is.finite(step))) return(modifyList(none, list(why = "separation")))
    scale <- 1
    while (scale > 1e-6 && k > 2 && any(diff((theta + scale * step)[-k]) <= 0)) scale <- scale / 2
    scale <- min(scale, 2 / max(abs(step)))
    theta <- theta + scale * step
    if (abs(theta[k]) > 14) return(modifyList(none, list(why = "separation")))
    if (max(abs(step)) < 1e-13) break
  }
  stopifnot(max(abs(step)) < 1e-10)
  beta <- theta[k]
  se <- sqrt(solve(-hessian(theta))[k, k])
  list(or = exp(beta), low = exp(beta - z * se), high = exp(beta + z * se), p = 2 * pnorm(-abs(beta / se)), beta = beta,
       se = se, polr_beta = if (is.null(polr_fit)) NA else coef(polr_fit),
       polr_se = if (is.null(polr_fit)) NA else or_null(sqrt(vcov(polr_fit)[1, 1])), why = "none")
}

# ---- JSON lines ---------------------------------------------------------------------------------------------------

number <- function(x, exact = TRUE) {
  s <- sprintf("%.15g", x)
  longer <- exact & !is.na(x) & as.numeric(s) != x
  s[longer] <- sprintf("%.17g", x[longer])
  ifelse(is.na(x), "null", ifelse(is.infinite(x), "\"inf\"", s))
}
array <- function(x) paste0("[", paste(number(x), collapse = ","), "]")
object <- function(x, exact = FALSE) {
  value <- sapply(x, function(v) {
    if (is.null(v) || is.na(v)) "null" else if (is.logical(v)) tolower(v) else if (is.character(v)) paste0("\"", v, "\"") else number(v, exact)
  })
  paste0("{", paste0("\"", names(x), "\":", value, collapse = ","), "}")
}

arguments <- commandArgs(trailingOnly = TRUE)
out <- file(if (length(arguments)) arguments[1] else "golden.jsonl", "wb")
for (id in seq_len(if (length(arguments) > 1) as.integer(arguments[2]) else 1000)) {
  kind <- names(samples)[(id - 1) %% length(samples) + 1]
  drawn <- lapply(samples[[kind]](), fifteen)
  table_kind <- c("few", "trial", "zero", "large")[(id - 1) %% 4 + 1]
  counts <- table_of(table_kind)
  ordered <- categories_of()
  a <- drawn[[1]][!is.na(drawn[[1]])]
  b <- drawn[[2]][!is.na(drawn[[2]])]
  cat(sprintf(paste0("{\"id\":%d,\"kind\":\"%s\",\"a\":%s,\"b\":%s,\"table\":%s,\"categories_a\":%s,\"categories_b\":%s,",
                     "\"summary_a\":%s,\"summary_b\":%s,\"pooled\":%s,\"welch\":%s,\"rank_sum\":%s,\"hodges_lehmann\":%s,",
                     "\"two_by_two\":%s,\"proportional_odds\":%s}\n"),
              id, kind, array(drawn[[1]]), array(drawn[[2]]), array(counts), array(ordered[[1]]), array(ordered[[2]]),
              object(summary_of(a)), object(summary_of(b)), object(t_of(a, b, TRUE)), object(t_of(a, b, FALSE)),
              object(rank_sum_of(a, b)), object(hodges_lehmann_of(a, b), exact = TRUE), object(table_answers(counts)),
              object(ordered_answers(ordered[[1]], ordered[[2]]))), file = out)
}
close(out)
