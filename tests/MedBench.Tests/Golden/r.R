# Writes r.json, the reference values of limma and pROC. Run: Rscript r.R (R 4.2.2, limma 3.54.1, pROC 1.18.0).
suppressMessages({ library(limma); library(pROC) })
num <- function(v) paste0("[", paste(ifelse(is.infinite(v), "null", format(v, digits = 17, trim = TRUE)), collapse = ", "), "]")

moderated <- function(std, df) {
  s <- squeezeVar(std^2, df)
  sprintf('{"std": %s, "df": %s, "prior_df": %s, "prior_std": %s, "moderated": %s}',
          num(std), num(df), num(s$df.prior), num(sqrt(s$var.prior)), num(sqrt(s$var.post)))
}
# Heterogeneous families with a finite prior, of equal and of unequal degrees of freedom. (Where limma's prior is infinite it takes
# the plain mean of the variances; the product takes Smyth's exp(mean e), see ModeratedVariance.)
cases <- c(
  moderated(c(0.0010, 0.0080, 0.0031, 0.0125, 0.0006), rep(2, 5)),
  moderated(c(0.0382, 0.0040, 0.0133, 0.0210, 0.0075, 0.0300), c(4, 2, 2, 9, 2, 4)),
  moderated(c(1.2, 0.05, 3.4), c(6, 2, 2.5)))

delong <- function(scores, positive) {
  r <- roc(positive, scores, levels = c(0, 1), direction = "<", quiet = TRUE)
  ci <- as.numeric(ci.auc(r, method = "delong"))
  sprintf('{"scores": %s, "positive": %s, "auc": %s, "variance": %s, "interval": %s}',
          num(scores), num(positive), num(as.numeric(auc(r))), num(var(r, method = "delong")), num(ci[c(1, 3)]))
}
set.seed(20250124)
truth <- rep(c(0, 1), c(17, 25))
rocs <- c(
  delong(round(rnorm(42) + truth, 3), truth),
  # With ties, and in another order.
  delong(round(rnorm(42) + 0.6 * truth, 0), rev(truth)),
  # Near one: the interval is cut.
  delong(round(rnorm(42) + 3.2 * truth, 3), truth))

writeLines(c("{", ' "moderated": [', paste0("  ", paste(cases, collapse = ",\n  ")), " ],",
             ' "delong": [', paste0("  ", paste(rocs, collapse = ",\n  ")), " ],",
             sprintf(' "trigamma": {"x": %s, "y": %s, "inverse_of": %s, "inverse": %s}', num(c(0.1, 0.5, 1, 2.5, 10, 400)), num(trigamma(c(0.1, 0.5, 1, 2.5, 10, 400))),
                     num(c(1e-8, 0.01, 0.4, 3, 250, 1e8)), num(trigammaInverse(c(1e-8, 0.01, 0.4, 3, 250, 1e8)))), "}"), "r.json")
