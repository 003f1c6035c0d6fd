using Caseload.Frames;

namespace Caseload.Figures.Charts;

/// <summary>A predicted probability of re-referral at one referral rate.</summary>
/// <param name="ReferralRate">Referrals per 10,000 children.</param>
/// <param name="Probability">The probability, from 0 to 1.</param>
/// <param name="Lower">The lower edge of its band.</param>
/// <param name="Upper">The upper edge.</param>
public sealed record InteractionPoint(double ReferralRate, double Probability, double Lower, double Upper);

/// <summary>The predictions at one number of children in need per social worker.</summary>
/// <param name="CinPerSocialWorker">Children in need per social worker.</param>
/// <param name="Points">The predictions, in order of the referral rate.</param>
public sealed record InteractionCurve(double CinPerSocialWorker, IReadOnlyList<InteractionPoint> Points);

/// <summary>What the interaction chart shows.</summary>
/// <param name="Curves">One curve a number of children in need per social worker, smallest first; at most five.</param>
/// <param name="AuthorityRates">The referral rate of each authority, for the rug: where there are data.</param>
/// <param name="PublishedMedian">The national median of the referral rate that the study printed.</param>
public sealed record InteractionData(IReadOnlyList<InteractionCurve> Curves, IReadOnlyList<double> AuthorityRates, double PublishedMedian);

/// <summary>Predicted probability of re-referral over the referral rate, one line a number of children in need per social worker.</summary>
public static class InteractionChart
{
    private static readonly Dash[] Dashes = [Dash.Solid, Dash.Dashed, Dash.DashDot, Dash.Dotted, Dash.Solid];

