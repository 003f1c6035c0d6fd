using System.Data.Common;
using Caseload.Frames;
using Caseload.Frames.Csv;
using Caseload.Frames.Databases;
using Microsoft.Data.Sqlite;

namespace Caseload.Cli.Databases;

/// <summary>SQLite: a file, opened for reading only.</summary>
internal static class SqliteSource
{
    // The primary result codes of SQLite (sqlite.org/rescode.html).
    private const int Error = 1;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int Interrupted = 9;
    private const int Corrupt = 11;
    private const int NoDatabase = 26;

    // Messages that hold names and words of the query, and nothing of the data.
    private static readonly string[] Shown =
    [
        "no such table", "no such column", "no such function", "near \"", "incomplete input", "ambiguous column name",
        "unrecognized token", "misuse of aggregate", "wrong number of arguments",
    ];

    /// <summary>The database of a file, or of a connection string.</summary>
    internal static DatabaseSource Of(string text) =>
        text.Contains('=', StringComparison.Ordinal) && !File.Exists(text)
            ? OfKeys(BuiltInProviders.Keys(text))
            : OfFile(ConnectionText.Expand(text), new SqliteConnectionStringBuilder());

    /// <summary>The database of a connection string.</summary>
    internal static DatabaseSource OfKeys(DbConnectionStringBuilder pairs)
    {
        try
        {
            var keys = new SqliteConnectionStringBuilder(pairs.ConnectionString);
            return OfFile(keys.DataSource, keys);
        }
        catch (ArgumentException e)
        {
            throw new ProblemException(new Problem(ProblemKind.WrongUsage, "a key or a value that SQLite's provider does not know",
                "Data Source=FILE", "--connection", "Check the spelling of the keys."), e);
        }
    }

    private static DatabaseSource OfFile(string file, SqliteConnectionStringBuilder keys)
    {
        if (!File.Exists(file))
            throw InputFile.Unreadable(Directory.Exists(file) ? "a directory" : "no such file", "a database file that exists", file,
                $"Check the path; it is taken from {Directory.GetCurrentDirectory()}.");
        keys.DataSource = file;
        keys.Mode = SqliteOpenMode.ReadOnly;
        keys.Pooling = false;
        return new DatabaseSource(() => new SqliteConnection(keys.ConnectionString), new DatabaseSettings
        {
            Name = $"SQLite database {file}", Begin = "BEGIN", Explain = Explain,
        }, HasServer: false);
    }

    private static DatabaseFault? Explain(DbException error) => error is not SqliteException e ? null : (e.SqliteErrorCode & 0xff) switch
    {
        Error => new DatabaseFault(ProblemKind.WrongUsage, "a query that the database does not understand" + Message(e.Message),
            "Check its spelling and the names in it; run it in the database's own client first."),
        Busy or Locked => new DatabaseFault(
            ProblemKind.Unreadable, "a database that another program has locked", "Run the command again later."),
        ReadOnly => new DatabaseFault(
            ProblemKind.Unreadable, "a statement that would change the database", "Write a query that only reads."),
        Interrupted => new DatabaseFault(ProblemKind.Unreadable, "a query that was cancelled", "Allow more time, or ask for fewer rows."),
        NoDatabase or Corrupt => new DatabaseFault(ProblemKind.Unreadable, "a file that is no SQLite database, or is damaged",
            "Check that this is the file you meant, and copy it again."),
        var code => new DatabaseFault(ProblemKind.Unreadable, FormattableString.Invariant($"an error of the database (SQLite code {code})"),
            "Run the query in the database's own client to see the message, which is kept back here because it may quote a value."),
    };

    private static string Message(string message)
    {
        var start = message.IndexOf('\'', StringComparison.Ordinal);
        var own = start < 0 ? message : message[(start + 1)..].TrimEnd('.', '\'');
        return Array.Exists(Shown, known => own.StartsWith(known, StringComparison.Ordinal)) ? ": " + own : "";
    }
}
