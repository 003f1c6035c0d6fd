using System.CommandLine;
using Caseload.Frames;
using Caseload.Frames.Csv;
using Caseload.Frames.Databases;

namespace Caseload.Cli.Databases;

/// <summary>The options by which a command reads a query of a database in place of a file.</summary>
internal sealed class DatabaseOptions
{
    private const string Environment =
        "${NAME} in it stands for an environment variable, and PGPASSWORD is known: a password on the command line is refused.";

    private readonly Option<string?> connection = new("--connection")
    {
        HelpName = "C", Description =
            "A database in place of a file: sqlite:FILE, postgresql://USER@HOST/DATABASE, or a connection string. " + Environment,
    };

    private readonly Option<string?> query = new("--query")
    {
        HelpName = "Q", Description = "The rows to read from the database: one SELECT, or @FILE with one.",
    };

    private readonly Option<string?> assembly = new("--provider-assembly")
    {
        HelpName = "DLL", Description = "An ADO.NET provider for any other database; --connection is then its connection string.",
    };

    private readonly Option<int> timeout = new("--timeout")
    {
        HelpName = "SECONDS", Description = "The longest that the query may take; 0 is as long as it likes.",
        DefaultValueFactory = _ => 0,
    };

    internal void AddTo(Command command)
    {
        foreach (var option in new Option[] { connection, query, assembly, timeout }) command.Options.Add(option);
    }

    /// <summary>Whether a database is named at all.</summary>
    internal bool IsGiven(ParseResult parsed) =>
        new Option[] { connection, query, assembly }.Any(option => parsed.GetResult(option) is { Implicit: false });

    /// <summary>The query that is asked for, or null where the options are not given.</summary>
    /// <exception cref="ProblemException">The options do not go together, or one makes no sense.</exception>
    internal DatabaseInput? Read(ParseResult parsed)
    {
        var (text, sql, dll, seconds) =
            (parsed.GetValue(connection), parsed.GetValue(query), parsed.GetValue(assembly), parsed.GetValue(timeout));
        if (text is null && sql is null && dll is null)
        {
            return parsed.GetResult(timeout) is { Implicit: false }
                ? throw Wrong("--timeout without --connection", "both", "Leave it out: only a query of a database is timed.")
                : null;
        }

        if (text is null)
            throw Wrong($"{(sql is null ? "--provider-assembly" : "--query")} without --connection", "both", "Name the database.");
        if (sql is null) throw Wrong("--connection without --query", "both", "Say which rows to read: --query \"SELECT ...\".");
        if (seconds < 0) throw Wrong("--timeout below 0", "0 or more seconds", "Leave it out for no limit.");
        var asked = ConnectionText.Parse(text);
        var source = dll is null ? BuiltInProviders.Choose(asked) : BroughtProvider.Load(dll, asked);
        return new DatabaseInput(source, ReadQuery(sql), seconds);
    }

    /// <summary>The query that is asked for in place of a file, or null where the file is given.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="file">The file, or null.</param>
    /// <param name="what">The option or argument that names the file.</param>
    /// <exception cref="ProblemException">Both are given, or neither, or an option makes no sense.</exception>
    internal DatabaseInput? ReadInPlaceOf(ParseResult parsed, string? file, string what)
    {
        if (file is not null && parsed.GetValue(connection) is not null)
            throw Wrong($"both {what} and --connection", "one of them", "Leave one out.");
        return Read(parsed) ?? (file is null ? throw Wrong($"neither {what} nor --connection", "one of them", "Name the data.") : null);
    }

    private static DatabaseQuery ReadQuery(string sql)
    {
        var query = sql.StartsWith('@') ? ReadFile(sql[1..]) : DatabaseQuery.Parse(sql, "--query");
        return query.IsQuery ? query : throw new ProblemException(new Problem(ProblemKind.WrongUsage, "a statement that is no query",
            "one that begins with SELECT or WITH", query.Place, "Write the rows that you want as a SELECT; nothing is ever changed."));
    }

    private static DatabaseQuery ReadFile(string path)
    {
        using var file = TextInput.Open(path);
        return DatabaseQuery.Parse(file.Reader.ReadToEnd(), file.Name);
    }

    private static ProblemException Wrong(string found, string expected, string remedy) =>
        new(new Problem(ProblemKind.WrongUsage, found, expected, "", remedy));
}
