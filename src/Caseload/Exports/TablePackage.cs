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
    /// <param name="disclosure">The disclosure policy that the tables were released under, in words.</param>
    /// <param name="origin">Where the data come from.</param>
    /// <exception cref="ProblemException">A table cannot be read, or the package not be written.</exception>
    public static void Write(string folder, string disclosure, PackageOrigin origin)
    {
        ArgumentNullException.ThrowIfNull(origin);
        var tables = Directory.GetFiles(folder, "*.csv").Order(StringComparer.Ordinal).Select(Table).ToArray();
        var package = PackageJson.Package("caseload-tables", "Tables of a run of Caseload", origin, tables);
        package["caseload:disclosure"] = disclosure;
        package["caseload:terms"] = origin.IsSimulated
            ? "Free to share under the kit's own licence."
            : "Aggregate figures after disclosure control. Whether they may leave is for the data's owner to decide.";
        PackageJson.Write(package, Path.Combine(folder, FileName));
    }

    private static JsonObject Table(string path)
    {
        var table = Frame.LoadCsv(path);
        var isMarked = table.Columns.Any(IsSuppressed);
        var schema = new JsonObject
        {
            ["fields"] = new JsonArray([.. table.Columns.Select(column => FieldJson.Plain(
                column.Name, IsSuppressed(column) ? FieldType.Number : FieldJson.TypeOf(column),
                column.Name.Replace('_', ' '), ColumnMeanings.Column(column.Name)))]),
            ["missingValues"] = isMarked ? new JsonArray("", DisclosurePolicy.Mark) : new JsonArray(""),
        };
        return PackageJson.Resource(path, ColumnMeanings.Table(PackageJson.Stem(path)), table.RowCount, schema);
    }

    // Numbers some of which are hidden: the mark stands in their place, so the file's column is text.
    private static bool IsSuppressed(Column column)
    {
        if (column is not TextColumn text) return false;
        string?[] cells = [.. Enumerable.Range(0, text.Count).Select(row => text[row])];
        return cells.Contains(DisclosurePolicy.Mark) && cells.All(cell => cell is null or DisclosurePolicy.Mark
            || double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _));
    }
}
