using System.Diagnostics;

namespace Caseload.Cli.Tests.Databases;

/// <summary>How a database is named, what is kept secret, and how what goes wrong is told.</summary>
[Collection(nameof(DatabaseCollection))]
public sealed class ConnectionTests(DatabaseTables tables) : IDisposable
{
    private const string Query = "select * from cohort";

    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("Host=db;Username=u;Password=hunter2")]
    [InlineData("Host=db;Username=u;PWD = 'hunter2'")]
    [InlineData("Host=db;SSL Password=hunter2")]
    [InlineData("Host=db;Password=${NAME}hunter2")]
    [InlineData("postgresql://u:hunter2@db/census")]
    [InlineData("postgresql://db/census?password=hunter2")]
    [InlineData("Server=db;Access Token=hunter2")]
    public void A_secret_on_the_command_line_is_refused_and_not_repeated(string connection)
    {
        var run = Fit(["--connection", connection]).Stopped(2, "a password or another secret", "${NAME}");

        Assert.DoesNotContain("hunter2", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host=/nowhere;Username=u;Password=${CASELOAD_TEST_SECRET}")]
    [InlineData("postgresql://u:${CASELOAD_TEST_SECRET}@127.0.0.1:1/census")]
    [InlineData("${CASELOAD_TEST_WHOLE}")]
    public void What_the_environment_holds_is_never_shown(string connection)
    {
        var run = Fit(["--connection", connection], ("CASELOAD_TEST_SECRET", "hunter2"),
            ("CASELOAD_TEST_WHOLE", "Host=/nowhere;Username=u;Password=hunter2")).Stopped(3, "no server that answers");

        Assert.DoesNotContain("hunter2", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Username", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_variable_that_is_not_set_is_named() =>
        Fit(["--connection", "Host=db;Password=${CASELOAD_TEST_NOT_SET}"]).Stopped(2, "no environment variable CASELOAD_TEST_NOT_SET");

    [Theory]
    [InlineData(2, "--query without --connection", "--query", "select 1")]
    [InlineData(2, "neither FILE nor --connection")]
    [InlineData(2, "both FILE and --connection", "cohort.csv", "--connection", "sqlite:x")]
    [InlineData(3, "no such file", "--connection", "sqlite:nosuch.db")]
    [InlineData(3, "no such file", "--connection", "nosuch.db")]
    [InlineData(2, "SQL Server", "--connection", "Server=db;Initial Catalog=census;Integrated Security=true")]
    [InlineData(2, "neither a host nor a file", "--connection", "Driver=x")]
    [InlineData(2, "does not know", "--connection", "Host=db;Nosuch=1")]
    [InlineData(2, "the parameter \"nosuch\"", "--connection", "postgresql://db/census?nosuch=1")]
    [InlineData(2, "no connection string", "--connection", "Host=\"db")]
    [InlineData(3, "no such file", "--connection", "x", "--provider-assembly", "nosuch.dll")]
    public void What_is_wrong_with_an_option_is_told(int code, string told, params string[] options) =>
        Fit(options is ["--query", ..] or [] ? options : [.. options, "--query", Query], query: null).Stopped(code, told);

    [Theory]
    [InlineData("select * frm cohort", 2, "near \"frm\"")]
    [InlineData("select * from nosuch", 2, "no such table: nosuch")]
    [InlineData("delete from cohort", 2, "no query")]
    [InlineData("select 1; drop table cohort", 2, "more than one statement")]
    [InlineData("select rereferred, nfa, nfa from cohort", 2, "the column name \"nfa\" twice")]
    [InlineData("select rereferred, x'00' as nfa from cohort", 3, "BLOB")]
    [InlineData("select rereferred, nfa from cohort where 1 = 0", 1, "a query without rows")]
    [InlineData("select rereferred from cohort", 2, "no column named \"nfa\"")]
    public void What_is_wrong_with_a_query_is_told(string query, int code, string told) =>
        Fit(["--connection", tables.Sqlite], query).Stopped(code, told);

    [Fact]
    public void A_file_that_is_no_database_is_told_as_such() =>
        Fit(["--connection", "sqlite:" + tables.Cohort]).Stopped(3, "no SQLite database");

    [Fact]
    public void A_database_file_is_never_written()
    {
        var before = File.ReadAllBytes(tables.Sqlite);
        Fit(["--connection", $"Data Source={tables.Sqlite};Mode=ReadWriteCreate"]).Succeeded();
        CaseloadRun.Of(["cohort", "--connection", tables.Sqlite, "--query", "with c as (select 1) delete from census", "--areas", tables.Areas, "--out", "-"])
            .Stopped(3, "would change the database");

        Assert.Equal(before, File.ReadAllBytes(tables.Sqlite));
    }

    [Fact]
    public void A_server_says_where_a_query_is_wrong()
    {
        var connection = tables.Connection("postgres");
        Fit(connection, "select *,\n  nosuch\nfrom cohort").Stopped(2, "SQLSTATE 42703", "column \"nosuch\" does not exist", "--query, line 2, column 3");
        Fit(connection, "select * from nosuch").Stopped(2, "SQLSTATE 42P01", "line 1, column 15");
        Fit(connection, "select rereferred, array[1] as nfa from cohort").Stopped(3, "a value of the type integer[]");
        Fit(connection, "select rereferred, now() as nfa from cohort").Stopped(3, "with a time of day");
    }

    [Fact]
    public void A_servers_message_that_quotes_a_value_is_kept_back()
    {
        var run = Fit(tables.Connection("postgres"), "select rereferred, cast('Smith ' || authority as integer) as nfa from cohort")
            .Stopped(3, "SQLSTATE 22P02");

        Assert.DoesNotContain("Smith", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_is_never_written()
    {
        var connection = tables.Connection("postgres");
        CaseloadRun.Of(["cohort", .. connection, "--query", "with d as (delete from census returning *) select * from d",
            "--areas", tables.Areas, "--out", "-"]).Stopped(3, "would change the database");
        Fit(connection).Succeeded();
    }

    [Fact]
    public void A_password_comes_from_the_environment()
    {
        var folder = tables.Server.Socket;
        tables.Connection("postgres");
        tables.Server.Execute("grant select on cohort to locked; create schema if not exists closed; drop table if exists closed.t; create table closed.t(y int)");
        var named = $"Host={folder};Username={PostgresServer.LockedUser};Database=postgres";

        Fit(["--connection", named + ";Password=${CASELOAD_TEST_SECRET}"], ("CASELOAD_TEST_SECRET", PostgresServer.Password)).Succeeded();
        Fit(["--connection", named], ("PGPASSWORD", PostgresServer.Password)).Succeeded();
        var wrong = Fit(["--connection", named], ("PGPASSWORD", "hunter2")).Stopped(3, "SQLSTATE 28P01");
        Assert.DoesNotContain("hunter2", wrong.Error, StringComparison.Ordinal);
        Fit(["--connection", named]).Stopped(3, "the password (PGPASSWORD");
        Start(["fit", "--connection", named, "--query", "select y from closed.t", "--formula", "y ~ 1"], [("PGPASSWORD", PostgresServer.Password)])
            .Stopped(3, "no permission");
        Fit(["--connection", $"Host={folder};Username={PostgresServer.User};Database=nosuch"]).Stopped(3, "no database of that name");
    }

    [Fact]
    public void An_address_names_a_server_too()
    {
        var folder = tables.Server.Socket;
        tables.Connection("postgres");
        Fit(["--connection", $"postgresql://{PostgresServer.User}@/postgres?host={Uri.EscapeDataString(folder)}"]).Succeeded();
        Fit(["--connection", $"postgresql:Host={folder};User ID={PostgresServer.User};Database=postgres"]).Succeeded();
    }

    [Fact]
    public void A_query_that_takes_too_long_is_stopped() =>
        Fit([.. tables.Connection("postgres"), "--timeout", "1"], "select rereferred, nfa from cohort, pg_sleep(30)").Stopped(3, "within 1 seconds");

    [Fact]
    public void A_brought_assembly_without_a_provider_or_with_several_is_told_as_such()
    {
        Brought(typeof(Caseload.Frames.Frame).Assembly.Location, "x=y").Stopped(3, "no ADO.NET provider");
        Brought(typeof(ConnectionTests).Assembly.Location, "x=y").Stopped(2,
            "several providers: Caseload.Cli.Tests.Databases.FirstFactory, Caseload.Cli.Tests.Databases.SecondFactory");
        Brought(folder.File("text.dll", "no assembly"), "x=y").Stopped(3, "an assembly that cannot be loaded");
    }

    [Fact]
    public void What_a_brought_provider_says_is_kept_back_because_it_may_quote_the_connection_string()
    {
        var refused = Brought(DatabaseRun.ProviderAssembly, "Lodger=${CASELOAD_TEST_SECRET}").Stopped(2, "a connection string that the provider does not take");
        var closed = Brought(DatabaseRun.ProviderAssembly, $"Ledger={tables.Sqlite};Key=${{CASELOAD_TEST_KEY}}").Stopped(3, "no connection");

        Assert.DoesNotContain("hunter2", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Key=", closed.Error, StringComparison.OrdinalIgnoreCase);
    }

    public void Dispose() => folder.Dispose();

    private static CaseloadRun Brought(string assembly, string connection) => Start(
        ["fit", "--connection", connection, "--provider-assembly", assembly, "--query", Query, "--formula", "rereferred ~ nfa"],
        [("CASELOAD_TEST_SECRET", "hunter2"), ("CASELOAD_TEST_KEY", "wrong")]);

    private static CaseloadRun Fit(string[] options, params (string Name, string Value)[] environment) => Fit(options, Query, environment);

    private static CaseloadRun Fit(string[] options, string? query, params (string Name, string Value)[] environment) =>
        Start(["fit", .. options, .. query is null ? Array.Empty<string>() : ["--query", query], "--formula", "rereferred ~ nfa"], environment);

    private static CaseloadRun Start(string[] arguments, (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "caseload.dll"), .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var name in new[] { "PGPASSWORD", "PGHOST", "PGUSER", "PGPASSFILE" }) start.Environment.Remove(name);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new CaseloadRun(process.ExitCode, output, error.GetAwaiter().GetResult());
    }
}
