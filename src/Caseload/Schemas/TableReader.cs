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

    /// <summary>Reads one file.</summary>
    /// <param name="schema">The table's contract.</param>
    /// <param name="path">A CSV file, one that ends in <c>.gz</c>, or <c>-</c> for standard input.</param>
    /// <exception cref="ProblemException">The file cannot be read, or lacks a column that the contract requires.</exception>
    public static TableReading Read(TableSchema schema, string path)
    {
        var builder = new TableBuilder(schema);
        Append(builder, path);
        return builder.Build();
    }

    /// <summary>Reads one file into a table that may hold the rows of others already.</summary>
    /// <param name="builder">The table.</param>
    /// <param name="path">A CSV file, one that ends in <c>.gz</c>, or <c>-</c> for standard input.</param>
    /// <exception cref="ProblemException">The file cannot be read, or lacks a column that the contract requires.</exception>
    public static void Append(TableBuilder builder, string path)
    {
        ArgumentNullException.ThrowIfNull(builder);
        using var rows = CsvRows.Open(path);
        var schema = builder.Schema;
        var places = schema.Fields.Select(field => Place(rows.Header, field.Name)).ToArray();
        RequireColumns(schema, places, rows);
        NoteHeader(builder, rows);
        var cells = new string[places.Length];
        while (rows.Read())
        {
            if (rows.CellCount != rows.Header.Count)
            {
                builder.RejectRow(
                    new CellFinding(rows.Source, rows.Line, "(row)", $"{rows.CellCount} cells", $"{rows.Header.Count}, as in the header"),
                    "Row with more or fewer cells than the header");
                continue;
            }

            for (var i = 0; i < cells.Length; i++) cells[i] = places[i] < 0 ? "" : rows[places[i]];
            builder.AddRow(rows.Source, rows.Line, cells);
        }
    }

    private static int Place(IReadOnlyList<string> header, string name)
    {
        for (var i = 0; i < header.Count; i++)
        {
            if (header[i] == name) return i;
        }

        return -1;
    }

    private static void RequireColumns(TableSchema schema, int[] places, CsvRows rows)
    {
        var absent = schema.Fields.Where((field, i) => places[i] < 0 && !field.Optional).Select(field => field.Name).ToArray();
        if (absent.Length == 0) return;
        throw new ProblemException(new Problem(
            ProblemKind.Unreadable,
            $"no column {string.Join(", ", absent)}; the columns are {string.Join(", ", rows.Header)}",
            $"every required column of the table \"{schema.Name}\" ({schema.Title})",
            $"{rows.Source}, line 1",
            "Rename the columns, or export them too; data-schema/dictionary.md says what each one is. Names are case sensitive."));
    }

    private static void NoteHeader(TableBuilder builder, CsvRows rows)
    {
        if (rows.Encoding == TextEncoding.Windows1252)
            builder.Note($"{rows.Source} is not UTF-8 and was read as Windows-1252.");
        var strangers = rows.Header.Where(name => builder.Schema.Find(name) is null && name is not (FileColumn or LineColumn)).ToArray();
        if (strangers.Length > 0)
            builder.Note($"{rows.Source} has columns that the contract does not know and that were left aside: "
                + $"{string.Join(", ", strangers)}.");
    }
}
