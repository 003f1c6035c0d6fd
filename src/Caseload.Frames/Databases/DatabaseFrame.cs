using System.Data.Common;

namespace Caseload.Frames.Databases;

/// <summary>
/// Reads the rows of a query into a frame. Text stays text; whole numbers of 32 bits are whole numbers, all others numbers; NULL and
/// not-a-number are missing. A timestamp at midnight is a date, one with a time of day is refused, because a frame would lose it.
/// </summary>
public static class DatabaseFrame
{
    /// <summary>Reads all rows of a query.</summary>
    /// <param name="connection">A connection of any provider; it is opened and closed where it is not open.</param>
    /// <param name="query">One query.</param>
    /// <exception cref="ProblemException">
    /// There is no connection, the query cannot be run, two columns have one name, or a column holds what a frame cannot.
    /// </exception>
    public static Frame LoadFrom(DbConnection connection, string query)
    {
        using var session = DatabaseSession.Open(connection);
        return LoadFrom(session, DatabaseQuery.Parse(query));
    }

    /// <summary>Reads all rows of a query.</summary>
    /// <param name="session">The database.</param>
    /// <param name="query">The query.</param>
    /// <exception cref="ProblemException">As above.</exception>
    public static Frame LoadFrom(DatabaseSession session, DatabaseQuery query)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(query);
        using var rows = session.Run(query.Alone);
        return Read(rows);
    }

    /// <summary>Reads the rows that a reader has left.</summary>
    /// <param name="reader">The reader; it stays open.</param>
    /// <exception cref="ProblemException">As above.</exception>
    public static Frame LoadFrom(DbDataReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        using var rows = new DatabaseRows(reader);
        return Read(rows);
    }

    /// <summary>Reads all rows.</summary>
    /// <param name="rows">The rows of a statement.</param>
    /// <exception cref="ProblemException">
    /// A column holds what a frame cannot; the message gives row and column, never the value.
    /// </exception>
    public static Frame Read(DatabaseRows rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        DatabaseColumnBuilder[] builders = [.. rows.Columns.Select((name, i) => new DatabaseColumnBuilder(name, rows.Declared(i)))];
        while (rows.Read())
        {
            for (var i = 0; i < builders.Length; i++)
            {
                if (builders[i].Add(rows.Cell(i)) is var (found, expected))
                    throw rows.Refuse(i, found, expected, "Write the column as CAST(column AS double precision) or text.");
            }
        }

        return new Frame(builders.Select(builder => builder.ToColumn()));
    }
}
