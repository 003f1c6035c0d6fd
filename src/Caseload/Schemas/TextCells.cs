using Caseload.Frames;
using Caseload.Frames.Csv;

namespace Caseload.Schemas;

/// <summary>The cells of a text column that grows row by row, as numbers of levels that are kept in UTF-8.</summary>
internal sealed class TextCells
{
    private readonly CellList<int> codes = new(TextColumn.Missing);
    private LevelCoder levels = new();

    /// <summary>The number of cells up to the last present one.</summary>
    internal int Count => codes.Count;

    /// <summary>The number of a text's level.</summary>
    internal int CodeOf(ReadOnlySpan<byte> text) => levels.CodeOf(text);

    /// <summary>Sets the cell of a row by the number of its level.</summary>
    internal void Add(int row, int code) => codes.Add(row, code);

    /// <summary>Takes the cells after the first rows away again.</summary>
    internal void Truncate(int rows) => codes.Truncate(rows);

    /// <summary>
    /// The column of several parts, one behind another; the parts let go of their cells. The levels are those of the rows alone, in the
    /// order of first appearance, so they do not depend on where one part ends.
    /// </summary>
    internal static TextColumn Join(string name, IReadOnlyList<TextCells> parts, IReadOnlyList<int> rows)
    {
        var all = new int[rows.Sum()];
        var joined = new LevelCoder();
        var at = 0;
        for (var i = 0; i < parts.Count; i++)
        {
            var cells = all.AsSpan(at, rows[i]);
            parts[i].codes.MoveTo(cells);
            Renumber(cells, parts[i].levels, joined);
            parts[i].levels = new LevelCoder();
            at += rows[i];
        }

        return new TextColumn(name, all, joined.ToTexts());
    }

    private static void Renumber(Span<int> cells, LevelCoder from, LevelCoder to)
    {
        var numbers = new int[from.Count];
        Array.Fill(numbers, -1);
        foreach (ref var cell in cells)
        {
            if (cell < 0) continue;
            ref var number = ref numbers[cell];
            if (number < 0) number = to.CodeOf(from[cell]);
            cell = number;
        }
    }
}
