namespace Caseload.Cli.Tests.Databases;

/// <summary>
/// One simulated run whose cohort and returns lie in SQLite, and in PostgreSQL where there is a server: tables <c>cohort</c> and
/// <c>census</c>.
/// </summary>
public sealed class DatabaseTables : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public DatabaseTables()
    {
        Run = CaseloadRun.Of("reproduce", "--children", "3000", "--no-notebooks", "--quiet", "--out", folder.Path);
        var returns = Directory.GetFiles(Returns, "*.csv", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToArray();
        Census = folder.File("census.csv", File.ReadLines(returns[0]).First() + "\n"
            + string.Concat(returns.SelectMany(file => File.ReadLines(file).Skip(1)).Select(line => line + "\n")));
        DatabaseRun.ToSqlite(Cohort, Sqlite, "cohort");
        DatabaseRun.ToSqlite(Census, Sqlite, "census");
    }

    /// <summary>The run that made the tables.</summary>
    internal CaseloadRun Run { get; }

    internal PostgresServer Server { get; } = new();

    internal string Folder => folder.Path;

    internal string Cohort => Path.Combine(folder.Path, "cohort.csv");

    internal string Returns => Path.Combine(folder.Path, "simulated", "returns");

    internal string Areas => Path.Combine(folder.Path, "simulated", "areas.csv");

    internal string Sqlite => Path.Combine(folder.Path, "tables.db");

    /// <summary>The returns as one CSV file.</summary>
    internal string Census { get; }

    /// <summary>The databases by the name that a test gives them; the test is skipped where one is absent.</summary>
    internal string[] Connection(string kind)
    {
        if (kind == "sqlite") return ["--connection", "sqlite:" + Sqlite];
        if (kind == "brought") return ["--connection", $"Ledger={Sqlite}", "--provider-assembly", DatabaseRun.ProviderAssembly];
        _ = Server.Connection;
        DatabaseRun.ToPostgres(Cohort, Server, "cohort");
        DatabaseRun.ToPostgres(Census, Server, "census");
        return kind == "postgres"
            ? ["--connection", Server.Connection]
            : ["--connection", Server.Connection, "--provider-assembly", Path.Combine(AppContext.BaseDirectory, "Npgsql.dll")];
    }

    public void Dispose()
    {
        Server.Dispose();
        folder.Dispose();
    }
}

/// <summary>The tests of databases share one server and run one after another.</summary>
[CollectionDefinition(nameof(DatabaseCollection))]
public sealed class DatabaseCollection : ICollectionFixture<DatabaseTables>;
