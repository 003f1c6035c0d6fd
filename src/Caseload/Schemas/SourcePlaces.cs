using Caseload.Frames;
using Caseload.Frames.Csv;

namespace Caseload.Schemas;

/// <summary>Where each row of a table came from: its file, told once for all rows that follow each other, and its line.</summary>
internal sealed class SourcePlaces
{
    private readonly List<(string File, int Start)> files = [];
    private readonly CellList<int> lines = new(IntegerColumn.Missing);

    /// <summary>The number of rows.</summary>
    internal int Count => lines.Count;

    /// <summary>Adds a row.</summary>
    internal void Add(string file, long line)
    {
        if (files.Count == 0 || files[^1].File != file) files.Add((file, Count));
        lines.Add(Count, (int)Math.Min(line, int.MaxValue));
    }

    /// <summary>The columns of file and line of several parts, one behind another; the parts let go of theirs.</summary>
    internal static Column[] Join(IReadOnlyList<SourcePlaces> parts)
    {
        var rows = parts.Sum(part => part.Count);
        var (codes, lines) = (new int[rows], new int[rows]);
        var names = new TextColumnBuilder(TableReader.FileColumn);
        var at = 0;
        foreach (var part in parts)
        {
            var count = part.Count;
            for (var i = 0; i < part.files.Count; i++)
            {
                var (file, start) = part.files[i];
                var end = i + 1 < part.files.Count ? part.files[i + 1].Start : count;
                codes.AsSpan(at + start, end - start).Fill(names.CodeOf(file));
            }

            part.lines.MoveTo(lines.AsSpan(at, count));
            part.files.Clear();
            at += count;
        }

        return [new TextColumn(TableReader.FileColumn, codes, [.. names.Levels]), new IntegerColumn(TableReader.LineColumn, lines)];
    }
}
