using System.Collections;
using System.Globalization;

namespace Caseload.Notebooks.Formatting;

/// <summary>A column of a table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of what it holds, as it is written in C#; empty where that is of no use.</param>
/// <param name="IsNumeric">Whether it holds numbers, which stand to the right.</param>
internal sealed record TableColumn(string Name, string Type, bool IsNumeric);

/// <summary>A cell of a table.</summary>
/// <param name="Text">Its text.</param>
/// <param name="IsNull">Whether the value in it is null.</param>
internal sealed record TableCell(string Text, bool IsNull);

/// <summary>A short table of values, for what has no formatter of its own.</summary>
/// <param name="Columns">The columns.</param>
/// <param name="Rows">The cells, as many a row as there are columns.</param>
/// <param name="Note">How many rows there are, and what of them is shown.</param>
internal sealed record ValueTable(
    IReadOnlyList<TableColumn> Columns, IReadOnlyList<IReadOnlyList<TableCell>> Rows, string Note)
{
    /// <summary>The most rows shown.</summary>
    public const int RowLimit = 20;

    /// <summary>The most columns shown.</summary>
    public const int ColumnLimit = 30;

    /// <summary>Whether the first cell of a row says what the row is.</summary>
    public bool HasRowHeads { get; private init; }

    /// <summary>The table of a collection. At most one element more than is shown is drawn from it, so it may be endless.</summary>
    /// <param name="values">The collection.</param>
    public static ValueTable OfMany(IEnumerable values)
    {
        if (values is Array { Rank: 2 } matrix) return OfMatrix(matrix);
        var known = (values as ICollection)?.Count;
        var parts = new List<IReadOnlyList<ValuePart>>();
        var more = false;
        string? fault = null;
        try
        {
            foreach (var value in values)
            {
                more = parts.Count == RowLimit;
                if (more) break;
                parts.Add(ValueRow.Of(value));
            }
        }
        catch (Exception e) when (!Faults.IsStop(e))
        {
            fault = $", then {e.GetType().Name}: {e.Message}";
        }

        var names = parts.SelectMany(p => p.Select(part => part.Name)).Distinct(StringComparer.Ordinal).ToArray();
        var shown = names.Take(ColumnLimit).ToArray();
        var columns = shown.Select(name => Column(name, parts.SelectMany(p => p.Where(part => part.Name == name)))).ToArray();
        var rows = parts.Select(p => (IReadOnlyList<TableCell>)[.. shown.Select(c => Cell(p.FirstOrDefault(part => part.Name == c)))]);
        return new ValueTable(columns, [.. rows], "").Noted(Counted(parts.Count, known, more) + fault, names.Length);
    }

    /// <summary>The table of one object: a row a property.</summary>
    /// <param name="value">The object.</param>
    public static ValueTable OfOne(object value) => new ValueTable(
        [new("property", "", false), new("type", "", false), new("value", "", false)],
        [.. ValueRow.Of(value).Select(part => (IReadOnlyList<TableCell>)
            [new(part.Name, false), new(TypeNames.Of(part.Type), false), Cell(part)])], "") { HasRowHeads = true }
        .Noted(TypeNames.Of(value.GetType()), 0);

    private static ValueTable OfMatrix(Array matrix)
    {
        var type = matrix.GetType().GetElementType()!;
        var (rows, width) = (matrix.GetLength(0), matrix.GetLength(1));
        var cells = Enumerable.Range(0, Math.Min(rows, RowLimit)).Select(r => (IReadOnlyList<TableCell>)
        [
            new(r.ToString(CultureInfo.InvariantCulture), false),
            .. Enumerable.Range(0, Math.Min(width, ColumnLimit)).Select(c => Cell(new ValuePart("", type,
                matrix.GetValue(r + matrix.GetLowerBound(0), c + matrix.GetLowerBound(1)), null))),
        ]);
        var columns = Enumerable.Range(0, Math.Min(width, ColumnLimit))
            .Select(c => new TableColumn(c.ToString(CultureInfo.InvariantCulture), TypeNames.Of(type), TypeNames.IsNumeric(type)));
        return new ValueTable([new("row", "", true), .. columns], [.. cells], "") { HasRowHeads = true }
            .Noted(Counted(Math.Min(rows, RowLimit), rows, rows > RowLimit), width);
    }

    private ValueTable Noted(string counted, int columns)
    {
        var note = counted;
        if (columns > ColumnLimit) note += string.Create(CultureInfo.InvariantCulture, $"; {ColumnLimit} of {columns:N0} columns shown");
        if (Rows.Any(r => r.Any(c => c.Text.Length > ShortText.Longest && c.Text.EndsWith('…'))))
        {
            note += $"; texts cut at {ShortText.Longest} characters";
        }

        return this with { Note = note };
    }

    private static TableColumn Column(string name, IEnumerable<ValuePart> parts)
    {
        // A row without a value has no type to speak of.
        var types = parts.Where(p => p.Type != typeof(object) || p.Value is not null).Select(p => p.Type).Distinct().ToArray();
        return types is [var type]
            ? new(name, TypeNames.Of(type), TypeNames.IsNumeric(type))
            : new(name, "object", types.Length > 0 && types.All(TypeNames.IsNumeric));
    }

    private static TableCell Cell(ValuePart? part) => part is null ? new("", false) : new(part.Text, part.IsNull);

    private static string Counted(int shown, int? known, bool more)
    {
        string Number(int n) => n.ToString("N0", CultureInfo.InvariantCulture) + (n == 1 ? " row" : " rows");
        if (!more) return Number(shown);
        return known is { } count
            ? $"{Number(count)}, the first {RowLimit} shown" : $"more than {Number(RowLimit)}, the first {RowLimit} shown";
    }
}
