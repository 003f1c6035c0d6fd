using Caseload.Models;

namespace Caseload.Exports;

/// <summary>What the scripts in R share: reading the cohort, choosing the modelled children, deriving the columns.</summary>
internal static class RLines
{
    internal static IEnumerable<string> Data(ScriptModel model) =>
    [
        "arguments <- commandArgs(TRUE)",
        "script <- sub(\"^--file=\", \"\", grep(\"^--file=\", commandArgs(FALSE), value = TRUE))",
        "here <- if (length(script) == 1) dirname(script) else \".\"",
        "cohort_file <- if (length(arguments) > 0) arguments[1] else file.path(here, \"..\", \"cohort.csv\")",
        "cohort <- read.csv(cohort_file, colClasses = \"character\", na.strings = \"\")",
        "is_true <- function(x) !is.na(x) & tolower(x) %in% c(\"true\", \"1\")",
        "holds <- function(x, value) !is.na(x) & x == value",
        "",
        "# The children of the model. Caseload gives each child a status; a cohort of another hand may lack it, and then they are the",
        "# eligible ones of whom everything is recorded.",
        "in_model <- if (!is.null(cohort$status)) holds(cohort$status, \"modelled\") else",
        "  is_true(cohort$eligible) & !is.na(cohort$age_group) & cohort$sex %in% c(\"male\", \"female\") & !is.na(cohort$disabled) &",
        "  !is.na(cohort$need) & !is.na(cohort$referral_rate_per_10000) & !is.na(cohort$cin_per_social_worker)",
        "cohort <- cohort[in_model, ]",
        "",
        "# The columns of the model.",
        "d <- data.frame(row.names = seq_len(nrow(cohort)))",
        .. model.Columns.Select(column => Derive(column, model)),
        "",
    ];

    internal static string Text(string value) => $"\"{value}\"";

    private static string Derive(ModelColumn column, ScriptModel model) => column switch
    {
        ModelColumn.Taken taken when model.Factors.FirstOrDefault(f => f.Name == taken.Column) is { Levels: { } levels } =>
            $"d${taken.Name} <- factor(cohort${taken.Column}, levels = c({string.Join(", ", levels.Select(Text))}))  # the reference first",
        ModelColumn.Taken taken => $"d${taken.Name} <- factor(cohort${taken.Column})",
        ModelColumn.Marked marked => $"d${marked.Name} <- as.integer(is_true(cohort${marked.Column}))",
        ModelColumn.Equal equal => $"d${equal.Name} <- as.integer(holds(cohort${equal.Column}, {Text(equal.Value)}))",
        ModelColumn.MarkedUnless unless =>
            $"d${unless.Name} <- as.integer(is_true(cohort${unless.Column}) & !holds(cohort${unless.Other}, {Text(unless.Value)}))",
        ModelColumn.Scaled scaled => $"d${scaled.Name} <- (as.numeric(cohort${scaled.Column}) - {ScriptModel.Number(scaled.Centre)})"
            + $" / {ScriptModel.Number(scaled.Unit)}",
        _ => throw new ArgumentException("A column of an unknown kind.", nameof(column)),
    };
}
