using System.Diagnostics;

namespace Caseload.Testing;

/// <summary>
/// A PostgreSQL server of Debian's package, started for the tests of one process in a folder of its own, reached by a socket in it, run by a
/// user without privileges, and gone afterwards. A test that needs it is skipped where the package is absent, and says so; with
/// CASELOAD_REQUIRE_EXTERNAL=1 it fails.
/// </summary>
public sealed class PostgresServer : IDisposable
{
    /// <summary>The owner of all tables; needs no password.</summary>
    public const string User = "caseload";

    /// <summary>A user who may read nothing, and needs a password: <see cref="Password"/>.</summary>
    public const string LockedUser = "locked";

    /// <summary>The password of the locked user.</summary>
    public const string Password = "correct; \"horse\"=1";

    private readonly TemporaryFolder folder = new();
    private readonly string? absent;
    private readonly string binaries = "";
    private readonly bool isStarted;

    /// <summary>Starts the server.</summary>
    public PostgresServer()
    {
        if (Binaries() is not { } found)
        {
            absent = "PostgreSQL's server is not on this machine (apt-get install postgresql)";
            return;
        }

        binaries = found;
        if (Owner() is { } owner) Run("chown", [owner, folder.Path]);
        AsOwner("initdb", ["-D", Data, "-U", User, "-E", "UTF8", "--locale=C", "--auth=trust", "--no-sync"]);
        AsOwner("sh", ["-c", $"printf 'local all {LockedUser} scram-sha-256\\nlocal all all trust\\n' > '{Data}/pg_hba.conf'"], "");
        AsOwner("pg_ctl", ["-D", Data, "-w", "-l", Path.Combine(folder.Path, "log"), "-o",
            $"-c listen_addresses='' -c unix_socket_directories='{folder.Path}' -c fsync=off", "start"]);
        isStarted = true;
        Execute($"create role {LockedUser} login password '{Password}'");
    }

    /// <summary>A connection string without a secret; the test is skipped where there is no server.</summary>
    public string Connection => $"Host={Require()};Username={User};Database=postgres";

    /// <summary>The folder of the server's socket; the test is skipped where there is none.</summary>
    public string Require()
    {
        Assert.False(absent is not null && Environment.GetEnvironmentVariable("CASELOAD_REQUIRE_EXTERNAL") == "1", absent);
        Assert.SkipWhen(absent is not null, absent ?? "");
        return folder.Path;
    }

    /// <summary>Runs SQL, as a script of psql.</summary>
    public void Execute(string sql) => Run(Path.Combine(binaries, "psql"),
        ["-h", Require(), "-U", User, "-d", "postgres", "-q", "-v", "ON_ERROR_STOP=1", "-f", folder.File("script.sql", sql)]);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (isStarted) AsOwner("pg_ctl", ["-D", Data, "-m", "immediate", "stop"]);
        folder.Dispose();
    }

    private string Data => Path.Combine(folder.Path, "data");

    private static string? Binaries()
    {
        var versions = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : [];
        return versions.OrderByDescending(path => path.Length).ThenByDescending(path => path, StringComparer.Ordinal)
            .Select(path => Path.Combine(path, "bin"))
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
            .FirstOrDefault(path => File.Exists(Path.Combine(path, "initdb")) && File.Exists(Path.Combine(path, "pg_ctl")));
    }

    // The server refuses to run as root.
    private static string? Owner() => Environment.UserName == "root" ? "postgres" : null;

    private void AsOwner(string program, string[] arguments) => AsOwner(program, arguments, binaries);

    private static void AsOwner(string program, string[] arguments, string from)
    {
        var path = Path.Combine(from, program);
        if (Owner() is { } owner) Run("runuser", ["-u", owner, "--", path, .. arguments]);
        else Run(path, arguments);
    }

    // The server goes on after the program that starts it and would keep its pipes open, so nothing is read from them.
    private static void Run(string program, string[] arguments)
    {
        string[] quoted = [.. arguments.Prepend(program).Select(word => "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'")];
        var log = Path.GetTempFileName();
        try
        {
            using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"cd / && {string.Join(' ', quoted)} >'{log}' 2>&1 </dev/null"]))!;
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, $"{program} ended with exit code {process.ExitCode}: {File.ReadAllText(log)}");
        }
        finally
        {
            File.Delete(log);
        }
    }
}
