using Caseload.Frames.Csv;

namespace Caseload.Schemas;

/// <summary>The rows of a file in CSV. The names of its columns are case sensitive.</summary>
internal sealed class FileRows : FlatRows
{
    private readonly CsvRows rows;
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);

    /// <summary>Takes over rows that were opened, and closes them.</summary>
    internal FileRows(CsvRows rows)
    {
        this.rows = rows;
        for (var i = 0; i < rows.Header.Count; i++) places[rows.Header[i]] = i;
    }

    internal override IReadOnlyList<string> Columns => rows.Header;

    internal override string Source => rows.Source;

    internal override string HeaderPlace => $"{rows.Source}, line 1";

    internal override long Line => rows.Line;

    internal override bool IsWhole => rows.CellCount == rows.Header.Count;

    internal override int Find(string column) => places.GetValueOrDefault(column, -1);

    internal override bool Read() => rows.Read();

    internal override string Text(int column) => rows[column];

    internal override ReadOnlySpan<byte> Bytes(int column) => rows.Bytes(column);

    public override void Dispose() => rows.Dispose();
}
