using System.Globalization;
using System.Text.Json.Nodes;
using Caseload.Disclosure;
using Caseload.Frames;
using Caseload.Schemas;

namespace Caseload.Exports;

/// <summary>The data package of the tables of a run: each CSV file as it lies on disk, with its columns, their types and meaning.</summary>
public static class TablePackage
{
    /// <summary>The name of the package in the folder of the tables.</summary>
    public const string FileName = "datapackage.json";

    /// <summary>Writes the package.</summary>
    /// <param name="folder">The folder of the tables, which have been written.</param>
    /// <param name="policy">The disclosure policy that the tables were released under.</param>
    /// <param name="origin">Where the data come from.</param>
    /// <exception cref="ProblemException">A table cannot be read, or the package not be written.</exception>
    public static void Write(string folder, DisclosurePolicy policy, PackageOrigin origin)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(origin);
        var tables = Directory.GetFiles(folder, "*.csv").Order(StringComparer.Ordinal).Select(path => Table(path, policy.Mark)).ToArray();
        var package = PackageJson.Package("caseload-tables", "Tables of a run of Caseload", origin, tables);
        package["caseload:disclosure"] = policy.Words;
        package["caseload:terms"] = origin.IsSimulated
            ? "Free to share under the kit's own licence."
            : "Aggregate figures after disclosure control. Whether they may leave is for the data's owner to decide.";
        PackageJson.Write(package, Path.Combine(folder, FileName));
    }

    private static JsonObject Table(string path, string mark)
    {
        var table = Frame.LoadCsv(path);
        var isMarked = table.Columns.Any(column => IsSuppressed(column, mark));
        var schema = new JsonObject
        {
            ["fields"] = new JsonArray([.. table.Columns.Select(column => FieldJson.Plain(
                column.Name, IsSuppressed(column, mark) ? FieldType.Number : FieldJson.TypeOf(column),
                column.Name.Replace('_', ' '), ColumnMeanings.Column(column.Name)))]),
            ["missingValues"] = isMarked ? new JsonArray("", mark) : new JsonArray(""),
        };
        return PackageJson.Resource(path, ColumnMeanings.Table(PackageJson.Stem(path)), table.RowCount, schema);
    }

    // Numbers some of which are hidden: the mark stands in their place, so the file's column is text.
    private static bool IsSuppressed(Column column, string mark)
    {
        if (column is not TextColumn text) return false;
        string?[] cells = [.. Enumerable.Range(0, text.Count).Select(row => text[row])];
        return cells.Contains(mark) && cells.All(cell => cell is null || cell == mark
            || double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _));
    }
}
