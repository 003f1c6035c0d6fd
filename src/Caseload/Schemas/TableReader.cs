using Caseload.Frames;
using Caseload.Frames.Csv;

namespace Caseload.Schemas;

/// <summary>Reads CSV files by the contract of their table.</summary>
public static class TableReader
{
    /// <summary>The column that says which file a row came from.</summary>
    public const string FileColumn = "source_file";

    /// <summary>The column that says which line of the file a row came from.</summary>
    public const string LineColumn = "source_line";

    private const int MostNamed = 40;

    /// <summary>Reads one file.</summary>
    /// <param name="schema">The table's contract.</param>
    /// <param name="path">A CSV file, one that ends in <c>.gz</c>, or <c>-</c> for standard input.</param>
    /// <param name="map">Takes the file's names to those of the contract, or null.</param>
    /// <exception cref="ProblemException">The file cannot be read, or lacks a column that the contract requires.</exception>
    public static TableReading Read(TableSchema schema, string path, ColumnMap? map = null)
    {
        var builder = new TableBuilder(schema);
        Append(builder, path, map);
        return builder.Build();
    }

    /// <summary>Reads one file into a table that may hold the rows of others already.</summary>
    /// <param name="builder">The table.</param>
    /// <param name="path">A CSV file, one that ends in <c>.gz</c>, or <c>-</c> for standard input.</param>
    /// <param name="map">Takes the file's names to those of the contract, or null.</param>
    /// <exception cref="ProblemException">The file cannot be read, or lacks a column that the contract requires.</exception>
    public static void Append(TableBuilder builder, string path, ColumnMap? map = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var rows = CsvRows.Open(path);
        using var cells = new FileRows(rows);
        var sources = CellSource.Of(builder.Schema, map, cells);
        RequireColumns(builder.Schema, sources, rows);
        NoteHeader(builder, sources, rows);
        while (rows.Read())
        {
            if (rows.CellCount != rows.Header.Count)
            {
                builder.RejectRow(
                    new CellFinding(rows.Source, rows.Line, "(row)", $"{rows.CellCount} cells", $"{rows.Header.Count}, as in the header"),
                    "Row with more or fewer cells than the header");
                continue;
            }

            builder.StartRow(rows.Source, rows.Line);
            foreach (var source in sources) builder.AddCell(source.Field, source.Cell(cells));
            builder.EndRow();
        }
    }

    private static void RequireColumns(TableSchema schema, CellSource[] sources, CsvRows rows)
    {
        var present = sources.Select(source => source.Field).ToHashSet();
        var absent = schema.Fields.Where((field, i) => !field.Optional && !present.Contains(i)).Select(field => field.Name).ToArray();
        if (absent.Length == 0) return;
        throw new ProblemException(new Problem(
            ProblemKind.Unreadable,
            $"no column {string.Join(", ", absent)}; the columns are {Named(rows.Header)}",
            $"every required column of the table \"{schema.Name}\" ({schema.Title})",
            $"{rows.Source}, line 1",
            "Rename the columns, give a column map, or export them too; data-schema/dictionary.md says what each one is. "
                + "Names are case sensitive."));
    }

    private static void NoteHeader(TableBuilder builder, CellSource[] sources, CsvRows rows)
    {
        if (rows.Encoding == TextEncoding.Windows1252)
            builder.Note($"{rows.Source} is not UTF-8 and was read as Windows-1252.");
        var strangers = rows.Header
            .Where((name, i) => name is not (FileColumn or LineColumn) && !Array.Exists(sources, source => source.Uses(i))).ToArray();
        if (strangers.Length > 0)
            builder.Note($"{rows.Source} has columns that the contract does not know and that were left aside: {Named(strangers)}.");
    }

    private static string Named(IReadOnlyList<string> names) => string.Join(", ", names.Take(MostNamed))
        + (names.Count > MostNamed ? $" and {names.Count - MostNamed} more" : "");
}
