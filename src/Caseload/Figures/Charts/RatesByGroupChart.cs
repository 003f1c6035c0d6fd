using Caseload.Frames;

namespace Caseload.Figures.Charts;

/// <summary>The rate of re-referral in a group of children.</summary>
/// <param name="Section">What divides the children, such as <c>Sex</c>; empty for a group that stands alone.</param>
/// <param name="Group">The group.</param>
public sealed record GroupRate(string Section, string Group)
{
    /// <summary>The children in the group; null where suppressed.</summary>
    public int? Children { get; init; }

    /// <summary>The proportion re-referred, from 0 to 1; null where suppressed.</summary>
    public double? Rate { get; init; }

    /// <summary>The lower end of its interval; null where there is none.</summary>
    public double? Lower { get; init; }

    /// <summary>The upper end of its interval; null where there is none.</summary>
    public double? Upper { get; init; }
}

/// <summary>Bars of the rate in each group, with intervals and the values beside them.</summary>
public static class RatesByGroupChart
{
    /// <summary>Draws the rates.</summary>
    /// <param name="rates">One record a group; the groups of a section stand together.</param>
    /// <param name="heading">Name, title, caption and kind of data.</param>
    public static Figure Build(IReadOnlyList<GroupRate> rates, FigureHeading heading)
    {
        ArgumentNullException.ThrowIfNull(rates);
        var rows = RowLabels.Of([.. rates.Select(r => new LabelledRow(r.Section, r.Group, Value(r)))], "% (children)");
        var values = rates.Select(r => Columns.OrMissing(r.Rate)).ToArray();
        var top = rates.Select(r => r.Upper ?? r.Rate ?? 0).Append(0.01).Max();
        return new Figure
        {
            Heading = heading,
            AltText = Describe(rates),
            Table = new Frame(
            [
                Columns.Text("Characteristic", rates.Select(r => r.Section)), Columns.Text("Group", rates.Select(r => r.Group)),
                Columns.Count("Children", rates.Select(r => r.Children)), Columns.Number("Rate", rates.Select(r => r.Rate)),
                Columns.Number("Lower", rates.Select(r => r.Lower)), Columns.Number("Upper", rates.Select(r => r.Upper)),
            ]),
            Plot = new Plot
            {
                Subtitle = "Percentage re-referred" + (rates.Any(r => r.Lower is not null) ? ", with 95% intervals" : ""),
                X = Axis.Linear(0, Math.Min(top, 1), AxisFormat.Percent), Y = rows.Axis, AreaHeight = rows.AreaHeight, Left = rows.Left,
                Right = rows.Right,
                Notes = rows.Notes,
                Traces =
                [
                    new BarTrace
                    {
                        Positions = rows.Positions, Values = values, Colour = Palette.Bar,
                        Lower = [.. rates.Select(r => Columns.OrMissing(r.Lower))],
                        Upper = [.. rates.Select(r => Columns.OrMissing(r.Upper))],
                        Labels = [.. rates.Select(r => $"{r.Group}: {Value(r)}")],
                    },
                ],
            },
        };
    }

    private static string Value(GroupRate rate) => rate.Rate is { } value
        ? NumberText.Percent(value, 1) + (rate.Children is { } n ? $" ({NumberText.Count(n)})" : "")
        : "suppressed";

    private static string Describe(IReadOnlyList<GroupRate> rates)
    {
        var known = rates.Where(r => r.Rate is not null).OrderBy(r => r.Rate).ToArray();
        if (known.Length == 0) return "Bars of the percentage re-referred by group; every value is suppressed.";
        static string Of(GroupRate r) =>
            $"{NumberText.Percent(r.Rate!.Value, 1)} ({(r.Section.Length > 0 ? r.Section + ": " : "")}{r.Group})";
        return $"Bars of the percentage re-referred in {rates.Count} groups, from {Of(known[0])} to {Of(known[^1])}.";
    }
}
