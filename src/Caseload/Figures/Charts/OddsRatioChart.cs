using Caseload.Frames;

namespace Caseload.Figures.Charts;

/// <summary>An odds ratio of a model.</summary>
/// <param name="Section">The variable that the term belongs to; empty for a term that stands alone.</param>
/// <param name="Term">The level, or what the term is.</param>
public sealed record OddsRatio(string Section, string Term)
{
    /// <summary>The odds ratio; null for a reference level, or where no estimate exists.</summary>
    public double? Estimate { get; init; }

    /// <summary>The lower end of its interval.</summary>
    public double? Lower { get; init; }

    /// <summary>The upper end of its interval.</summary>
    public double? Upper { get; init; }

    /// <summary>Whether this level is the one that the others are compared with.</summary>
    public bool IsReference { get; init; }
}

/// <summary>Odds ratios with intervals on a logarithmic axis, and the numbers beside them (a forest plot).</summary>
public static class OddsRatioChart
{
    /// <summary>Draws the odds ratios.</summary>
    /// <param name="ratios">One record a term; the terms of a section stand together.</param>
    /// <param name="heading">Name, title, caption and kind of data.</param>
    public static Figure Build(IReadOnlyList<OddsRatio> ratios, FigureHeading heading)
    {
        ArgumentNullException.ThrowIfNull(ratios);
        var rows = RowLabels.Of([.. ratios.Select(r => new LabelledRow(r.Section, r.Term, Value(r)))], "OR (95% interval)");
        var estimated = Enumerable.Range(0, ratios.Count).Where(i => !ratios[i].IsReference).ToArray();
        var reference = Enumerable.Range(0, ratios.Count).Where(i => ratios[i].IsReference).ToArray();
        return new Figure
        {
            Heading = heading,
            AltText = Describe(ratios),
            Table = new Frame(
            [
                Columns.Text("Variable", ratios.Select(r => r.Section)), Columns.Text("Term", ratios.Select(r => r.Term)),
                Columns.Number("Odds ratio", ratios.Select(r => r.IsReference ? 1 : r.Estimate)),
                Columns.Number("Lower", ratios.Select(r => r.Lower)),
                Columns.Number("Upper", ratios.Select(r => r.Upper)),
            ]),
            Plot = new Plot
            {
                Subtitle = "Odds ratios with 95% intervals on a logarithmic axis",
                X = Range(ratios) with { Title = "Odds ratio (below 1: lower odds of re-referral; above 1: higher)" }, Y = rows.Axis,
                AreaHeight = rows.AreaHeight, Left = rows.Left, Right = rows.Right, Notes = rows.Notes,
                Shapes = [new ReferenceLine(Direction.Vertical, 1, Dash.Solid)],
                Traces =
                [
                    new PointTrace
                    {
                        X = [.. estimated.Select(i => Columns.OrMissing(ratios[i].Estimate))],
                        Y = [.. estimated.Select(i => rows.Positions[i])],
                        Lower = [.. estimated.Select(i => Columns.OrMissing(ratios[i].Lower))],
                        Upper = [.. estimated.Select(i => Columns.OrMissing(ratios[i].Upper))],
                        Symbol = Symbol.Square, Size = 8, IntervalWidth = 1.8,
                        Labels = [.. estimated.Select(i => $"{ratios[i].Term}: {Value(ratios[i])}")],
                    },
                    new PointTrace { X = [.. reference.Select(_ => 1.0)], Y = [.. reference.Select(i => rows.Positions[i])],
                        Symbol = Symbol.Circle, Size = 6, Colour = Palette.Muted },
                ],
            },
        };
    }

    private static Axis Range(IReadOnlyList<OddsRatio> ratios)
    {
        var values = ratios.SelectMany(r => new[] { r.Estimate, r.Lower, r.Upper }).OfType<double>().Where(v => double.IsFinite(v) && v > 0)
            .Append(1).ToArray();
        return Axis.Log(Math.Min(values.Min() / 1.06, 0.8), Math.Max(values.Max() * 1.06, 1.25));
    }

    private static string Value(OddsRatio ratio) => ratio switch
    {
        { IsReference: true } => "reference",
        { Estimate: { } estimate } => NumberText.Interval(estimate, Columns.OrMissing(ratio.Lower), Columns.OrMissing(ratio.Upper), 2),
        _ => "no estimate",
    };

    private static string Describe(IReadOnlyList<OddsRatio> ratios)
    {
        var known = ratios.Where(r => r.Estimate is not null && !r.IsReference).OrderBy(r => r.Estimate).ToArray();
        if (known.Length == 0) return "Odds ratios of re-referral; there is no estimate.";
        static string Of(OddsRatio r) =>
            $"{NumberText.Fixed(r.Estimate!.Value, 2)} ({(r.Section.Length > 0 ? r.Section + ": " : "")}{r.Term})";
        return $"Odds ratios of re-referral for {known.Length} terms on a logarithmic axis, from {Of(known[0])} to {Of(known[^1])}.";
    }
}
