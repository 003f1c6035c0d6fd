using Caseload.Frames;

namespace Caseload.Figures.Charts;

/// <summary>How an authority compares with what the model expects of it.</summary>
public enum ExpectationClass
{
    /// <summary>Less re-referral than expected.</summary>
    Below,

    /// <summary>No more and no less than chance explains.</summary>
    AsExpected,

    /// <summary>More re-referral than expected.</summary>
    Above,
}

/// <summary>An authority's effect in the model.</summary>
/// <param name="Authority">The authority.</param>
/// <param name="Effect">The effect on the scale of log odds; 0 is as expected.</param>
/// <param name="Lower">The lower end of its comparison interval.</param>
/// <param name="Upper">The upper end.</param>
/// <param name="Class">How it compares with expectation.</param>
public sealed record AuthorityEffect(string Authority, double Effect, double Lower, double Upper, ExpectationClass Class);

/// <summary>
/// The effects of all authorities in order of size, with their intervals (a caterpillar plot). The furthest of those below and above
/// expectation are named in the drawing, all of them in the table behind it.
/// </summary>
public static class CaterpillarChart
{
    private const int MostNames = 10;
    private const double NameSize = 11;
    private const double WidestName = 230;
    private const double Height = 440;
    private const double Gap = 10;

    /// <summary>Draws the effects.</summary>
    /// <param name="effects">One record an authority, in any order.</param>
    /// <param name="heading">Name, title, caption and kind of data.</param>
    /// <exception cref="ArgumentException">There is no authority, or an effect is not a number.</exception>
    public static Figure Build(IReadOnlyList<AuthorityEffect> effects, FigureHeading heading)
    {
        ArgumentNullException.ThrowIfNull(effects);
        if (effects.Count == 0 || !effects.All(e => double.IsFinite(e.Effect)))
            throw new ArgumentException("A caterpillar plot needs an authority, and a number for the effect of each.", nameof(effects));
        AuthorityEffect[] sorted = [.. effects.OrderBy(e => e.Effect).ThenBy(e => e.Authority, StringComparer.Ordinal)];
        var plot = new Plot
        {
            Subtitle = "Effect of each authority with its interval for pairs, in order of size",
            AreaHeight = Height,
            X = Axis.Exact(0, sorted.Length + 1) with { Title = "Authorities, from the lowest effect to the highest", HasGrid = false,
                Ticks = Ranks(sorted.Length) },
            Y = Axis.Hidden(0, 1),
            Traces = [.. ExpectationLook.All.Select(look => Points(look.Class, sorted))],
            Shapes = [new ReferenceLine(Direction.Horizontal, 0, Dash.Solid) { Colour = Palette.Ink }],
        };
        return new Figure
        {
            Heading = heading,
            AltText = Describe(sorted),
            Table = new Frame(
            [
                Columns.Text("Authority", sorted.Select(e => e.Authority)), Columns.Number("Effect", sorted.Select(e => e.Effect)),
                Columns.Number("Lower", sorted.Select(e => e.Lower)), Columns.Number("Upper", sorted.Select(e => e.Upper)),
                Columns.Text("Class", sorted.Select(e => Words(e.Class))),
            ]),
            Plot = Named(plot, sorted),
        };
    }

    // The first and the last rank, and round ones between that do not crowd the last.
    private static IReadOnlyList<Tick> Ranks(int count)
    {
        var round = Ticks.Linear(1, count).Where(t => t == Math.Round(t) && count - t > count / 20.0);
        return [.. round.Prepend(1).Append(count).Distinct().Order().Select(t => new Tick(t, NumberText.Count(t)))];
    }

    private static PointTrace Points(ExpectationClass of, AuthorityEffect[] sorted)
    {
        var (_, name, colour, symbol) = ExpectationLook.Of(of);
        int[] rows = [.. Enumerable.Range(0, sorted.Length).Where(i => sorted[i].Class == of)];
        var (size, width) = sorted.Length > 60 ? (5, 1.1) : (7, 1.6);
        return new PointTrace
        {
            Name = $"{name} ({rows.Length})", InLegend = rows.Length > 0, Colour = colour, Symbol = symbol, Size = size,
            IntervalWidth = width, IntervalDirection = Direction.Vertical,
            X = [.. rows.Select(i => i + 1.0)], Y = [.. rows.Select(i => sorted[i].Effect)],
            Lower = [.. rows.Select(i => sorted[i].Lower)], Upper = [.. rows.Select(i => sorted[i].Upper)],
            Labels = [.. rows.Select(i =>
                $"{sorted[i].Authority}: {NumberText.Interval(sorted[i].Effect, sorted[i].Lower, sorted[i].Upper, 2)}")],
        };
    }

