namespace Caseload.Exports;

/// <summary>The model in R by lme4's <c>glmer</c>: the same approximation as the kit's, so the numbers must agree.</summary>
internal static class LmeScript
{
    internal static IReadOnlyList<string> Lines(ScriptModel model) =>
    [
        "# The interaction model of the study in R with lme4, beside the estimates of Caseload, which wrote this script.",
        "# Run: Rscript model.R [COHORT.csv]       (without a file: cohort.csv in the folder above)",
        "# On real data the estimates of Caseload are rounded as its tables are, so differences of half a last digit are none.",
        "suppressMessages(library(lme4))",
        "",
        .. RLines.Data(model),
        "# One quadrature point is the Laplace approximation. The optimiser's tolerances are far tighter than lme4's own.",
        $"fit <- glmer({model.Formula}, data = d, family = binomial, nAGQ = 1,",
        "  control = glmerControl(optimizer = \"bobyqa\", tolPwrss = 1e-12, calc.derivs = TRUE,",
        "    optCtrl = list(rhoend = 1e-9, maxfun = 1e6)))",
        "",
        $"caseload <- read.csv(file.path(here, {RLines.Text(ModelScripts.EstimatesFile)}))",
        "errors <- sqrt(diag(as.matrix(vcov(fit))))",
        "theirs <- c(fixef(fit), attr(VarCorr(fit)[[1]], \"stddev\"), as.numeric(logLik(fit)))",
        $"names(theirs) <- c(names(fixef(fit)), {RLines.Text(ScriptModel.DeviationRow)}, {RLines.Text(ScriptModel.LikelihoodRow)})",
        "table <- data.frame(term = caseload$term, caseload = caseload$estimate, lme4 = unname(theirs[caseload$term]),",
        "  se_caseload = caseload$standard_error, se_lme4 = unname(errors[caseload$term]))",
        "table$difference <- table$lme4 - table$caseload",
        "print(table, digits = 6, row.names = FALSE)",
        $"is_estimate <- table$term != {RLines.Text(ScriptModel.LikelihoodRow)}",
        "cat(\"children\", nrow(d), \"\\n\")",
        "cat(\"missing terms\", sum(is.na(table$lme4)) + sum(!names(theirs) %in% table$term), \"\\n\")",
        "cat(\"largest difference of an estimate\", format(max(abs(table$difference[is_estimate])), digits = 4), \"\\n\")",
        "cat(\"difference of the log-likelihood\", format(abs(table$difference[!is_estimate]), digits = 4), \"\\n\")",
    ];
}
