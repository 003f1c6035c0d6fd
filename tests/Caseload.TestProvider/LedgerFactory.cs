using System.Data;
using System.Data.Common;

namespace Caseload.TestProvider;

/// <summary>Makes connections to ledgers; names stand in brackets, as in SQL Server.</summary>
public sealed class LedgerFactory : DbProviderFactory
{
    public static readonly LedgerFactory Instance = new();

    private LedgerFactory()
    {
    }

    public override DbConnection CreateConnection() => new LedgerConnection();

    public override DbCommandBuilder CreateCommandBuilder() => new Brackets();

    private sealed class Brackets : DbCommandBuilder
    {
        internal Brackets() => (QuotePrefix, QuoteSuffix) = ("[", "]");

        public override string QuoteIdentifier(string unquotedIdentifier) => $"[{unquotedIdentifier.Replace("]", "]]", StringComparison.Ordinal)}]";

        protected override void ApplyParameterInfo(DbParameter parameter, DataRow row, StatementType statementType, bool whereClause) =>
            throw new NotSupportedException();

        protected override string GetParameterName(int parameterOrdinal) => throw new NotSupportedException();

        protected override string GetParameterName(string parameterName) => throw new NotSupportedException();

        protected override string GetParameterPlaceholder(int parameterOrdinal) => throw new NotSupportedException();

        protected override void SetRowUpdatingHandler(DbDataAdapter adapter) => throw new NotSupportedException();
    }
}
