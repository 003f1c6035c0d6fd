namespace Caseload.Figures.Charts;

/// <summary>One line of a pair of steps.</summary>
/// <param name="Name">What it is of.</param>
/// <param name="Shares">A share a step, 0 to 1; not a number where suppressed.</param>
internal sealed record StepLine(string Name, double[] Shares);

/// <summary>Two lines of steps that are labelled where they lie: values at each step, the name beside the last.</summary>
internal static class StepPair
{
    private const double LabelSize = 11.5;

    /// <summary>Draws the pair.</summary>
    /// <param name="steps">The names of the steps, in order.</param>
    /// <param name="first">The dashed line.</param>
    /// <param name="second">The unbroken line.</param>
    /// <param name="label">What a point says when it is pointed at: the line's name, the step, the share.</param>
    public static Plot Plot(IReadOnlyList<string> steps, StepLine first, StepLine second, Func<string, string, string, string> label)
    {
        var highest = first.Shares.Concat(second.Shares).Where(double.IsFinite).DefaultIfEmpty(0).Max();
        LineTrace Line(StepLine line) => new()
        {
            Name = line.Name, InLegend = false, X = [.. Enumerable.Range(0, steps.Count).Select(i => (double)i)], Y = line.Shares,
            Shape = LineShape.Step, HasPoints = true,
            Labels = [.. steps.Zip(line.Shares, (step, share) => label(line.Name, step, NumberText.Percent(share, 1)))],
        };
        var plot = new Plot
        {
            X = Axis.Categories([.. steps]),
            Y = Axis.Linear(0, Math.Max(highest * 1.1, 0.05), AxisFormat.Percent),
            Right = 104,
            Traces = [Line(first) with { Colour = Palette.Orange, Dash = Dash.Dashed }, Line(second)],
        };
        return plot with { Notes = [.. Values(plot, first.Shares, second.Shares), .. Names(plot, first.Shares, second.Shares)] };
    }

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

    private static Note Value(int step, double share, bool above, Colour colour) =>
        new(new Place(step, share), NumberText.Percent(share, 1))
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
            var name = plot.Traces[i].Name;
            var at = name.LastIndexOf(' ');
            yield return new Note(new Place(1, ends[i]), at < 0 ? name : $"{name[..at]}\n{name[(at + 1)..]}")
            {
                XOfArea = true, ShiftX = -20, ShiftY = places[i] - Pixels(ends[i]), Colour = plot.Traces[i].Colour, IsBold = true,
            };
        }
    }
}
