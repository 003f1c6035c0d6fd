using System.Diagnostics;
using System.Globalization;

namespace Caseload.Testing;

/// <summary>
/// A PostgreSQL server of Debian's package in a folder of its own, reached by a socket in it and by no network, run by a user without
/// privileges. It is stopped when it is disposed of; the folder stays.
/// </summary>
internal sealed class PostgresProcess : IDisposable
{
    private readonly string binaries;
    private readonly string folder;

    private PostgresProcess(string binaries, string folder) => (this.binaries, this.folder) = (binaries, folder);

    /// <summary>The role that owns all; it needs no password.</summary>
    internal const string User = "caseload";

    /// <summary>A connection string without a secret.</summary>
    internal string Connection => $"Host={folder};Username={User};Database=postgres";

    private string Data => Path.Combine(folder, "data");

    // The server refuses to run as root.
    private static string? Owner => Environment.UserName == "root" ? "postgres" : null;

    /// <summary>Starts a server, or gives null where the package is absent.</summary>
    /// <param name="folder">An empty folder.</param>
    /// <param name="hba">The lines of pg_hba.conf: who may connect, and how.</param>
    internal static PostgresProcess? Start(string folder, string hba = "local all all trust")
    {
        if (Binaries() is not { } binaries) return null;
        if (Owner is { } owner) Run("chown", [owner, folder]);
        var server = new PostgresProcess(binaries, folder);
        server.Do("initdb", "-D", server.Data, "-U", User, "-E", "UTF8", "--locale=C", "--auth=trust", "--no-sync");
        File.WriteAllText(Path.Combine(server.Data, "pg_hba.conf"), hba + "\n");
        server.Do("pg_ctl", "-D", server.Data, "-w", "-l", Path.Combine(folder, "log"), "-o",
            $"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off", "start");
        return server;
    }

    /// <summary>Runs SQL, as a script of psql.</summary>
    internal void Execute(string sql)
    {
        var script = Path.Combine(folder, "script.sql");
        File.WriteAllText(script, sql);
        Run(Path.Combine(binaries, "psql"), ["-h", folder, "-U", User, "-d", "postgres", "-q", "-v", "ON_ERROR_STOP=1", "-f", script]);
    }

    /// <summary>
    /// The processor time, in seconds, of the process of one connection and of all the server's processes that have ended, such as the
    /// workers that helped it, on Linux.
    /// </summary>
    /// <param name="connection">The number of the connection's process.</param>
    internal double ProcessorSeconds(int connection)
    {
        // Fields 14 and 15 of a process's record are its own times, in hundredths; 16 and 17 those of the children that it has waited for.
        const int Own = 14;
        const int Children = 16;
        var main = int.Parse(File.ReadLines(Path.Combine(Data, "postmaster.pid")).First(), CultureInfo.InvariantCulture);
        return Times(connection, Own) + Times(main, Children);
    }

    private static double Times(int process, int field)
    {
        var record = File.ReadAllText($"/proc/{process}/stat");
        var fields = record[(record.LastIndexOf(')') + 2)..].Split(' ');
        return fields[(field - 3)..(field - 1)].Sum(time => long.Parse(time, CultureInfo.InvariantCulture)) / 100.0;
    }

    /// <inheritdoc/>
    public void Dispose() => Do("pg_ctl", "-D", Data, "-m", "immediate", "stop");

    private static string? Binaries()
    {
        var versions = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : [];
        return versions.OrderByDescending(path => path.Length).ThenByDescending(path => path, StringComparer.Ordinal)
            .Select(path => Path.Combine(path, "bin"))
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
            .FirstOrDefault(path => File.Exists(Path.Combine(path, "initdb")) && File.Exists(Path.Combine(path, "pg_ctl")));
    }

    private void Do(string program, params string[] arguments)
    {
        var path = Path.Combine(binaries, program);
        if (Owner is { } owner) Run("runuser", ["-u", owner, "--", path, .. arguments]);
        else Run(path, arguments);
    }

    // The server goes on after the program that starts it and would keep its pipes open, so what it says goes to a file.
    private static void Run(string program, string[] arguments)
    {
        string[] quoted = [.. arguments.Prepend(program).Select(word => "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'")];
        var log = Path.GetTempFileName();
        try
        {
            var command = $"cd / && exec {string.Join(' ', quoted)} >'{log}' 2>&1 </dev/null";
            using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", command]))!;
            process.WaitForExit();
            if (process.ExitCode != 0)
                throw new InvalidOperationException($"{program} ended with exit code {process.ExitCode}: {File.ReadAllText(log)}");
        }
        finally
        {
            File.Delete(log);
        }
    }
}
