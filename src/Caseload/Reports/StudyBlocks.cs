using System.Globalization;
using Caseload.Figures;
using Caseload.Findings;
using Caseload.Frames;
using Caseload.MixedModels.Checks;
using Caseload.Models;
using Caseload.Results;

namespace Caseload.Reports;

/// <summary>The tables of a run, set for reading: the same ones stand in the report and in the notebooks.</summary>
public static class StudyBlocks
{
    /// <summary>Cases that stay in and are counted.</summary>
    /// <param name="results">The results of a run.</param>
    public static TableBlock Cases(StudyResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var table = new Frame([
            TextColumn.Of("cases", results.Cases.Select(c => c.What)),
            TextColumn.Of("count", results.Release().Cases.Select(results.Policy.Write)),
        ]);
        return Block(results, table, "Cases that stay in and are counted") with
        {
            Columns = [new TableColumn("cases") { Heading = "Cases" }, new TableColumn("count") { Heading = "Count", IsNumeric = true }],
        };
    }

    /// <summary>Modelled children beside the eligible ones outside the model.</summary>
    /// <param name="results">The results of a run.</param>
    public static TableBlock Representation(StudyResults results) =>
        Block(results, StudyTables.Representation(results), "Modelled children beside the eligible children outside the model") with
        {
            Columns =
            [
                new TableColumn("variable") { IsSection = true }, new TableColumn("group") { Heading = "Group" },
                Count("modelled", "Modelled"), Percent("modelled_share", "%"),
                Count("not_modelled", "Not modelled"), Percent("not_modelled_share", "%"),
            ],
            Notes = ["Of the children for whom the variable is recorded."],
        };

    /// <summary>Children re-referred by the end of each census year, and no further action.</summary>
    /// <param name="results">The results of a run.</param>
    public static TableBlock Cumulative(StudyResults results) =>
        Block(results, StudyTables.Cumulative(results), "Children re-referred by the end of each census year, and no further action") with
        {
            Columns =
            [
                new TableColumn("census_year") { Heading = "By the end of" },
                Count("rereferred", "All children"), Percent("share", "%"),
                Count("eligible_rereferred", "Eligible children"), Percent("eligible_share", "%"),
                Count("first_rereferrals_of_year", "First re-referrals"), Percent("nfa_share", "% NFA"),
            ],
            Notes = ["First re-referrals of the year, and how many of them ended in no further action (NFA)."],
        };

    /// <summary>Re-referral by risk group under both denominators.</summary>
    /// <param name="results">The results of a run.</param>
    public static TableBlock RiskGroups(StudyResults results) =>
        Block(
            results, StudyTables.RiskGroups(results),
            "Re-referral by risk group, of all children and of those eligible by age") with
        {
            Columns =
            [
                new TableColumn("variable") { IsSection = true }, new TableColumn("group") { Heading = "Group" },
                Count("children", "Children"), Count("rereferred", "Re-referred"), Percent("share", "%"),
                Count("eligible_children", "Eligible"), Count("eligible_rereferred", "Re-referred"), Percent("eligible_share", "%"),
                Percent("eligible_lower", "from"), Percent("eligible_upper", "to"),
            ],
            Notes =
            [
                "From and to: 95% score interval of the eligible (Wilson 1927). A group's rate is not adjusted for anything.",
                "Disclosure control: " + results.Policy.Words + ".",
            ],
        };

    /// <summary>The four models, and the test of each against the one before.</summary>
    /// <param name="results">The results of a run, with models.</param>
    public static TableBlock Models(StudyResults results)
    {
        var models = results.Release().RequireModels();
        var table = StudyTables.Models(results)
            .Select("model", "log_likelihood", "aic", "area_sd", "vpc", "median_odds_ratio", "chi_square", "df", "p");
        return Block(results, table, "From the null model to the interaction") with
        {
            Columns =
            [
                new TableColumn("model") { Heading = "Model" },
                Fixed("log_likelihood", "Log-lik.", 1), Fixed("aic", "AIC", 1),
                Fixed("area_sd", "Area SD", 3),
                new TableColumn("vpc") { Heading = "VPC", Format = NumberFormat.Percent(2) },
                Fixed("median_odds_ratio", "MOR", 2), Fixed("chi_square", "Chi-sq.", 1),
                new TableColumn("df") { Heading = "df", Format = NumberFormat.Plain },
                new TableColumn("p") { Heading = "p", Format = NumberFormat.PValue },
            ],
            Notes =
            [
                "VPC: variance partition coefficient on the latent scale. MOR: median odds ratio. "
                    + "Chi-sq.: likelihood ratio against the model before.",
                InferenceBlocks.ScaleMoves + " Average marginal effects are compared instead.",
                .. models.Fits.AreaTerms.Rows.Count < 2 ? Array.Empty<string>() : [Joint(models)],
            ],
        };
    }

