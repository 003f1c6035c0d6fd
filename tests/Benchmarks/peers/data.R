# Writes one of lme4's teaching data sets as CSV: Rscript data.R NAME FILE
args <- commandArgs(TRUE)
if (!requireNamespace("lme4", quietly = TRUE)) { cat("ABSENT\tlme4\n"); quit() }
data(list = args[1], package = "lme4")
write.csv(get(args[1]), args[2], row.names = FALSE, quote = FALSE)
cat("RESULT\t", args[2], "\n", sep = "")
