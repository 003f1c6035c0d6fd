using Caseload.Frames;
using Microsoft.Data.Sqlite;

namespace Caseload.MixedModels.Tests.Databases;

/// <summary>A SQLite database in memory with the tables of a test.</summary>
internal sealed class SampleDatabase : IDisposable
{
    public SampleDatabase() => Connection.Open();

    public SqliteConnection Connection { get; } = new("Data Source=:memory:");

    public void Execute(string sql)
    {
        using var command = Connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Writes a frame as a table, in place of one of that name.</summary>
    public void Write(string table, Frame frame)
    {
        var names = frame.Columns.Select(c => "\"" + c.Name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"");
        Execute($"drop table if exists {table}; create table {table}({string.Join(", ", names)})");
        using var transaction = Connection.BeginTransaction();
        using var insert = Connection.CreateCommand();
        insert.CommandText = $"insert into {table} values ({string.Join(", ", frame.Columns.Select((_, i) => $"$p{i}"))})";
        foreach (var i in Enumerable.Range(0, frame.Columns.Count)) insert.Parameters.Add(new SqliteParameter($"$p{i}", null));
        for (var row = 0; row < frame.RowCount; row++)
        {
            for (var i = 0; i < frame.Columns.Count; i++) insert.Parameters[i].Value = Value(frame.Columns[i], row);
            insert.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    public void Dispose() => Connection.Dispose();

    private static object Value(Column column, int row) => column.IsMissing(row) ? DBNull.Value : column switch
    {
        NumberColumn numbers => numbers.Values[row],
        IntegerColumn integers => integers.Values[row],
        _ => column.Format(row),
    };
}