    // The range grows until the names at both ends have room below and above the intervals.
    private static Plot Named(Plot plot, AuthorityEffect[] sorted)
    {
        var reversed = sorted.Reverse().ToArray();
        var low = Math.Min(0, sorted.Min(e => double.IsFinite(e.Lower) ? e.Lower : e.Effect));
        var high = Math.Max(0, sorted.Max(e => double.IsFinite(e.Upper) ? e.Upper : e.Effect));
        if (high - low < 1e-6) (low, high) = (low - 0.5, high + 0.5);
        var (below, above) = (Choose(plot, sorted, ExpectationClass.Below), Choose(plot, reversed, ExpectationClass.Above));
        for (var (bottom, top) = (10.0, 10.0); ;)
        {
            var unit = (high - low) / (Height - bottom - top);
            var sized = plot with { Y = Axis.Exact(low - bottom * unit, high + top * unit) with { Title = "Log odds" } };
            var under = CaterpillarLabels.Place([.. sorted.Select(e => Height - Pixels(e.Lower, e.Effect))], below.Named, below.Covered);
            var over = CaterpillarLabels.Place([.. reversed.Select(e => Pixels(e.Upper, e.Effect))], above.Named, above.Covered);
            if (under.Reach <= Height - 4 && over.Reach <= Height - 4) return Write(sized, new End(sorted, under), new End(reversed, over));
            if (under.Reach > Height - 4) bottom += 6;
            if (over.Reach > Height - 4) top += 6;

            double Pixels(double end, double effect) => sized.Y.Fraction(double.IsFinite(end) ? end : effect) * Height;
        }
    }

    // How many of the outermost points are named, and how many points their names pass; fewer are named where the room across is short.
    private static (int Named, int Covered) Choose(Plot plot, AuthorityEffect[] outermostFirst, ExpectationClass of)
    {
        var step = plot.AreaWidth / (outermostFirst.Length + 1);
        var named = Math.Min(MostNames, outermostFirst.TakeWhile(e => e.Class == of).Count());
        for (; named > 0; named--)
        {
            var widest = outermostFirst.Take(named).Max(e => TextMeasure.Width(Name(e), NameSize));
            var reach = named * step + Gap + widest + 4;
            if (reach <= plot.AreaWidth) return (named, (int)Math.Ceiling(reach / step));
        }

        return (0, 0);
    }

    private static Plot Write(Plot plot, End under, End over)
    {
        var (x, y, notes) = (new List<double>(), new List<double>(), new List<Note>());
        double Value(double fromBottom) => plot.Y.Min + fromBottom / Height * (plot.Y.Max - plot.Y.Min);
        void Add(End end, bool isUnder)
        {
            var perPixel = (plot.X.Max - plot.X.Min) / plot.AreaWidth;
            double Rank(int i) => isUnder ? i + 1 : end.Rows.Length - i;
            for (var i = 0; i < end.Labels.Slots.Count; i++)
            {
                var row = end.Rows[i];
                var height = Value(isUnder ? Height - end.Labels.Slots[i] : end.Labels.Slots[i]);
                var interval = isUnder ? row.Lower : row.Upper;
                var beside = Rank(end.Labels.Slots.Count - 1) + (isUnder ? 1 : -1) * Gap * perPixel;
                x.AddRange([Rank(i), Rank(i), beside, double.NaN]);
                y.AddRange([double.IsFinite(interval) ? interval : row.Effect, height, height, double.NaN]);
                notes.Add(new Note(new Place(beside, height), Name(row))
                {
                    ShiftX = isUnder ? 3 : -3, Anchor = isUnder ? Anchor.Start : Anchor.End, Size = NameSize,
                    Colour = ExpectationLook.Of(row.Class).Colour,
                });
            }
        }

        Add(under, isUnder: true);
        Add(over, isUnder: false);
        var leaders = new LineTrace { X = x, Y = y, Width = 0.8, Colour = Palette.Rule, InLegend = false };
        return plot with { Traces = [leaders, .. plot.Traces], Notes = notes };
    }

    // One end of the plot: its rows, the outermost first, and the places of the names.
    private sealed record End(AuthorityEffect[] Rows, CaterpillarLabels Labels);

    private static string Name(AuthorityEffect effect) => TextMeasure.Fit(effect.Authority, NameSize, WidestName);

    private static string Words(ExpectationClass of) =>
        of switch { ExpectationClass.Below => "below", ExpectationClass.Above => "above", _ => "as expected" };

    private static string Describe(AuthorityEffect[] sorted)
    {
        int Count(ExpectationClass of) => sorted.Count(e => e.Class == of);
        return $"Effects of {sorted.Length} authorities on re-referral in order of size, " +
            $"from {NumberText.Fixed(sorted[0].Effect, 2)} to {NumberText.Fixed(sorted[^1].Effect, 2)} log odds: " +
            $"{Count(ExpectationClass.Below)} below expectation, {Count(ExpectationClass.AsExpected)} as expected, " +
            $"{Count(ExpectationClass.Above)} above.";
    }
}
