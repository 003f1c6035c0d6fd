# One fit of one engine, in a process of its own: Rscript fit.R FILE FORMULA FACTORS FAMILY ENGINE
# FACTORS is a list with commas, or -. Prints RESULT, the least seconds of up to three fits (ten seconds in all), the log-likelihood and the
# version, or ABSENT and the package. Reading the file and making factors is not timed.
args <- commandArgs(TRUE)
file <- args[1]; text <- args[2]; factors <- args[3]; family <- args[4]; engine <- args[5]

need <- function(package) {
  if (!requireNamespace(package, quietly = TRUE)) { cat("ABSENT\t", package, "\n", sep = ""); quit() }
  suppressMessages(library(package, character.only = TRUE))
}

d <- read.csv(file, stringsAsFactors = TRUE)
if (factors != "-") for (name in strsplit(factors, ",")[[1]]) d[[name]] <- factor(d[[name]])
for (match in regmatches(text, gregexpr("\\|[^()]*\\)", text))[[1]])
  for (name in all.vars(parse(text = sub("\\)$", "", sub("^\\|", "", match)))[[1]])) d[[name]] <- factor(d[[name]])
whole <- as.formula(text)
fixed <- gsub("\\s*\\+\\s*\\([^()|]*\\|[^()]*\\)", "", text)
# bam's smooths of class "re": independent intercepts only.
smooth <- gsub("\\(1\\s*\\|\\s*([a-z]+)\\)", "s(\\1, bs = \"re\")", text)

fit <- switch(engine,
  glm = function() glm(as.formula(fixed), family = family, data = d),
  glmer0 = { need("lme4"); function() glmer(whole, family = family, data = d, nAGQ = 0) },
  glmer = { need("lme4"); function() glmer(whole, family = family, data = d) },
  glmer7 = { need("lme4"); function() glmer(whole, family = family, data = d, nAGQ = 7) },
  glmmTMB = { need("glmmTMB"); function() glmmTMB(whole, family = family, data = d, control = glmmTMBControl(profile = TRUE)) },
  bam = { need("mgcv"); function() bam(as.formula(smooth), family = family, data = d, discrete = TRUE) },
  lmer = { need("lme4"); function() lmer(whole, data = d, REML = TRUE) },
  lmerML = { need("lme4"); function() lmer(whole, data = d, REML = FALSE) })

seconds <- c()
while (length(seconds) < 3 && sum(seconds) < 10) {
  gc()
  seconds <- c(seconds, system.time(result <- suppressWarnings(suppressMessages(fit())))[["elapsed"]])
}
package <- c(glm = "stats", glmmTMB = "glmmTMB", bam = "mgcv")[engine]
if (is.na(package)) package <- "lme4"
cat("RESULT\t", sprintf("%.4f\t%.8f\t%s %s\n", min(seconds), as.numeric(logLik(result)), package, packageVersion(package)), sep = "")
