using Caseload.Frames;
using Caseload.Frames.Databases;
using Caseload.Schemas;

namespace Caseload.Returns;

/// <summary>Reads CIN census returns from a database: a query with one row a referral.</summary>
public static class DatabaseReturns
{
    /// <summary>Reads returns. The rows are held against the same contract as those of files; a finding's place is a row of the
    /// query.</summary>
    /// <param name="schema">The contract of the table "returns".</param>
    /// <param name="session">The database.</param>
    /// <param name="query">The query; with ORDER BY its row numbers mean the same in the next run.</param>
    /// <param name="settings">How they are read: without a map the columns have the census item names.</param>
    /// <exception cref="ProblemException">
    /// The query cannot be run, or lacks a column that the contract requires or the map names.
    /// </exception>
    public static ReturnSet Read(TableSchema schema, DatabaseSession session, DatabaseQuery query, ReturnsSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(query);
        var builder = new TableBuilder(schema, settings?.LeftAside?.Except(ReturnOddities.Columns).ToArray()) { Unit = "row" };
        QueryTable.Append(builder, session, query, settings?.Map);
        return ReturnsReader.Complete(builder.Build(), [query.Place], []);
    }
}
