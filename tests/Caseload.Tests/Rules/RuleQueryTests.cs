using Caseload.Frames.Databases;
using Caseload.Rules;
using Caseload.Schemas;
using Microsoft.Data.Sqlite;

namespace Caseload.Tests.Rules;

/// <summary>Rules over the rows of a query: columns that it lacks are told, and a map makes of others what the rules look at.</summary>
public sealed class RuleQueryTests : IDisposable
{
    private const string Required = "201 as LEA, 2015 as Year, id as LAchildID, '2003-01-01' as PersonBirthDate, 2 as GenderCurrent, "
        + "'NONE' as Disabilities, referral as CINreferralDate, 'N1' as PrimaryNeedCode, null as CINclosureDate, 0 as ReferralNFA";

    private const string Rows = "(select 'A' as id, '2014-05-01' as referral union all select 'B', 'soon' union all select 'A', '2014-06-01')";

    private static readonly DataPackage Package = DataPackage.Load();
    private readonly SqliteConnection connection = new("Data Source=:memory:");
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void A_rule_whose_column_the_query_lacks_is_not_run_and_one_that_fails_names_the_row()
    {
        var rules = Run($"select {Required} from {Rows}", null);

        Assert.Equal((RuleOutcome.NotRun, "the table has no column Ethnicity"), (Of(rules, "4220").Outcome, Of(rules, "4220").Reason));
        Assert.Equal([new RulePlace("--query", 2, "CINreferralDate") { Unit = "row" }], Of(rules, "8600").Places);
    }

    [Fact]
    public void The_rows_of_a_child_need_not_stand_together()
    {
        // Two open referrals of child A stand around one of child B.
        var open = Of(Run($"select {Required} from {Rows}", null), "8815");

        Assert.Equal(RuleOutcome.Failed, open.Outcome);
        Assert.Equal([1L, 3L], open.Places.Select(place => place.Line));
    }

    [Fact]
    public void Joined_columns_recoded_values_and_constants_of_a_map_are_judged()
    {
        var map = ColumnMap.Load(folder.File("m.json", """
            {
              "name": "m", "description": "A test's own.",
              "columns": { "Disabilities": ["first", "second"], "Ethnicity": "origin" },
              "values": { "Ethnicity": { "white british": "WBRI" } },
              "constants": { "ReferralSource": "1A" }
            }
            """), Package.Table("returns"));
        var columns = Required.Replace("'NONE' as Disabilities", "'NONE' as first, case id when 'B' then 'LD' end as second, 'white british' as origin",
            StringComparison.Ordinal);
        var rules = Run($"select {columns} from {Rows}", map);

        Assert.Equal([2L], Of(rules, "8790").Places.Select(place => place.Line));
        Assert.Equal((RuleOutcome.Passed, RuleOutcome.Passed), (Of(rules, "4220").Outcome, Of(rules, "8866").Outcome));
    }

    public void Dispose()
    {
        connection.Dispose();
        folder.Dispose();
    }

    private static RuleReport Of(IReadOnlyList<RuleReport> rules, string number) => rules.Single(rule => rule.Number == number);

    private IReadOnlyList<RuleReport> Run(string query, ColumnMap? map)
    {
        using var session = DatabaseSession.Open(connection);
        return RuleRun.Over(Package, session, DatabaseQuery.Parse(query, "--query"), map);
    }
}
