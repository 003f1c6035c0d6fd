using System.Data.Common;
using System.Text.Json;
using Caseload.Frames;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Caseload.Cli.Tests.Databases;

/// <summary>Databases that the tests of the command read: tables of CSV files, in SQLite and PostgreSQL.</summary>
internal static class DatabaseRun
{
    /// <summary>The assembly of a provider that the command knows nothing of.</summary>
    public static string ProviderAssembly
    {
        get
        {
            var own = new DirectoryInfo(AppContext.BaseDirectory);
            return Path.Combine(own.Parent!.Parent!.FullName, "Caseload.TestProvider", own.Name, "Caseload.TestProvider.dll");
        }
    }

    /// <summary>The options that read a query.</summary>
    public static string[] From(string connection, string query, params string[] more) => ["--connection", connection, "--query", query, .. more];

    /// <summary>Writes a CSV file as a table of a SQLite file.</summary>
    public static void ToSqlite(string csv, string database, string table)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Pooling = false }.ConnectionString);
        Write(connection, table, Frame.LoadCsv(csv));
    }

    /// <summary>Writes a CSV file as a table of PostgreSQL.</summary>
    public static void ToPostgres(string csv, PostgresServer server, string table)
    {
        using var connection = new NpgsqlConnection(server.Connection + ";Pooling=false");
        Write(connection, table, Frame.LoadCsv(csv));
    }

    /// <summary>The fit that a run wrote, without its times.</summary>
    public static Dictionary<string, JsonElement> Fit(string path)
    {
        var fit = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(File.ReadAllText(path))!;
        Assert.True(fit.Remove("milliseconds"));
        return fit;
    }

    private static void Write(DbConnection connection, string table, Frame frame)
    {
        connection.Open();
        var isPostgres = connection is NpgsqlConnection;
        var names = frame.Columns.Select(c => $"\"{c.Name}\"").ToArray();
        using (var create = connection.CreateCommand())
        {
            create.CommandText = $"drop table if exists {table}; create table {table}("
                + string.Join(", ", frame.Columns.Select((c, i) => $"{names[i]} {Type(c.Type, isPostgres)}")) + ")";
            create.ExecuteNonQuery();
        }

        using var transaction = connection.BeginTransaction();
        using var insert = connection.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText = $"insert into {table} values ({string.Join(", ", frame.Columns.Select((_, i) => $"@p{i}"))})";
        for (var row = 0; row < frame.RowCount; row++)
        {
            insert.Parameters.Clear();
            for (var i = 0; i < names.Length; i++)
            {
                var parameter = insert.CreateParameter();
                (parameter.ParameterName, parameter.Value) = ($"p{i}", Value(frame.Columns[i], row));
                insert.Parameters.Add(parameter);
            }

            insert.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    private static string Type(ColumnType type, bool isPostgres) => type switch
    {
        ColumnType.Number => isPostgres ? "double precision" : "real",
        ColumnType.Integer => "integer",
        ColumnType.Date => "date",
        ColumnType.Flag => "boolean",
        _ => "text",
    };

    private static object Value(Column column, int row) => column.IsMissing(row) ? DBNull.Value : column switch
    {
        NumberColumn numbers => numbers.Values[row],
        IntegerColumn integers => integers.Values[row],
        DateColumn dates => dates[row]!.Value,
        FlagColumn flags => flags[row]!.Value,
        _ => column.Format(row),
    };
}
