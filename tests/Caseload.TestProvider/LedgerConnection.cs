using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace Caseload.TestProvider;

/// <summary>A connection to a "ledger": a SQLite file by another name, <c>Ledger=FILE</c>.</summary>
public sealed class LedgerConnection : DbConnection
{
    private readonly SqliteConnection inner = new();
    private string text = "";

    [AllowNull]
    public override string ConnectionString
    {
        get => text;
        set
        {
            var pairs = new DbConnectionStringBuilder { ConnectionString = value };
            if (!pairs.TryGetValue("Ledger", out var file)) throw new ArgumentException($"No Ledger in \"{value}\".");
            text = value!;
            inner.ConnectionString = new SqliteConnectionStringBuilder
            {
                DataSource = (string)file, Mode = SqliteOpenMode.ReadOnly, Pooling = false,
            }.ConnectionString;
        }
    }

    public override string Database => inner.Database;

    public override string DataSource => inner.DataSource;

    public override string ServerVersion => inner.ServerVersion;

    public override ConnectionState State => inner.State;

    protected override DbProviderFactory DbProviderFactory => LedgerFactory.Instance;

    public override void ChangeDatabase(string databaseName) => inner.ChangeDatabase(databaseName);

    public override void Open()
    {
        // What a provider says may quote all that it was given.
        if (text.Contains("Key=wrong", StringComparison.OrdinalIgnoreCase)) throw new InvalidOperationException($"The key in {text} does not fit.");
        inner.Open();
    }

    public override void Close() => inner.Close();

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => inner.BeginTransaction(deferred: true);

    protected override DbCommand CreateDbCommand() => inner.CreateCommand();

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}
