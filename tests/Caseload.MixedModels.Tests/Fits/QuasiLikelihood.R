# The references of QuasiLikelihoodTests.cs: Rscript QuasiLikelihood.R FOLDER-OF-DATA (base R). The working linear mixed model is made anew
# at every step of the EM algorithm, which ends where the estimator does and shares nothing with the program's Newton search. lme of nlme
# 3.1-162 with lmeControl(sigma = 1), iterated in the same way, has the same estimates by maximum likelihood to six digits; its restricted
# likelihood with a fixed sigma is another one.
folder <- commandArgs(trailingOnly = TRUE)[1]

quasi <- function(name, y, n, X, Z, g, family, kind, restricted = FALSE) {
  beta <- coef(suppressWarnings(glm.fit(X, y, weights = n, family = family)))
  groups <- split(seq_along(y), g)
  omega <- diag(0.2, ncol(Z)); eta <- drop(X %*% beta); q <- 0 * y
  for (order in seq_len(if (kind == "pql2") 2 else 1)) for (step in 1:20000) {
    mu <- family$linkinv(eta); slope <- family$mu.eta(eta); w <- n * slope^2 / family$variance(mu)
    curve <- switch(family$link, logit = 1 - 2 * mu, log = 1, probit = -eta, cloglog = 1 - exp(eta))   # f'' / f'
    z <- eta + (y - mu) / slope - (order == 2) * curve * q / 2
    A <- crossprod(X, X * w); a <- crossprod(X, w * z); parts <- lapply(groups, function(i) {
      Zi <- Z[i, , drop = FALSE]; ZW <- t(Zi * w[i]); C <- solve(solve(omega) + ZW %*% Zi)
      list(i = i, C = C, B = C %*% ZW %*% X[i, , drop = FALSE], c = C %*% ZW %*% z[i], ZX = ZW %*% X[i, , drop = FALSE]) })
    for (p in parts) { A <- A - t(p$ZX) %*% p$B; a <- a - t(p$ZX) %*% p$c }
    V <- solve(A); beta <- V %*% a; before <- omega; omega <- 0 * omega; moved <- drop(X %*% beta)
    for (p in parts) {
      b <- p$c - p$B %*% beta; Zi <- Z[p$i, , drop = FALSE]
      omega <- omega + (b %*% t(b) + p$C + restricted * p$B %*% V %*% t(p$B)) / length(parts)
      q[p$i] <- rowSums((Zi %*% p$C) * Zi); if (kind != "mql1") moved[p$i] <- moved[p$i] + drop(Zi %*% b) }
    change <- max(abs(moved - eta), abs(omega - before)); eta <- moved
    if (change < 1e-11) break
  }
  cat(name, family$link, kind, if (restricted) "restricted", "steps", step, "change", format(change, digits = 2), "\n")
  print(cbind(estimate = drop(beta), error = sqrt(diag(V))), digits = 12)
  cat("covariance", format(omega, digits = 12), "\n\n")
}

women <- read.csv(file.path(folder, "contraception.csv"), stringsAsFactors = TRUE)
X <- model.matrix(~ urban + age + livch, women); one <- rep(1, nrow(women)); kinds <- c("mql1", "pql1", "pql2")
cows <- read.csv(file.path(folder, "cbpp.csv"))
fits <- read.csv(file.path(folder, "epil.csv")); fits$trt <- relevel(factor(fits$trt), "placebo")
for (kind in kinds) {
  for (link in c("logit", "probit", "cloglog"))
    quasi("women", women$y, one, X, X[, 1, drop = FALSE], women$district, binomial(link), kind)
  quasi("women", women$y, one, X, X[, 1, drop = FALSE], women$district, binomial(), kind, restricted = TRUE)
  quasi("women, slope", women$y, one, X, X[, 1:2], women$district, binomial(), kind)
  each <- cbind(rep(1, nrow(cows)))
  quasi("cbpp", cows$incidence / cows$size, cows$size, model.matrix(~ factor(period), cows), each, cows$herd, binomial(), kind)
  each <- cbind(rep(1, nrow(fits)))
  quasi("epil", fits$y, each[, 1], model.matrix(~ lbase4 * trt + lage + V4, fits), each, fits$subject, poisson(), kind)
}
