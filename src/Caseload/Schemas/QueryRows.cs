using System.Text;
using Caseload.Frames.Databases;

namespace Caseload.Schemas;

/// <summary>The rows of a database's query. Its columns are found whatever the case of their names, which databases fold.</summary>
internal sealed class QueryRows : FlatRows
{
    private readonly DatabaseRows rows;
    private readonly string database;
    private readonly DatabaseQuery query;
    private byte[] cell = new byte[64];

    /// <summary>Runs a query.</summary>
    internal QueryRows(DatabaseSession session, DatabaseQuery query) =>
        (rows, database, this.query) = (session.Run(query.Alone), session.Name, query);

    internal override IReadOnlyList<string> Columns => rows.Columns;

    internal override string Source => query.Place;

    internal override string HeaderPlace => $"{database}: {query.Place}";

    internal override long Line => rows.Row;

    internal override bool IsWhole => true;

    internal override int Find(string column) =>
        QueryTable.Find(rows.Columns, [column])[0] is { } name ? rows.Columns.ToList().IndexOf(name) : -1;

    internal override bool Read() => rows.Read();

    internal override string Text(int column) => rows.Text(column);

    internal override ReadOnlySpan<byte> Bytes(int column)
    {
        var text = rows.Text(column);
        if (cell.Length < 3 * text.Length) Array.Resize(ref cell, 3 * text.Length);
        return cell.AsSpan(0, Encoding.UTF8.GetBytes(text, cell));
    }

    public override void Dispose() => rows.Dispose();
}
