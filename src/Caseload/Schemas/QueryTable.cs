using Caseload.Frames;
using Caseload.Frames.Databases;

namespace Caseload.Schemas;

/// <summary>Reads the rows of a database's query by the contract of their table.</summary>
public static class QueryTable
{
    /// <summary>Reads all rows of a query into a table that may hold the rows of others already.</summary>
    /// <param name="builder">The table.</param>
    /// <param name="session">The database.</param>
    /// <param name="query">The query; the case of its columns' names does not count.</param>
    /// <param name="map">Takes the query's names to those of the contract, or null.</param>
    /// <exception cref="ProblemException">
    /// The query cannot be run, or lacks a column that the contract requires or the map names.
    /// </exception>
    public static void Append(TableBuilder builder, DatabaseSession session, DatabaseQuery query, ColumnMap? map = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(query);
        using var rows = new QueryRows(session, query);
        var schema = builder.Schema;
        var sources = CellSource.Of(schema, map, rows);
        var present = sources.Select(source => source.Field).ToHashSet();
        Require(schema, [.. schema.Fields.Select((field, i) => present.Contains(i) ? field.Name : null)], rows.Columns, rows.HeaderPlace);
        var strangers = rows.Columns.Where((_, i) => !Array.Exists(sources, source => source.Uses(i))).ToArray();
        if (strangers.Length > 0)
            builder.Note($"{query.Place} has columns that the contract does not know and that were left aside: "
                + $"{string.Join(", ", strangers)}.");
        while (rows.Read())
        {
            builder.StartRow(query.Place, rows.Line);
            foreach (var source in sources) builder.AddCell(source.Field, source.Cell(rows));
            builder.EndRow();
        }
    }

    /// <summary>
    /// The columns that hold some fields: of the same name, or else of the same name but for its case, which databases fold.
    /// </summary>
    /// <returns>A column for each field; null where there is none.</returns>
    internal static string?[] Find(IReadOnlyList<string> columns, IReadOnlyList<string> fields) =>
    [
        .. fields.Select(field => columns.FirstOrDefault(column => column == field)
            ?? columns.FirstOrDefault(column => column.Equals(field, StringComparison.OrdinalIgnoreCase))),
    ];

    /// <summary>Stops where a field that a table must have has no column.</summary>
    internal static void Require(TableSchema schema, string?[] names, IReadOnlyList<string> columns, string place)
    {
        var absent = schema.Fields.Where((field, i) => names[i] is null && !field.Optional).Select(field => field.Name).ToArray();
        if (absent.Length == 0) return;
        throw new ProblemException(new Problem(
            ProblemKind.Unreadable,
            $"no column {string.Join(", ", absent)}; the columns are {string.Join(", ", columns)}",
            $"every required column of the table \"{schema.Name}\" ({schema.Title})", place,
            "Name the columns of the query with AS, or give a column map; data-schema/dictionary.md says what each one is."));
    }
}
