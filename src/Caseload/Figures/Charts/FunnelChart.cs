using Caseload.Frames;

namespace Caseload.Figures.Charts;

/// <summary>An authority in a funnel.</summary>
/// <param name="Authority">The authority.</param>
/// <param name="Expected">The number expected of it, above 0.</param>
/// <param name="Ratio">Observed over expected.</param>
/// <param name="Class">How it compares with expectation.</param>
public sealed record FunnelPoint(string Authority, double Expected, double Ratio, ExpectationClass Class);

/// <summary>How far the limits lie from 1 at an expected number.</summary>
/// <param name="Expected">The expected number.</param>
/// <param name="Inner">The distance of the inner limits.</param>
/// <param name="Outer">The distance of the outer limits.</param>
public sealed record FunnelWidth(double Expected, double Inner, double Outer);

/// <summary>
/// Observed over expected of every authority along its expected number, with funnel limits around 1. An authority so far out that the
/// others would be pressed together lies on the edge, with its ratio beside it.
/// </summary>
public static class FunnelChart
{
    private const int MostNames = 8;
    private const double NameSize = 11;
    private const double WidestName = 230;
    private const double Gap = 7;
    private const double Line = 14;

    // Drawn in their place are ratios within so many times the widest limit; what is further out lies at that distance.
    private const double Room = 1.5;
    private const double Margin = 1.08;

    /// <summary>Draws the funnel.</summary>
    /// <param name="points">One record an authority, in any order.</param>
    /// <param name="widths">The limits, by expected number.</param>
    /// <param name="heading">Name, title, caption and kind of data.</param>
    /// <exception cref="ArgumentException">There is no authority, no limit, or a number is missing.</exception>
    public static Figure Build(IReadOnlyList<FunnelPoint> points, IReadOnlyList<FunnelWidth> widths, FigureHeading heading)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(widths);
        if (points.Count == 0 || widths.Count == 0 || !points.All(p => p.Expected > 0 && double.IsFinite(p.Ratio)))
            throw new ArgumentException("A funnel needs limits, and of each authority an expected number and a ratio.", nameof(points));
        FunnelPoint[] sorted = [.. points.OrderBy(p => p.Expected).ThenBy(p => p.Authority, StringComparer.Ordinal)];
        var reach = Room * widths.Max(w => w.Outer);
        var most = Math.Max(sorted[^1].Expected, widths[^1].Expected);
        var x = Axis.Linear(0, most) with { Title = "Re-referrals expected", HasGrid = false };
        var y = Axis.Exact(Math.Max(0, 1 - (Margin * reach)), 1 + (Margin * reach)) with { Title = "Observed over expected" };
        double Drawn(FunnelPoint point) => Math.Clamp(point.Ratio, Math.Max(0, 1 - reach), 1 + reach);
        return new Figure
        {
            Heading = heading,
            AltText = Describe(sorted),
            Table = new Frame(
            [
                Columns.Text("Authority", sorted.Select(p => p.Authority)), Columns.Number("Expected", sorted.Select(p => p.Expected)),
                Columns.Number("Ratio", sorted.Select(p => p.Ratio)), Columns.Text("Class", sorted.Select(p => Words(p.Class))),
            ]),
            Plot = Named(new Plot
            {
                Subtitle = "Each authority against what its children and figures let expect; limits at 95% and 99.8%",
                AreaHeight = 380,
                X = x,
                Y = y,
                Shapes = [new ReferenceLine(Direction.Horizontal, 1, Dash.Solid) { Colour = Palette.Ink }],
                Traces = [.. Limits(widths), .. ExpectationLook.All.Select(look => Points(look, sorted, Drawn))],
            }, [.. sorted.Where(p => p.Class != ExpectationClass.AsExpected || Drawn(p) != p.Ratio)
                .OrderByDescending(p => Math.Abs(p.Ratio - 1)).Select(p => (p, Drawn(p)))]),
        };
    }

    private static IEnumerable<Trace> Limits(IReadOnlyList<FunnelWidth> widths)
    {
        foreach (var (name, dash, width) in new (string, Dash, Func<FunnelWidth, double>)[]
        {
            ("95% limits", Dash.Dashed, w => w.Inner), ("99.8% limits", Dash.Dotted, w => w.Outer),
        })
        {
            foreach (var side in new[] { 1, -1 })
            {
                yield return new LineTrace
                {
                    Name = name, InLegend = side == 1, Dash = dash, Width = 1.4, Colour = Palette.Muted,
                    X = [.. widths.Select(w => w.Expected)], Y = [.. widths.Select(w => Math.Max(0, 1 + (side * width(w))))],
                };
            }
        }
    }

    private static PointTrace Points(ExpectationLook look, FunnelPoint[] sorted, Func<FunnelPoint, double> drawn)
    {
        FunnelPoint[] rows = [.. sorted.Where(p => p.Class == look.Class)];
        return new PointTrace
        {
            Name = $"{look.Name} ({rows.Length})", InLegend = rows.Length > 0, Colour = look.Colour, Symbol = look.Symbol, Size = 6,
            X = [.. rows.Select(p => p.Expected)], Y = [.. rows.Select(drawn)],
            Labels = [.. rows.Select(p => $"{p.Authority}: observed over expected {NumberText.Fixed(p.Ratio, 2)}, "
                + $"expected {NumberText.Count(p.Expected)}")],
        };
    }

    // The furthest first; a name that would lie on another is left to the table.
    private static Plot Named(Plot plot, IReadOnlyList<(FunnelPoint Point, double Drawn)> candidates)
    {
        var (notes, taken) = (new List<Note>(), new List<(double Left, double Right, double Middle)>());
        foreach (var (point, drawn) in candidates)
        {
            var text = TextMeasure.Fit(drawn == point.Ratio ? point.Authority : $"{point.Authority}: {NumberText.Fixed(point.Ratio, 2)}",
                NameSize, WidestName);
            var (x, middle) = (plot.X.Fraction(point.Expected) * plot.AreaWidth, (1 - plot.Y.Fraction(drawn)) * plot.AreaHeight);
            var width = TextMeasure.Width(text, NameSize);
            var isRight = x + Gap + width > plot.AreaWidth;
            var left = isRight ? x - Gap - width : x + Gap;
            var touches = taken.Any(t => left < t.Right && left + width > t.Left && Math.Abs(middle - t.Middle) < Line);
            if (notes.Count == MostNames || touches) continue;
            taken.Add((left, left + width, middle));
            notes.Add(new Note(new Place(point.Expected, drawn), text)
            {
                ShiftX = isRight ? -Gap : Gap, Anchor = isRight ? Anchor.End : Anchor.Start, Size = NameSize,
                Colour = ExpectationLook.Of(point.Class).Colour,
            });
        }

        return plot with { Notes = notes };
    }

    private static string Words(ExpectationClass of) =>
        of switch { ExpectationClass.Below => "below", ExpectationClass.Above => "above", _ => "as expected" };

    private static string Describe(FunnelPoint[] sorted) =>
        $"Observed over expected re-referrals of {sorted.Length} authorities, from {NumberText.Fixed(sorted.Min(p => p.Ratio), 2)} to "
        + $"{NumberText.Fixed(sorted.Max(p => p.Ratio), 2)}: {sorted.Count(p => p.Class == ExpectationClass.Below)} below expectation, "
        + $"{sorted.Count(p => p.Class == ExpectationClass.Above)} above.";
}