    /// <summary>Draws the lines.</summary>
    /// <param name="data">The predictions, the authorities and the median.</param>
    /// <param name="heading">Name, title, caption and kind of data.</param>
    /// <exception cref="ArgumentException">There is no curve, more than five, or one without points.</exception>
    public static Figure Build(InteractionData data, FigureHeading heading)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Curves.Count is 0 or > 5 || data.Curves.Any(c => c.Points.Count == 0))
            throw new ArgumentException("An interaction chart has one to five curves, each with points.", nameof(data));
        var points = data.Curves.SelectMany(c => c.Points).ToArray();
        var rates = points.Select(p => p.ReferralRate).Concat(data.AuthorityRates).ToArray();
        var plot = new Plot
        {
            Subtitle = data.AuthorityRates.Count == 0
                ? "Lines: predictions with 95% bands."
                : $"Lines: predictions with 95% bands. Strokes on the axis: the referral rates of {data.AuthorityRates.Count} authorities.",
            AreaHeight = 360, Right = 108,
            X = Referrals(rates) with { Title = "Referrals per 10,000 children", HasGrid = false },
            Y = Probabilities(points) with { Title = "Predicted probability of re-referral" },
            Shapes = [new ReferenceLine(Direction.Vertical, data.PublishedMedian, Dash.Dashed)],
            Traces = [.. data.Curves.Select((curve, i) => Line(curve, Look(i, data.Curves.Count), Dashes[i])),
                new RugTrace { X = data.AuthorityRates, Colour = Palette.Muted }],
        };
        return new Figure
        {
            Heading = heading,
            AltText = Describe(data),
            Table = Table(data),
            Plot = plot with { Notes = [Median(plot, data.PublishedMedian), .. EndLabels(plot, data)] },
        };
    }

    private static Axis Referrals(double[] rates)
    {
        var edge = Math.Max(rates.Max() - rates.Min(), 1) * 0.02;
        return Axis.Exact(rates.Min() - edge, rates.Max() + edge);
    }

    // Room above the lines for the label of the median, and below them for the rug.
    private static Axis Probabilities(InteractionPoint[] points)
    {
        var drawn = points.SelectMany(p => new[] { p.Lower, p.Probability, p.Upper }).Where(double.IsFinite).DefaultIfEmpty(0.5).ToArray();
        var (low, high) = (drawn.Min(), drawn.Max());
        var range = Math.Max(high - low, 0.02);
        return Axis.Linear(Math.Max(0, low - 0.05 * range), Math.Min(1, high + 0.08 * range), AxisFormat.Percent);
    }

    // Few curves take colours from the whole range, so that neighbours stay apart.
    private static Colour Look(int index, int count) => Palette.Ordered[count == 1 ? 0 : index * (Palette.Ordered.Count - 1) / (count - 1)];

    private static LineTrace Line(InteractionCurve curve, Colour colour, Dash dash) => new()
    {
        Name = $"{NumberText.General(curve.CinPerSocialWorker)} CIN per social worker", InLegend = false, Colour = colour, Dash = dash,
        X = [.. curve.Points.Select(p => p.ReferralRate)], Y = [.. curve.Points.Select(p => p.Probability)],
        Lower = [.. curve.Points.Select(p => p.Lower)], Upper = [.. curve.Points.Select(p => p.Upper)],
        Labels = [.. curve.Points.Select(p =>
            $"{NumberText.General(curve.CinPerSocialWorker)} CIN per social worker, " +
            $"{NumberText.Count(p.ReferralRate)} referrals per 10,000:\n" +
            $"{NumberText.Percent(p.Probability, 1)} ({NumberText.Percent(p.Lower, 1)} to {NumberText.Percent(p.Upper, 1)})")],
    };

    private static Note Median(Plot plot, double median)
    {
        var leftHalf = plot.X.Fraction(median) < 0.6;
        return new Note(new Place(median, plot.Y.Max), $"published national median, {NumberText.General(median)}")
        {
            ShiftX = leftHalf ? 6 : -6, ShiftY = 9, Anchor = leftHalf ? Anchor.Start : Anchor.End, Size = 11.5, Colour = Palette.Muted,
        };
    }

    private static IEnumerable<Note> EndLabels(Plot plot, InteractionData data)
    {
        double Pixels(double y) => (1 - plot.Y.Fraction(y)) * plot.AreaHeight;
        var ends = data.Curves.Select(c => c.Points[^1]).ToArray();
        var places = LabelSpread.Apart([.. ends.Select(e => Pixels(e.Probability))], 36);
        for (var i = 0; i < ends.Length; i++)
        {
            yield return new Note(new Place(1, ends[i].Probability),
                $"{NumberText.General(data.Curves[i].CinPerSocialWorker)} CIN per\nsocial worker")
            {
                XOfArea = true, ShiftX = 8, ShiftY = places[i] - Pixels(ends[i].Probability), Colour = plot.Traces[i].Colour, IsBold = true,
            };
        }
    }

    private static Frame Table(InteractionData data)
    {
        var rows = data.Curves.SelectMany(c => c.Points.Select(p => (c.CinPerSocialWorker, Point: p))).ToArray();
        return new Frame(
        [
            Columns.Number("CIN per social worker", rows.Select(r => r.CinPerSocialWorker)),
            Columns.Number("Referrals per 10,000", rows.Select(r => r.Point.ReferralRate)),
            Columns.Number("Probability", rows.Select(r => r.Point.Probability)), Columns.Number("Lower", rows.Select(r => r.Point.Lower)),
            Columns.Number("Upper", rows.Select(r => r.Point.Upper)),
        ]);
    }

    private static string Describe(InteractionData data)
    {
        var lines = data.Curves.Select(c =>
            $"from {NumberText.Percent(c.Points[0].Probability, 1)} to {NumberText.Percent(c.Points[^1].Probability, 1)} at " +
            $"{NumberText.General(c.CinPerSocialWorker)} CIN per social worker");
        var points = data.Curves[0].Points;
        return $"Predicted probability of re-referral as the referral rate goes from {NumberText.Count(points[0].ReferralRate)} to " +
            $"{NumberText.Count(points[^1].ReferralRate)} per 10,000: {string.Join("; ", lines)}.";
    }
}
