namespace Caseload.Figures;

/// <summary>Round numbers along an axis.</summary>
public static class Ticks
{
    private const int MostSteps = 7;
    private static readonly double[][] LogSteps = [[1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 8], [1, 1.5, 2, 3, 5, 7], [1, 2, 5], [1, 3], [1]];

    /// <summary>Multiples of 1, 2, 2.5 or 5 times a power of ten, about five of them.</summary>
    /// <param name="min">One end of the range.</param>
    /// <param name="max">The other end.</param>
    /// <returns>The ticks inside the range, smallest first.</returns>
    public static IReadOnlyList<double> Linear(double min, double max)
    {
        var (low, high) = min <= max ? (min, max) : (max, min);
        var step = Step(high - low);
        var first = (long)Math.Ceiling(low / step - 1e-9);
        var last = (long)Math.Floor(high / step + 1e-9);
        return [.. Enumerable.Range(0, (int)(last - first + 1)).Select(i => Round((first + i) * step, step))];
    }

    /// <summary>The range widened outward to the next ticks.</summary>
    /// <param name="low">The smallest value.</param>
    /// <param name="high">The largest value; where it is the smallest too, the range is one unit of its size.</param>
    public static (double Min, double Max) Cover(double low, double high)
    {
        if (!(high > low)) (low, high) = (low - Math.Max(Math.Abs(low), 1) / 2, low + Math.Max(Math.Abs(low), 1) / 2);
        while (true)
        {
            var step = Step(high - low);
            var (min, max) = (Round(Math.Floor(low / step + 1e-9) * step, step), Round(Math.Ceiling(high / step - 1e-9) * step, step));

            // The wider range may call for a wider step, of which its ends need not be multiples.
            if (Step(max - min) == step) return (min, max);
            (low, high) = (min, max);
        }
    }

    /// <summary>Round numbers on a logarithmic axis: as many in each decade as leave between three and eight in all.</summary>
    /// <param name="min">The lower end, above zero.</param>
    /// <param name="max">The upper end.</param>
    /// <exception cref="ArgumentOutOfRangeException">The lower end is not above zero.</exception>
    public static IReadOnlyList<double> Log(double min, double max)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(min);
        var decades = Enumerable.Range((int)Math.Floor(Math.Log10(min)),
            (int)(Math.Floor(Math.Log10(max)) - Math.Floor(Math.Log10(min))) + 1).ToArray();
        foreach (var steps in LogSteps)
        {
            var ticks = decades.SelectMany(decade => steps.Select(s => Scale(s, decade)))
                .Where(t => t >= min * (1 - 1e-9) && t <= max * (1 + 1e-9)).ToArray();
            if (ticks.Length is >= 3 and <= 8) return ticks;
        }

        // Under half a decade the scale is nearly linear; over eight decades whole powers are thinned out.
        if (decades.Length < 3) return Linear(min, max);
        var stride = (decades.Length + 7) / 8;
        return [.. decades.Where((_, i) => i % stride == 0).Select(decade => Scale(1, decade)).Where(t => t >= min && t <= max)];
    }

    /// <summary>Ticks with their numbers written out, all with as many decimals as the finest needs.</summary>
    /// <param name="values">The ticks.</param>
    /// <param name="format">How numbers are written.</param>
    public static IReadOnlyList<Tick> Labelled(IReadOnlyList<double> values, AxisFormat format)
    {
        ArgumentNullException.ThrowIfNull(values);
        var factor = format == AxisFormat.Percent ? 100 : 1;
        var equal = values.Count < 3 || Math.Abs(values[^1] - values[^2] - (values[1] - values[0])) < 1e-9 * Math.Abs(values[^1]);
        var common = values.Count == 0 ? 0 : values.Max(v => Decimals(v * factor));
        return [.. values.Select(v => new Tick(v, Text(v, equal ? common : Decimals(v * factor), format)))];
    }

    private static string Text(double value, int decimals, AxisFormat format) =>
        format == AxisFormat.Percent ? NumberText.Percent(value, decimals) : NumberText.Fixed(value, decimals);

    private static int Decimals(double value)
    {
        var decimals = 0;
        while (decimals < 8 && Math.Abs(value - Math.Round(value, decimals)) > 1e-9 * Math.Max(1e-3, Math.Abs(value))) decimals++;
        return decimals;
    }

    private static double Step(double range)
    {
        var rough = range / MostSteps;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var lead = rough / power;
        return power * (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 2.5 ? 2.5 : lead <= 5 ? 5 : 10);
    }

    // Multiples of a step such as 0.1 carry rounding noise that would show in labels and in bytes.
    private static double Round(double value, double step) =>
        Math.Round(value, Math.Clamp(2 - (int)Math.Floor(Math.Log10(step)), 0, 15)) + 0.0;

    private static double Scale(double lead, int decade) => decade >= 0 ? lead * Math.Pow(10, decade) : lead / Math.Pow(10, -decade);
}
