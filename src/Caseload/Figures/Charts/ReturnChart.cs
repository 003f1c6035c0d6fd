using System.Globalization;
using Caseload.Frames;

namespace Caseload.Figures.Charts;

/// <summary>The share of children who returned within some months.</summary>
/// <param name="Months">Months since the start.</param>
/// <param name="SinceReferral">Since the first referral, from 0 to 1; null where suppressed, or not followed so long.</param>
/// <param name="SinceClosure">Since the closure of the first episode, likewise.</param>
public sealed record ReturnedBy(int Months, double? SinceReferral, double? SinceClosure);

/// <summary>Steps of the share who returned, one line a start.</summary>
public static class ReturnChart
{
    /// <summary>Draws the steps.</summary>
    /// <param name="points">One record a time, in order.</param>
    /// <param name="heading">Name, title, caption and kind of data.</param>
    public static Figure Build(IReadOnlyList<ReturnedBy> points, FigureHeading heading)
    {
        ArgumentNullException.ThrowIfNull(points);
        double[] referral = [.. points.Select(p => Columns.OrMissing(p.SinceReferral))];
        double[] closure = [.. points.Select(p => Columns.OrMissing(p.SinceClosure))];
        string[] months = [.. points.Select(p => p.Months.ToString(CultureInfo.InvariantCulture))];
        var plot = StepPair.Plot(
            months, new StepLine("Since closure", closure), new StepLine("Since referral", referral),
            (name, month, share) => $"{name}, within {month} months: {share}");
        return new Figure
        {
            Heading = heading,
            AltText = Describe(points),
            Table = new Frame([Columns.Count("Months", points.Select(p => (int?)p.Months)), Columns.Number("Since referral", referral),
                Columns.Number("Since closure", closure)]),
            Plot = plot with
            {
                Subtitle = "Percentage of children who returned within a time", X = plot.X with { Title = "Months" },
            },
        };
    }

    private static string Describe(IReadOnlyList<ReturnedBy> points)
    {
        if (points.Count == 0) return "The share of children who returned over time; there are no times.";
        static string Share(double? share) => share is { } s ? NumberText.Percent(s, 1) : "a share that is not shown";
        return string.Create(CultureInfo.InvariantCulture,
            $"Within {points[0].Months} months of the first referral {Share(points[0].SinceReferral)} of children returned, within ")
            + string.Create(CultureInfo.InvariantCulture, $"{points[^1].Months} months {Share(points[^1].SinceReferral)}; ")
            + $"since the closure of the first episode, {Share(points[0].SinceClosure)} and {Share(points[^1].SinceClosure)}.";
    }
}
