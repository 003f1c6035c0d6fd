namespace Caseload.Frames;

/// <summary>The frames that describe a frame.</summary>
internal static class FrameSummaries
{
    internal static Frame Info(Frame frame) => new([
        TextColumn.Of("column", frame.Columns.Select(c => c.Name)),
        TextColumn.Of("type", frame.Columns.Select(c => c.Type.ToString())),
        new IntegerColumn("present", [.. frame.Columns.Select(c => c.Count - c.MissingCount)]),
        new IntegerColumn("missing", [.. frame.Columns.Select(c => c.MissingCount)]),
    ]);

    internal static Frame Description(Frame frame)
    {
        var columns = frame.Columns.Where(c => c.Type is ColumnType.Number or ColumnType.Integer).ToArray();
        var sorted = columns.Select(c => Present(frame, c.Name)).ToArray();
        NumberColumn Each(string name, Func<double[], double> statistic) =>
            new(name, [.. sorted.Select(v => v.Length == 0 ? double.NaN : statistic(v))]);
        return new Frame([
            TextColumn.Of("column", columns.Select(c => c.Name)),
            new IntegerColumn("count", [.. sorted.Select(v => v.Length)]),
            new IntegerColumn("missing", [.. columns.Select(c => c.MissingCount)]),
            Each("mean", v => v.Average()),
            Each("sd", Deviation),
            Each("min", v => v[0]),
            Each("q25", v => Quantile(v, 0.25)),
            Each("median", v => Quantile(v, 0.5)),
            Each("q75", v => Quantile(v, 0.75)),
            Each("max", v => v[^1]),
        ]);
    }

    /// <summary>The quantile of sorted values by linear interpolation (type 7 of Hyndman and Fan 1996, the default of R).</summary>
    internal static double Quantile(double[] sorted, double p)
    {
        var at = (sorted.Length - 1) * p;
        var below = (int)Math.Floor(at);
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((at - below) * (sorted[above] - sorted[below]));
    }

    private static double Deviation(double[] values)
    {
        if (values.Length < 2) return double.NaN;
        var mean = values.Average();
        return Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1));
    }

    private static double[] Present(Frame frame, string name)
    {
        var values = frame.Number(name).Values.ToArray().Where(v => !double.IsNaN(v)).ToArray();
        Array.Sort(values);
        return values;
    }
}
