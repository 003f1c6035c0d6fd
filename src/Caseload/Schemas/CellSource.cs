using System.Text;
using Caseload.Frames.Csv;

namespace Caseload.Schemas;

/// <summary>Where the cells of a field stand in a table: in one column, in several, or in none where the map gives a constant.</summary>
internal sealed class CellSource
{
    private readonly int[] places;
    private readonly byte[] constant;
    private readonly LevelCoder? from;
    private readonly List<byte[]> to = [];
    private readonly byte? separator;
    private byte[] joined = [];

    private CellSource(int field, int[] places, byte[] constant, Field of, IReadOnlyDictionary<string, string>? values)
    {
        (Field, this.places, this.constant) = (field, places, constant);
        separator = places.Length > 1 ? (byte?)of.Separator : null;
        if (values is null) return;
        from = new LevelCoder();
        foreach (var (text, meaning) in values)
        {
            from.CodeOf(Encoding.UTF8.GetBytes(text));
            to.Add(Encoding.UTF8.GetBytes(meaning));
        }
    }

    /// <summary>The field, by its place in the schema.</summary>
    internal int Field { get; }

    /// <summary>The sources of the fields that a table has, in the order of the schema.</summary>
    /// <exception cref="Frames.ProblemException">The map names a column that the table does not have.</exception>
    internal static CellSource[] Of(TableSchema schema, ColumnMap? map, FlatRows rows)
    {
        var sources = new List<CellSource>();
        for (var i = 0; i < schema.Fields.Count; i++)
        {
            var field = schema.Fields[i];
            var values = map?.Values.GetValueOrDefault(field.Name);
            if (map?.Constants.GetValueOrDefault(field.Name) is { } constant)
                sources.Add(new CellSource(i, [], Encoding.UTF8.GetBytes(constant), field, null));
            else if (map?.Columns.GetValueOrDefault(field.Name) is { } names)
                sources.Add(new CellSource(i, [.. names.Select(name => Place(field, name, rows))], [], field, values));
            else if (rows.Find(field.Name) is var place and >= 0)
                sources.Add(new CellSource(i, [place], [], field, values));
        }

        return [.. sources];
    }

    /// <summary>Whether the cells come from a column of the table.</summary>
    internal bool Uses(int column) => Array.IndexOf(places, column) >= 0;

    /// <summary>The cell of the current row; the bytes stand until the next cell is asked for.</summary>
    internal ReadOnlySpan<byte> Cell(FlatRows rows)
    {
        if (places.Length == 1 && from is null) return rows.Bytes(places[0]);
        if (separator is { } mark) return Join(rows, mark);
        foreach (var place in places)
        {
            if (Meaning(rows.Bytes(place)) is { IsEmpty: false } cell) return cell;
        }

        return constant;
    }

    /// <summary>The cell of the current row as text; empty where it is missing.</summary>
    internal string Text(FlatRows rows) =>
        places.Length == 1 && from is null ? rows.Text(places[0]) : Encoding.UTF8.GetString(Cell(rows));

    private static int Place(Field field, string name, FlatRows rows) =>
        rows.Find(name) is var place and >= 0
            ? place
            : throw InputFile.Unreadable($"no column {name}, from which the map takes {field.Name}", "every column that the map names",
                rows.HeaderPlace, "Correct the column map, or bring the column too. In a file the case of names counts.");

    private ReadOnlySpan<byte> Meaning(ReadOnlySpan<byte> cell) => from?.Find(cell) is { } code and >= 0 ? to[code] : cell;

    private ReadOnlySpan<byte> Join(FlatRows rows, byte mark)
    {
        var length = 0;
        foreach (var place in places)
        {
            var cell = Meaning(rows.Bytes(place));
            if (cell.IsEmpty) continue;
            if (joined.Length < length + cell.Length + 1) Array.Resize(ref joined, 2 * (length + cell.Length + 1));
            if (length > 0) joined[length++] = mark;
            cell.CopyTo(joined.AsSpan(length));
            length += cell.Length;
        }

        return joined.AsSpan(0, length);
    }
}
