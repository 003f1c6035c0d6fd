using Caseload.Effects;
using Caseload.Figures;
using Caseload.Frames;
using Caseload.Results;

namespace Caseload.Reports;

/// <summary>What is left of authorities, set for reading.</summary>
public static class AuthorityBlocks
{
    // How many authorities are shown at either end, whether or not they are named.
    private const int Ends = 5;

    /// <summary>The authorities that are named as more or less than expected, and the five at either end.</summary>
    /// <param name="results">The results of a run, with models.</param>
    public static TableBlock Named(StudyResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var release = results.Release();
        var fit = release.RequireModels().Fits.Interaction;
        var all = release.Residuals;
        AuthorityResidual[] shown =
        [
            .. all.Where((r, i) => i < Ends || i >= all.Count - Ends || r.Expectation != Expectation.AsExpected)
                .OrderBy(r => r.Expectation).ThenBy(r => r.Effect),
        ];
        NumberColumn Each(string name, Func<AuthorityResidual, double> value) => new(name, [.. shown.Select(value)]);
        var table = new Frame([
            TextColumn.Of("expectation", shown.Select(r => StudyTables.Words(r.Expectation))),
            TextColumn.Of("authority", shown.Select(r => r.Authority)),
            StudyTables.Counts("children", shown.Select(r => (release.ChildrenOf(r), release.ChildrenOf(r) is null)), results.Policy.Mark),
            Each("effect", r => r.Effect),
            Each("lower", r => r.Lower),
            Each("upper", r => r.Upper),
            Each("comparison_lower", r => r.ComparisonLower),
            Each("comparison_upper", r => r.ComparisonUpper),
            Each("chance", r => r.Chance),
            TextColumn.Of("rank", shown.Select(r => $"{NumberText.Count(r.Rank.Lower)} to {NumberText.Count(r.Rank.Upper)}")),
        ]);
        return StudyBlocks.Block(results, table, "Authorities below and above expectation, and the five at either end") with
        {
            Columns =
            [
                new TableColumn("expectation") { IsSection = true },
                new TableColumn("authority") { Heading = "Authority" }, StudyBlocks.Count("children", "Children"),
                StudyBlocks.Fixed("effect", "Effect", 2), StudyBlocks.Fixed("lower", "from", 2), StudyBlocks.Fixed("upper", "to", 2),
                StudyBlocks.Fixed("comparison_lower", "pairs from", 2), StudyBlocks.Fixed("comparison_upper", "to", 2),
                StudyBlocks.Percent("chance", "Chance"), new TableColumn("rank") { Heading = "Rank", IsNumeric = true },
            ],
            Notes =
            [
                .. fit.Singular ? [AuthorityWords.NoSpread] : Array.Empty<string>(),
                "Effects on the log-odds. From and to: 95%, against the average authority, 1.96 comparative standard errors. "
                    + AuthorityWords.Pairs(results),
                $"{AuthorityWords.Named} Chance: the probability, given the data, that it differs so on the side on which it lies.",
                "Rank: 95% interval among all modelled authorities, 1 the lowest. A league table would hide how wide these are.",
            ],
        };
    }
}