    /// <summary>The coefficients of the interaction model.</summary>
    /// <param name="results">The results of a run, with models.</param>
    public static TableBlock Coefficients(StudyResults results)
    {
        var models = results.Release().RequireModels();
        var fit = models.Fits.Interaction;
        var table = WithInterval(StudyTables.Coefficients(results)
            .Select("variable", "label", "estimate", "standard_error", "odds_ratio", "lower", "upper", "p",
                IntervalLower, IntervalUpper));
        return Block(results, table, "Coefficients of the interaction model") with
        {
            Columns =
            [
                new TableColumn("variable") { IsSection = true },
                new TableColumn("label") { Heading = "Comparison" }, Fixed("estimate", "Log-odds", 3), Fixed("standard_error", "SE", 3),
                Fixed("odds_ratio", "Odds ratio", 2), Fixed("lower", "from", 2), Fixed("upper", "to", 2),
                new TableColumn("p") { Heading = "p", Format = NumberFormat.PValue },
                Interval,
            ],
            Notes =
            [
                "From and to: 95% Wald interval of the odds ratio." + Profile(results),
                IntervalRatio,
                "Beside the interaction the odds ratios of the two area figures are those at 10 CIN per social worker and 550 referrals "
                    + "per "
                    + "10,000; the interaction's is a ratio of odds ratios, in which alone no two authorities differ, so it has no such "
                    + "interval.",
                .. models.Withheld.Count == 0
                    ? Array.Empty<string>()
                    : ["Withheld, because they rest on few children: "
                        + string.Join(", ", models.Withheld.Select(term => $"{ModelTerms.Describe(term).Label} ({term})")) + "."],
                .. fit.Warnings.Select(results.Policy.Write),
            ],
        };
    }

    /// <summary>The checks of the interaction model, those passed included.</summary>
    /// <param name="results">The results of a run, with models.</param>
    public static TableBlock Checks(StudyResults results)
    {
        var checks = results.Release().RequireModels().Fits.Interaction.Checks;
        return Block(results, new Frame([
            TextColumn.Of("check", checks.Select(c => c.Check.ToString())),
            TextColumn.Of("outcome", checks.Select(c =>
                c.Outcome == CheckOutcome.NotRun ? "not run" : c.Outcome.ToString().ToLowerInvariant())),
            TextColumn.Of("message", checks.Select(results.Policy.Write)),
        ]), "Checks of the interaction model") with
        {
            Columns =
            [
                new TableColumn("check") { Heading = "Check" },
                new TableColumn("outcome")
                {
                    Heading = "Outcome",
                    Statuses = new Dictionary<string, Tone>
                    {
                        ["passed"] = Tone.Good, ["failed"] = Tone.Caution, ["not run"] = Tone.Neutral,
                    },
                },
                new TableColumn("message") { Heading = "What was found" },
            ],
        };
    }

    /// <summary>The slope of the referral rate at numbers of CIN per social worker.</summary>
    /// <param name="results">The results of a run, with models.</param>
    public static TableBlock Slopes(StudyResults results)
    {
        var models = results.Release().RequireModels();
        var table = WithInterval(StudyTables.Slopes(models));
        return Block(results, table, "What 250 more referrals per 10,000 do to the odds of re-referral") with
        {
            Columns =
            [
                new TableColumn("cin_per_social_worker") { Heading = "At CIN per social worker", Format = NumberFormat.Plain },
                Fixed("log_odds_per_250_referrals", "Log-odds", 3), Fixed("standard_error", "SE", 3),
                Fixed("odds_ratio", "Odds ratio", 2), Fixed("lower", "from", 2), Fixed("upper", "to", 2),
                Interval,
            ],
            Notes = ["From and to: 95% Wald interval of the odds ratio.", IntervalRatio, Regions(models)],
        };
    }

    /// <summary>The predicted probabilities that the interaction chart draws.</summary>
    /// <param name="results">The results of a run, with models.</param>
    public static TableBlock Predictions(StudyResults results) =>
        Block(results, StudyTables.Predictions(results.Release().RequireModels()), "Predicted probabilities of re-referral") with
        {
            Columns =
            [
                new TableColumn("cin_per_social_worker") { Heading = "CIN per social worker", Format = NumberFormat.Plain },
                new TableColumn("referral_rate_per_10000") { Heading = "Referrals per 10,000", Format = NumberFormat.Plain },
                Percent("probability", "Probability"), Percent("lower", "from"), Percent("upper", "to"),
            ],
            Notes =
            [
                "Means over the modelled children in an authority whose own effect is 0. From and to: 95% interval of the fixed effects.",
            ],
        };

