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
    private const double LabelSize = 11.5;

    /// <summary>Draws the steps.</summary>
    /// <param name="years">One record a year, in order.</param>
    /// <param name="heading">Name, title, caption and kind of data.</param>
    public static Figure Build(IReadOnlyList<CumulativeYear> years, FigureHeading heading)
    {
        ArgumentNullException.ThrowIfNull(years);
        double[] all = [.. years.Select(y => Columns.OrMissing(y.AllChildren))];
        double[] eligible = [.. years.Select(y => Columns.OrMissing(y.AgeEligible))];
        var highest = all.Concat(eligible).Where(double.IsFinite).DefaultIfEmpty(0).Max();
        var plot = new Plot
        {
            Subtitle = "Percentage of children re-referred at least once by the end of each year",
            X = Axis.Categories([.. years.Select(y => y.Year)]) with { Title = "Financial year" },
            Y = Axis.Linear(0, Math.Max(highest * 1.1, 0.05), AxisFormat.Percent),
            Right = 104,
            Traces = [Line("Age-eligible children", years, eligible) with { Colour = Palette.Orange, Dash = Dash.Dashed },
                Line("All children", years, all)],
        };
        return new Figure
        {
            Heading = heading,
            AltText = Describe(years),
            Table = new Frame([Columns.Text("Year", years.Select(y => y.Year)), Columns.Number("All children", all),
                Columns.Number("Age-eligible children", eligible)]),
            Plot = plot with { Notes = [.. Values(plot, eligible, all), .. Names(plot, eligible, all)] },
        };
    }

    private static LineTrace Line(string name, IReadOnlyList<CumulativeYear> years, double[] shares) => new()
    {
        Name = name, InLegend = false, X = [.. Enumerable.Range(0, years.Count).Select(i => (double)i)], Y = shares, Shape = LineShape.Step,
        HasPoints = true,
        Labels = [.. years.Zip(shares, (y, share) => $"{name}, by the end of {y.Year}: {NumberText.Percent(share, 1)}")],
    };

    // The higher of two values is written above its step, the lower one below.
    private static IEnumerable<Note> Values(Plot plot, double[] first, double[] second)
    {
        for (var i = 0; i < first.Length; i++)
        {
            var firstAbove = !(second[i] > first[i]);
            if (double.IsFinite(first[i])) yield return Value(i, first[i], firstAbove, plot.Traces[0].Colour);
            if (double.IsFinite(second[i])) yield return Value(i, second[i], !firstAbove, plot.Traces[1].Colour);
        }
    }

    private static Note Value(int year, double share, bool above, Colour colour) =>
        new(new Place(year, share), NumberText.Percent(share, 1))
    {
        Anchor = Anchor.Middle, ShiftY = above ? -13 : 14, Size = LabelSize, Colour = colour,
    };

    private static IEnumerable<Note> Names(Plot plot, params double[][] series)
    {
        var ends = series.Select(s => s.LastOrDefault(double.IsFinite)).ToArray();
        double Pixels(double share) => (1 - plot.Y.Fraction(share)) * plot.AreaHeight;
        var places = LabelSpread.Apart([.. ends.Select(Pixels)], 34);
        for (var i = 0; i < series.Length; i++)
        {
            yield return new Note(new Place(1, ends[i]), plot.Traces[i].Name.Replace(" children", "\nchildren", StringComparison.Ordinal))
            {
                XOfArea = true, ShiftX = -20, ShiftY = places[i] - Pixels(ends[i]), Colour = plot.Traces[i].Colour, IsBold = true,
            };
        }
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
