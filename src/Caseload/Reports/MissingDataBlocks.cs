using Caseload.Figures;
using Caseload.Frames;
using Caseload.Models;
using Caseload.Models.MissingData;
using Caseload.Results;

namespace Caseload.Reports;

/// <summary>The choices about missing data, set for reading.</summary>
public static class MissingDataBlocks
{
    /// <summary>How much of each covariate is not recorded.</summary>
    /// <param name="results">The results of a run, with choices about missing data.</param>
    public static TableBlock Covariates(StudyResults results)
    {
        var missing = Require(results);
        return Block(results, MissingDataTables.Covariates(missing, results.Policy), "Covariates that are not recorded") with
        {
            Columns =
            [
                new TableColumn("covariate") { Heading = "Covariate" },
                new TableColumn("not_recorded") { Heading = "Not recorded", IsNumeric = true },
                new TableColumn("share") { Heading = "%", Format = NumberFormat.Percent() },
                new TableColumn("scale_reduction") { Heading = "Scale reduction", Format = NumberFormat.Fixed(2) },
            ],
            Notes =
            [
                $"Of {results.Policy.Write(results.Policy.Release(missing.Covariates[0].Children))} eligible children with an age group "
                    + "and area figures. Scale reduction: of the means of imputed values over the later rounds; near 1 where the chains "
                    + "have mixed.",
                .. missing.Covariates.Where(c => c.IsExtreme).Select(c =>
                    $"{c.Variable} is missing more often than it is recorded: its coefficient rests on the children of whom it is known, "
                    + "and on the assumption that the others are like them given the rest. No method mends that."),
            ],
        };
    }

    /// <summary>The odds ratios of the choices side by side.</summary>
    /// <param name="results">The results of a run, with choices about missing data.</param>
    public static TableBlock Choices(StudyResults results)
    {
        var missing = Require(results);
        var policy = results.Policy;
        return Block(results, MissingDataTables.SideBySide(missing), "The interaction model under the choices about missing data") with
        {
            Columns =
            [
                new TableColumn("variable") { IsSection = true }, new TableColumn("label") { Heading = "Comparison" },
                .. missing.Choices.Select(c => new TableColumn(c.Choice.Name()) { Heading = Heading(c.Choice), IsNumeric = true }),
                new TableColumn("fraction_missing") { Heading = "Missing information", Format = NumberFormat.Percent(0) },
            ],
            Notes =
            [
                "Odds ratios with 95% intervals; complete cases are the main analysis.",
                .. missing.Choices.Select(c => $"{Heading(c.Choice)}: {policy.Write(policy.Release(c.Children))} children; "
                    + $"standard deviation between authorities {NumberText.Fixed(Math.Exp(c.AreaDeviation.Estimate), 3)}; "
                    + $"the area terms together p {NumberText.PValue(c.AreaTerms.P)}." + Intervals(c)),
                "The choices are one model of different children, not nested models: their odds ratios stand on one scale as far as the "
                    + "standard deviation between authorities stays alike.",
                StudyBlocks.IntervalRatio,
            ],
        };
    }

    /// <summary>The means of the imputed values round by round.</summary>
    /// <param name="results">The results of a run, with imputation.</param>
    public static TableBlock Trace(StudyResults results) =>
        Block(results, MissingDataTables.Trace(Require(results)), "Means of the imputed values by round, over the imputations") with
        {
            Notes = ["The share of girls, of disabled children, and of primary need N1 among the imputed values."],
        };

    /// <summary>What each choice assumes.</summary>
    /// <param name="results">The results of a run, with choices about missing data.</param>
    public static TableBlock Assumptions(StudyResults results)
    {
        var choices = Require(results).Choices;
        var table = new Frame([
            TextColumn.Of("choice", choices.Select(c => Heading(c.Choice))),
            TextColumn.Of("assumption", choices.Select(c => c.Choice.Assumption())),
        ]);
        return Block(results, table, "What each choice assumes") with
        {
            Columns = [new TableColumn("choice") { Heading = "Choice" }, new TableColumn("assumption") { Heading = "Assumption" }],
        };
    }

    private static string Intervals(ChoiceResult choice)
    {
        string[] texts = [.. new[] { ModelTerms.Cin, ModelTerms.Rate }
            .Select(term => (ModelTerms.Describe(term).Label, Interval: MissingDataTables.Interval(choice, term)))
            .Where(t => t.Interval is not null)
            .Select(t => $"{t.Label}: {NumberText.Fixed(t.Interval!.Lower, 2)} to {NumberText.Fixed(t.Interval.Upper, 2)}")];
        return texts.Length == 0 ? "" : $" 80% IOR, {string.Join("; ", texts)}.";
    }

    private static MissingDataResults Require(StudyResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        return results.Release().MissingData ?? throw new ProblemException(results.MissingDataObstacle ?? results.Release().ModelObstacle
            ?? new Problem(ProblemKind.WrongUsage, "results without choices about missing data", "results with them", "",
                "Call AddMissingData, or run caseload reproduce with --missing."));
    }

    private static string Heading(MissingDataChoice choice) => choice switch
    {
        MissingDataChoice.CompleteCases => "Complete cases",
        MissingDataChoice.Category => "Missing as a category",
        _ => "Imputation",
    };

    private static TableBlock Block(StudyResults results, Frame table, string caption) =>
        new(table, caption) { DataKind = results.IsSimulated ? DataKind.Simulated : DataKind.Real };
}
