using System.Data.Common;
using Caseload.Frames;
using Caseload.Frames.Databases;
using Npgsql;

namespace Caseload.Cli.Databases;

/// <summary>PostgreSQL, and what speaks its protocol: a snapshot that is read and never written.</summary>
internal static class PostgresSource
{
    private const int ConnectSeconds = 15;

    // Errors whose messages hold names and words of the query, and nothing of the data: syntax, and unknown or ambiguous tables, columns,
    // functions and types.
    private static readonly string[] Shown =
        ["42601", "42P01", "42703", "42883", "42704", "42702", "42803", "42P09", "42712", "3F000", "42501"];

    private static readonly Dictionary<string, string> KeyOfParameter = new(StringComparer.OrdinalIgnoreCase)
    {
        ["sslmode"] = "SSL Mode", ["sslrootcert"] = "Root Certificate", ["sslcert"] = "SSL Certificate", ["sslkey"] = "SSL Key",
        ["sslpassword"] = "SSL Password", ["connect_timeout"] = "Timeout", ["application_name"] = "Application Name",
        ["client_encoding"] = "Client Encoding", ["options"] = "Options", ["host"] = "Host", ["port"] = "Port", ["user"] = "Username",
        ["password"] = "Password", ["dbname"] = "Database", ["target_session_attrs"] = "Target Session Attributes",
    };

    /// <summary>The database of an address: <c>postgresql://user@host:port/database?sslmode=require</c>.</summary>
    /// <exception cref="ProblemException">It is no such address (wrong usage); the message does not hold it.</exception>
    internal static DatabaseSource OfAddress(string address)
    {
        var pairs = new DbConnectionStringBuilder();
        var rest = address[(address.IndexOf("://", StringComparison.Ordinal) + 3)..];
        var parameters = Cut(ref rest, rest.IndexOf('?', StringComparison.Ordinal));
        var database = Cut(ref rest, rest.LastIndexOf('/'));
        var at = rest.LastIndexOf('@');
        if (at >= 0)
        {
            var user = rest[..at];
            var password = Cut(ref user, user.IndexOf(':', StringComparison.Ordinal));
            Set(pairs, "Username", user);
            Set(pairs, "Password", password);
        }

        var host = rest[(at + 1)..];
        var port = host.LastIndexOf(':') is var colon && colon > host.LastIndexOf(']') ? Cut(ref host, colon) : "";
        Set(pairs, "Host", host.Trim('[', ']'));
        Set(pairs, "Port", port);
        Set(pairs, "Database", database);
        foreach (var parameter in parameters.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var name = parameter;
            var value = Cut(ref name, parameter.IndexOf('=', StringComparison.Ordinal));
            if (!KeyOfParameter.TryGetValue(name, out var key))
                throw Wrong($"the parameter \"{name}\" in the address", "one of " + string.Join(", ", KeyOfParameter.Keys), null);
            Set(pairs, key, value);
        }

        return OfKeys(pairs);
    }

    /// <summary>The database of a connection string.</summary>
    /// <exception cref="ProblemException">A key or a value is not known (wrong usage).</exception>
    internal static DatabaseSource OfKeys(DbConnectionStringBuilder pairs)
    {
        NpgsqlConnectionStringBuilder keys;
        try
        {
            keys = new NpgsqlConnectionStringBuilder(pairs.ConnectionString);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException)
        {
            throw Wrong("a key or a value that PostgreSQL's provider does not know",
                "Host=HOST;Port=PORT;Database=DATABASE;Username=USER", e);
        }

        // What a server adds as detail to an error quotes rows.
        keys.IncludeErrorDetail = false;
        keys.Pooling = false;
        if (!pairs.ContainsKey("Timeout")) keys.Timeout = ConnectSeconds;
        keys.ApplicationName ??= "caseload";
        if (string.IsNullOrEmpty(keys.Host))
            keys.Host = Environment.GetEnvironmentVariable("PGHOST") is { Length: > 0 } host ? host : "localhost";
        var name = $"PostgreSQL {(string.IsNullOrEmpty(keys.Database) ? "" : $"database {keys.Database} ")}on {keys.Host}";
        return new DatabaseSource(() => new NpgsqlConnection(keys.ConnectionString), new DatabaseSettings
        {
            Name = name, Begin = "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY", Explain = Explain,
        });
    }

    private static DatabaseFault? Explain(DbException error) => error switch
    {
        PostgresException e => SqlStates.Describe(e.SqlState) is var fault && Array.IndexOf(Shown, e.SqlState) >= 0
            ? fault with { Found = $"{fault.Found}: {e.MessageText}", Position = e.Position > 0 ? e.Position : null }
            : fault,
        NpgsqlException { SqlState: null, InnerException: System.Net.Sockets.SocketException or IOException } => new DatabaseFault(
            ProblemKind.Unreadable, "no server that answers", "Check host and port, and that the server runs."),
        NpgsqlException { SqlState: null } => new DatabaseFault(ProblemKind.Unreadable, "a connection that the provider cannot make",
            "Check the connection string: the user, the password (PGPASSWORD, or ${NAME} in it), and SSL Mode."),
        _ => null,
    };

    // Takes away what stands from a separator on, and gives it without the separator.
    private static string Cut(ref string text, int at)
    {
        if (at < 0) return "";
        var rest = text[(at + 1)..];
        text = text[..at];
        return rest;
    }

    // Signs in an address are written as %40 and the like; what comes from the environment is taken as it is.
    private static void Set(DbConnectionStringBuilder pairs, string key, string value)
    {
        if (value.Length > 0) pairs[key] = ConnectionText.Expand(Uri.UnescapeDataString(value));
    }

    private static ProblemException Wrong(string found, string expected, Exception? inner) =>
        new(new Problem(ProblemKind.WrongUsage, found, expected, "--connection", "Check the spelling of the keys."), inner);
}
