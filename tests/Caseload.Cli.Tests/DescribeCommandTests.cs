using System.Text.Json;

namespace Caseload.Cli.Tests;

/// <summary><c>caseload describe</c>.</summary>
public sealed class DescribeCommandTests(ReproducedRun run) : IClassFixture<ReproducedRun>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Prints_the_risk_groups_and_says_that_the_data_are_simulated()
    {
        var described = CaseloadRun.Of("describe", run.Cohort).Succeeded();

        Assert.StartsWith("6,000 children, SIMULATED; disclosure control: none (simulated data)", described.Output, StringComparison.Ordinal);
        Assert.Contains("Abuse or neglect", described.Output, StringComparison.Ordinal);
        Assert.Contains("Unborn", described.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_holds_both_denominators_of_each_group_and_adds_up()
    {
        using var json = JsonDocument.Parse(CaseloadRun.Of("describe", run.Cohort, "--by", "authority", "--json", "-").Succeeded().Output);
        var groups = json.RootElement.GetProperty("groups").EnumerateArray().ToArray();

        Assert.Equal("simulated", json.RootElement.GetProperty("sourceKind").GetString());
        Assert.Equal(120, groups.Length);
        Assert.Equal(6_000, groups.Sum(g => g.GetProperty("all").GetProperty("total").GetInt32()));
        Assert.Equal(4_404, groups.Sum(g => g.GetProperty("eligible").GetProperty("total").GetInt32()));
    }

    [Fact]
    public void On_real_data_small_counts_are_hidden_in_the_json_too()
    {
        var path = folder.File("real.csv", run.CohortWith("source_kind", _ => "real"));
        using var json = JsonDocument.Parse(CaseloadRun.Of("describe", path, "--by", "authority", "--json", "-").Succeeded().Output);
        var all = json.RootElement.GetProperty("groups").EnumerateArray().Select(g => g.GetProperty("all")).ToArray();

        Assert.Equal("real", json.RootElement.GetProperty("sourceKind").GetString());
        Assert.Contains(all, a => a.GetProperty("isSuppressed").GetBoolean());
        Assert.All(all.Where(a => a.GetProperty("isSuppressed").GetBoolean()), a => Assert.Equal(JsonValueKind.Null, a.GetProperty("count").ValueKind));
        Assert.DoesNotContain(all, a => a.GetProperty("count") is { ValueKind: JsonValueKind.Number } n && n.GetInt32() is > 0 and <= 5);
    }

    [Fact]
    public void An_unknown_column_is_wrong_usage_and_the_known_ones_are_listed() => CaseloadRun.Of("describe", run.Cohort, "--by", "gender").Stopped(2, "--by gender", "sex");

    [Fact]
    public void A_file_that_is_no_cohort_is_told_as_such()
    {
        CaseloadRun.Of("describe", run.Areas).Stopped(3, "rereferred");
        CaseloadRun.Of("describe", Path.Combine(folder.Path, "none.csv")).Stopped(3, "no such file");
        CaseloadRun.Of("describe").Stopped(2);
    }

    [Fact]
    public void The_cohort_is_never_replaced_by_its_description()
    {
        var path = folder.File("cohort.csv", File.ReadAllText(run.Cohort));
        CaseloadRun.Of("describe", path, "--json", path).Stopped(2, "cohort.csv");

        Assert.Equal(File.ReadAllText(run.Cohort), File.ReadAllText(path));
    }

    public void Dispose() => folder.Dispose();
}
