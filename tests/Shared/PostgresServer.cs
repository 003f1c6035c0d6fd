namespace Caseload.Testing;

/// <summary>
/// A PostgreSQL server for tests, gone afterwards. A test that needs it is skipped where the package is absent, and says so; with
/// CASELOAD_REQUIRE_EXTERNAL=1 it fails.
/// </summary>
internal sealed class PostgresServer : IDisposable
{
    /// <summary>A user who may read nothing, and needs a password: <see cref="Password"/>.</summary>
    public const string LockedUser = "locked";

    /// <summary>The password of the locked user.</summary>
    public const string Password = "correct; \"horse\"=1";

    private const string Absent = "PostgreSQL's server is not on this machine (apt-get install postgresql)";

    private readonly TemporaryFolder folder = new();
    private readonly PostgresProcess? server;

    public PostgresServer()
    {
        server = PostgresProcess.Start(folder.Path, $"local all {LockedUser} scram-sha-256\nlocal all all trust");
        server?.Execute($"create role {LockedUser} login password '{Password}'");
    }

    /// <summary>The role that owns all tables; it needs no password.</summary>
    public static string User => PostgresProcess.User;

    /// <summary>A connection string without a secret; the test is skipped where there is no server.</summary>
    public string Connection => Required.Connection;

    /// <summary>The folder of the server's socket; the test is skipped where there is none.</summary>
    public string Socket => Required is not null ? folder.Path : "";

    private PostgresProcess Required
    {
        get
        {
            Assert.False(server is null && Environment.GetEnvironmentVariable("CASELOAD_REQUIRE_EXTERNAL") == "1", Absent);
            Assert.SkipWhen(server is null, Absent);
            return server!;
        }
    }

    /// <summary>Runs SQL.</summary>
    public void Execute(string sql) => Required.Execute(sql);

    public void Dispose()
    {
        server?.Dispose();
        folder.Dispose();
    }
}
