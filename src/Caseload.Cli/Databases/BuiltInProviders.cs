using System.Data.Common;
using Caseload.Frames;

namespace Caseload.Cli.Databases;

/// <summary>Chooses between the two built-in providers.</summary>
internal static class BuiltInProviders
{
    private static readonly string[] OfSqlServer =
        ["Initial Catalog", "Integrated Security", "Trusted_Connection", "TrustServerCertificate", "MultipleActiveResultSets", "Encrypt"];

    /// <summary>The database that a connection is of.</summary>
    /// <exception cref="ProblemException">It is of neither, or it cannot be told of which (wrong usage).</exception>
    internal static DatabaseSource Choose(ConnectionText asked)
    {
        var text = asked.Whole;
        if (After(text, "sqlite:") is { } file) return SqliteSource.Of(file);
        if (text.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase)) return PostgresSource.OfAddress(text);
        if (After(text, "postgresql:") is { } keys) return PostgresSource.OfKeys(Keys(keys));
        if (!text.Contains('=', StringComparison.Ordinal) || File.Exists(text)) return SqliteSource.Of(text);
        var pairs = Keys(text);
        if (OfSqlServer.Any(pairs.ContainsKey)) throw Unknown("a connection string of SQL Server",
            "SQL Server is read through the provider that you bring: --provider-assembly Microsoft.Data.SqlClient.dll.");
        if (pairs.ContainsKey("Data Source") || pairs.ContainsKey("DataSource") || pairs.ContainsKey("Filename"))
            return SqliteSource.OfKeys(pairs);
        return pairs.ContainsKey("Host") || (pairs.ContainsKey("Server") && NamesUser(pairs))
            ? PostgresSource.OfKeys(pairs)
            : throw Unknown("a connection string that names neither a host nor a file", "Begin it with sqlite: or postgresql:.");
    }

    /// <summary>The keys and values of a connection string; variables of the environment are replaced in each value.</summary>
    /// <exception cref="ProblemException">It is no connection string (wrong usage); the message does not hold it.</exception>
    internal static DbConnectionStringBuilder Keys(string text)
    {
        try
        {
            return ConnectionText.Pairs(text);
        }
        catch (ArgumentException e)
        {
            throw new ProblemException(
                new Problem(ProblemKind.WrongUsage, "a --connection that is no connection string", "KEY=VALUE;KEY=VALUE", "",
                    "Put values with semicolons or equals signs into quotation marks. The text is not shown, because it may hold a "
                        + "secret."), e);
        }
    }

    private static bool NamesUser(DbConnectionStringBuilder pairs) =>
        new[] { "Username", "User Name", "User Id", "UserId", "User" }.Any(pairs.ContainsKey);

    private static string? After(string text, string prefix) =>
        text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? text[prefix.Length..] : null;

    private static ProblemException Unknown(string found, string remedy) => new(new Problem(
        ProblemKind.WrongUsage, found, "sqlite:FILE, postgresql://USER@HOST/DATABASE, or a connection string of either", "--connection",
        remedy));
}