    /// <summary>The ledger of published findings: what was published, what this run gives, and what comes of it.</summary>
    /// <param name="ledger">The ledger.</param>
    public static TableBlock Claims(Ledger ledger)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        var table = StudyTables.Claims(ledger).Select("finding", "published", "this_run", "status");
        return new TableBlock(table, "The ledger of published findings")
        {
            DataKind = KindOf(ledger),
            Columns =
            [
                new TableColumn("finding") { Heading = "Published finding" }, new TableColumn("published") { Heading = "Published" },
                new TableColumn("this_run") { Heading = "This run" },
                new TableColumn("status")
                {
                    Heading = "Status",
                    Statuses = new Dictionary<string, Tone>
                    {
                        ["reproduced"] = Tone.Good, ["differs"] = Tone.Caution,
                        ["inconclusive"] = Tone.Neutral, ["not testable"] = Tone.Neutral,
                    },
                },
            ],
            Notes = ledger.IsSimulated ? [Ledger.SimulatedNote] : [],
        };
    }

    /// <summary>How each published finding was read and judged.</summary>
    /// <param name="ledger">The ledger.</param>
    public static TableBlock ClaimRules(Ledger ledger)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        return new TableBlock(StudyTables.Claims(ledger).Select("finding", "tolerance", "reading"), "How each finding was read and judged")
        {
            DataKind = KindOf(ledger),
            Columns =
            [
                new TableColumn("finding") { Heading = "Published finding" },
                new TableColumn("tolerance") { Heading = "Counts as reproduced" },
                new TableColumn("reading") { Heading = "How it was read" },
            ],
        };
    }

    /// <summary>What was never published, and the kit's own choice.</summary>
    /// <param name="ledger">The ledger.</param>
    public static TableBlock NeverPublished(Ledger ledger)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        return new TableBlock(StudyTables.NeverPublished(ledger), "Never published, and the kit's own choice")
        {
            // It holds no data at all, simulated or real.
            DataKind = DataKind.Real,
            Columns =
            [
                new TableColumn("never_published") { Heading = "Never published" },
                new TableColumn("choice_of_this_kit") { Heading = "Choice of this kit" },
            ],
        };
    }

    private const string IntervalLower = "interval_odds_ratio_lower";
    private const string IntervalUpper = "interval_odds_ratio_upper";

    internal const string IntervalRatio =
        "80% IOR, interval odds ratio: of two authorities drawn at random, one with the figure a unit higher and all else alike, the "
            + "ratio of "
        + "their odds lies in it four times in five; where it holds 1, what else lies between authorities outweighs the figure (Larsen and "
        + "Merlo 2005).";

    private static DataKind KindOf(Ledger ledger) => ledger.IsSimulated ? DataKind.Simulated : DataKind.Real;

    internal static TableBlock Block(StudyResults results, Frame table, string caption) =>
        new(table, results.Policy.IsOff ? $"{caption}. {results.Policy.Notice}" : caption)
        {
            DataKind = results.IsSimulated ? DataKind.Simulated : DataKind.Real,
        };

    internal static TableColumn Count(string name, string heading) =>
        new(name) { Heading = heading, Format = NumberFormat.Count, IsNumeric = true };

    internal static TableColumn Percent(string name, string heading) =>
        new(name) { Heading = heading, Format = NumberFormat.Percent(), IsNumeric = true };

    internal static TableColumn Fixed(string name, string heading, int decimals) =>
        new(name) { Heading = heading, Format = NumberFormat.Fixed(decimals) };

    private static TableColumn Interval { get; } = new("interval") { Heading = "80% IOR", IsNumeric = true };

    // Few rows have such an interval: its two ends stand in one cell.
    private static Frame WithInterval(Frame table)
    {
        var (lower, upper) = (table.Number(IntervalLower).Values.ToArray(), table.Number(IntervalUpper).Values.ToArray());
        string? Cell(int row) => !double.IsFinite(lower[row]) ? null
            : $"{NumberText.Fixed(lower[row], 2)} to {NumberText.Fixed(upper[row], 2)}";
        return table.Select([.. table.Columns.Select(c => c.Name).Where(name => name is not (IntervalLower or IntervalUpper))])
            .With(TextColumn.Of("interval", Enumerable.Range(0, table.RowCount).Select(Cell)));
    }

    private static string Profile(StudyResults results) => results.Release().Inference?.Wald is not { } distance ? ""
        : string.Create(CultureInfo.InvariantCulture,
            $" Profile-likelihood intervals end at most {distance.StandardErrors:0.00} standard errors from these "
                + $"({ModelTerms.Describe(distance.Term).Label}).");

    private static string Joint(ModelResults models)
    {
        var test = models.Fits.AreaTerms.Rows[^1];
        return string.Create(CultureInfo.InvariantCulture,
            $"The three area terms together: chi-square {test.ChiSquare:0.0} on {test.DegreesOfFreedom} degrees of freedom, "
            + $"p {(test.P < 0.001 ? "" : "= ")}{NumberText.PValue(test.P)}.");
    }

    private static string Regions(ModelResults models)
    {
        var range = string.Create(CultureInfo.InvariantCulture,
            $"Among these authorities ({models.AreaCins.Min():0.0} to {models.AreaCins.Max():0.0} CIN per social worker)");
        return models.SlopeRegions.Count == 0
            ? range + " the slope is nowhere distinguishable from 0 at the 95% level."
            : $"{range} the slope is distinguishable from 0 at the 95% level: {string.Join(", ", models.SlopeRegions)}.";
    }
}
