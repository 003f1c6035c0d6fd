using Caseload.Frames;

namespace Caseload.Figures.Charts;

/// <summary>Columns of the table behind a chart.</summary>
internal static class Columns
{
    public static Column Text(string name, IEnumerable<string> values) => TextColumn.Of(name, values);

    public static Column Number(string name, IEnumerable<double> values) => new NumberColumn(name, [.. values]);

    public static Column Number(string name, IEnumerable<double?> values) => new NumberColumn(name, [.. values.Select(OrMissing)]);

    public static Column Count(string name, IEnumerable<int?> values) =>
        new IntegerColumn(name, [.. values.Select(v => v ?? IntegerColumn.Missing)]);

    public static double OrMissing(double? value) => value ?? double.NaN;
}
