using System.Data.Common;

namespace Caseload.Frames.Databases;

/// <summary>How a database is read. Every setting has a default, which suits a connection that a person brings.</summary>
public sealed record DatabaseSettings
{
    /// <summary>What messages call the database; never a connection string. Default: "the database".</summary>
    public string Name { get; init; } = "the database";

    /// <summary>
    /// The statement that begins a transaction in which nothing can be changed; it is rolled back at the end. Default: null, which leaves
    /// the connection's transactions alone.
    /// </summary>
    public string? Begin { get; init; }

    /// <summary>
    /// Whether to read within a transaction of the provider's own making, which is rolled back at the end: for databases whose words for a
    /// transaction that only reads are not known. Default: false.
    /// </summary>
    public bool RollsBack { get; init; }

    /// <summary>The seconds that a query may take, from 1; 0 is as long as it likes. Default: 0.</summary>
    public int TimeoutSeconds { get; init; }

    /// <summary>Stops a query that runs. Default: nothing does.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>
    /// Tells what a provider's error is, in words that hold no value of the data. Default: null, which goes by the SQLSTATE alone.
    /// </summary>
    public Func<DbException, DatabaseFault?>? Explain { get; init; }
}

/// <summary>An error of a database in words that may be shown: a server's own message may quote a cell.</summary>
/// <param name="Kind">Wrong usage where the query itself is wrong, unreadable otherwise.</param>
/// <param name="Found">What was found.</param>
/// <param name="Remedy">What to do.</param>
/// <param name="Position">Where in the statement, in characters from 1; null where the provider does not tell.</param>
public sealed record DatabaseFault(ProblemKind Kind, string Found, string Remedy, int? Position = null);
