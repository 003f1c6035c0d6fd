using Caseload.Frames;

namespace Caseload.Figures.Charts;

/// <summary>The share of the cohort re-referred at least once by the end of a year.</summary>
/// <param name="Year">The financial year, such as <c>2011-12</c>.</param>
/// <param name="AllChildren">Of all children of the cohort, from 0 to 1; null where suppressed.</param>
/// <param name="AgeEligible">Of those still under 18 at the end of the last year, from 0 to 1; null where suppressed.</param>
public sealed record CumulativeYear(string Year, double? AllChildren, double? AgeEligible);

/// <summary>Steps of the cumulative re-referral by year, one line a denominator: the two are always shown side by side.</summary>
public static class CumulativeChart
{
    /// <summary>Draws the steps.</summary>
    /// <param name="years">One record a year, in order.</param>
    /// <param name="heading">Name, title, caption and kind of data.</param>
    public static Figure Build(IReadOnlyList<CumulativeYear> years, FigureHeading heading)
    {
        ArgumentNullException.ThrowIfNull(years);
        double[] all = [.. years.Select(y => Columns.OrMissing(y.AllChildren))];
        double[] eligible = [.. years.Select(y => Columns.OrMissing(y.AgeEligible))];
        var plot = StepPair.Plot(
            [.. years.Select(y => y.Year)], new StepLine("Age-eligible children", eligible), new StepLine("All children", all),
            (name, year, share) => $"{name}, by the end of {year}: {share}");
        return new Figure
        {
            Heading = heading,
            AltText = Describe(years),
            Table = new Frame([Columns.Text("Year", years.Select(y => y.Year)), Columns.Number("All children", all),
                Columns.Number("Age-eligible children", eligible)]),
            Plot = plot with
            {
                Subtitle = "Percentage of children re-referred at least once by the end of each year",
                X = plot.X with { Title = "Financial year" },
            },
        };
    }

    private static string Describe(IReadOnlyList<CumulativeYear> years)
    {
        if (years.Count == 0) return "Cumulative re-referral by year; there are no years.";
        static string Share(double? share) => share is { } s ? NumberText.Percent(s, 1) : "a suppressed share";
        return $"Cumulative re-referral rises from {Share(years[0].AllChildren)} of all children by the end of {years[0].Year} to " +
            $"{Share(years[^1].AllChildren)} by the end of {years[^1].Year}; of the age-eligible children, " +
            $"from {Share(years[0].AgeEligible)} to {Share(years[^1].AgeEligible)}.";
    }
}
