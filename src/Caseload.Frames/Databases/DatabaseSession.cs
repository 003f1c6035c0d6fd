using System.Data;
using System.Data.Common;

namespace Caseload.Frames.Databases;

/// <summary>A connection on which queries are read, one at a time.</summary>
public sealed class DatabaseSession : IDisposable
{
    private readonly DbConnection connection;
    private readonly DatabaseSettings settings;
    private readonly DatabaseErrors errors;
    private bool isOurs;
    private bool isBegun;
    private DbTransaction? transaction;

    private DatabaseSession(DbConnection connection, DatabaseSettings settings) =>
        (this.connection, this.settings, errors) = (connection, settings, new DatabaseErrors(settings));

    /// <summary>What messages call the database.</summary>
    public string Name => settings.Name;

    /// <summary>Opens a connection, unless it is open already, and begins the transaction that the settings ask for.</summary>
    /// <param name="connection">The connection, of any provider. It is closed at the end where it was opened here.</param>
    /// <param name="settings">How it is read; all defaults where left out.</param>
    /// <exception cref="ProblemException">There is no connection (unreadable).</exception>
    public static DatabaseSession Open(DbConnection connection, DatabaseSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var session = new DatabaseSession(connection, settings ?? new DatabaseSettings());
        try
        {
            session.Begin();
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>The name of a column as it stands in SQL, in the quotation marks of this database.</summary>
    /// <param name="identifier">The name.</param>
    public string Quote(string identifier)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        using var builder = DbProviderFactories.GetFactory(connection)?.CreateCommandBuilder();
        return builder is { QuotePrefix.Length: > 0, QuoteSuffix.Length: > 0 }
            ? builder.QuoteIdentifier(identifier)
            : "\"" + identifier.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
    }

    /// <summary>The columns of a query as a frame without rows; the query is planned and not run.</summary>
    /// <param name="query">The query.</param>
    /// <exception cref="ProblemException">The query cannot be run, or its columns cannot be told apart.</exception>
    public Frame Columns(DatabaseQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        using var rows = Run(query.Within("SELECT *", "WHERE 1 = 0"));
        RequireApart(rows.Columns, query);
        return DatabaseFrame.Read(rows);
    }

    /// <summary>Runs a statement.</summary>
    /// <param name="statement">The statement.</param>
    /// <returns>Its rows; the next statement waits until they are disposed of.</returns>
    /// <exception cref="ProblemException">
    /// It cannot be run, gives no columns, or two columns of one name (wrong usage or unreadable).
    /// </exception>
    public DatabaseRows Run(SqlStatement statement)
    {
        ArgumentNullException.ThrowIfNull(statement);
        var command = connection.CreateCommand();
        try
        {
            command.CommandText = statement.Text;
            command.CommandTimeout = settings.TimeoutSeconds;
            command.Transaction = transaction;
            var rows = new DatabaseRows(command, statement, settings);
            rows.Execute();
            return rows;
        }
        catch
        {
            command.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // A connection that failed cannot be rolled back; closing it does the same.
        if (isBegun && connection.State == ConnectionState.Open) Try(() => Execute("ROLLBACK"));
        if (transaction is not null) Try(transaction.Dispose);
        if (isOurs) Try(connection.Close);
        (isBegun, isOurs, transaction) = (false, false, null);
    }

    // SQLite gives the second of two columns named x the name x:1 inside another query, where other databases say that x is ambiguous.
    private void RequireApart(IReadOnlyList<string> columns, DatabaseQuery query)
    {
        foreach (var column in columns)
        {
            var at = column.LastIndexOf(':');
            if (at > 0 && at + 1 < column.Length && column.AsSpan(at + 1).IndexOfAnyExceptInRange('0', '9') < 0
                && columns.Contains(column[..at]))
                throw DatabaseRows.Repeated(column[..at], $"{Name}: {query.Place}");
        }
    }

    private static void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is DbException or InvalidOperationException or IOException)
        {
            // What was read stands; the server ends the transaction with the connection.
        }
    }

    private void Begin() => errors.Guard(null, () =>
    {
        if (connection.State != ConnectionState.Open)
        {
            connection.Open();
            isOurs = true;
        }

        if (settings.Begin is { } begin)
        {
            Execute(begin);
            isBegun = true;
        }

        if (settings.RollsBack) transaction = connection.BeginTransaction();

        return true;
    });

    private void Execute(string statement)
    {
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
    }
}
