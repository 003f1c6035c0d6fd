namespace Caseload.Exports;

/// <summary>
/// The model in MLwiN, called from R by R2MLwiN. MLwiN has no Laplace approximation: its second-order penalised quasi-likelihood comes
/// near, and is no likelihood, so the numbers differ in the third decimal or so.
/// </summary>
internal static class MlwinScript
{
    internal static IReadOnlyList<string> Lines(ScriptModel model)
    {
        var terms = model.Terms.Where(t => t.Parts.Count > 0).ToArray();
        return
        [
            "# The interaction model of the study in MLwiN by R2MLwiN, beside the estimates of Caseload, which wrote this script.",
            "# Run: Rscript model-mlwin.R [COHORT.csv]       (without a file: cohort.csv in the folder above)",
            "# It needs MLwiN; set options(MLwiN_path = ...) where R2MLwiN does not find it.",
            "library(R2MLwiN)",
            "",
            .. RLines.Data(model),
            "# A column for each coefficient, since MLwiN's names have letters, digits and underscores alone.",
            .. model.Factors.Select(f => $"# {f.Name}: against {f.Levels[0]}"),
            .. terms.Select(t => $"d$x_{ScriptModel.Plain(t.Name)} <- {string.Join(" * ", t.Parts.Select(Part))}"),
            $"d <- d[order(d${model.Group}), ]",
            "",
            "# IGLS with second-order penalised quasi-likelihood (N = 1: PQL, M = 2: second order).",
            $"fit <- runMLwiN(logit(rereferred) ~ 1 + {string.Join(" + ", terms.Select(t => "x_" + ScriptModel.Plain(t.Name)))}"
                + $" + (1 | {model.Group}),",
            "  D = \"Binomial\", estoptions = list(EstM = 0, nonlinear = c(N = 1, M = 2)), data = d)",
            "",
            $"caseload <- read.csv(file.path(here, {RLines.Text(ModelScripts.EstimatesFile)}))",
            "names_of <- c(",
            .. model.Terms.Select((t, i) => $"  {RLines.Text(t.Name)} = "
                + RLines.Text(t.Parts.Count == 0 ? "FP_Intercept" : "FP_x_" + ScriptModel.Plain(t.Name))
                + (i < model.Terms.Count - 1 ? "," : ")")),
            "table <- caseload[match(names(names_of), caseload$term), c(\"term\", \"estimate\")]",
            "table$mlwin <- unname(fit@FP[names_of])",
            "table$difference <- table$mlwin - table$estimate",
            "print(table, digits = 6, row.names = FALSE)",
            $"cat({RLines.Text(ScriptModel.DeviationRow)}, caseload$estimate[caseload$term == {RLines.Text(ScriptModel.DeviationRow)}],"
                + " sqrt(fit@RP[\"RP2_var_Intercept\"]), \"\\n\")",
        ];
    }

    private static string Part((string Variable, string? Level) part) =>
        part.Level is null ? "d$" + part.Variable : $"(d${part.Variable} == {RLines.Text(part.Level)})";
}
