namespace Caseload.Cli.Tests;

/// <summary>The choice of area figures on <c>cohort</c> and <c>reproduce</c>.</summary>
public sealed class AreaOptionsTests(ReproducedRun run) : IClassFixture<ReproducedRun>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Out => Path.Combine(folder.Path, "cohort.csv");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_first_referral_rate_takes_the_place_of_the_rate_and_is_said()
    {
        var made = CaseloadRun.Of("cohort", "--returns", run.Returns, "--areas", Areas(), "--out", Out, "--rate", "first")
            .SucceededWithOddities();

        Assert.Contains("Referral rate per 10,000 of 2010-11 (without re-referrals within 12 months); CIN per social worker of 2010-11.",
            made.Output, StringComparison.Ordinal);
        Assert.Equal(["77"], Column("referral_rate_per_10000"));
    }

    [Fact]
    public void The_years_of_the_rate_and_of_the_workforce_are_chosen_apart()
    {
        var made = CaseloadRun.Of("cohort", "--returns", run.Returns, "--areas", Areas(), "--out", Out, "--rates-year", "2010",
            "--workforce-year", "2017").SucceededWithOddities();

        Assert.Contains("of 2009-10 (all referrals); CIN per social worker of 2016-17.", made.Output, StringComparison.Ordinal);
        Assert.Equal(["200"], Column("referral_rate_per_10000"));
        Assert.Equal(["17"], Column("cin_per_social_worker"));
    }

    [Fact]
    public void A_bad_figure_of_the_area_table_is_told_the_run_goes_on_and_the_exit_code_is_1()
    {
        var made = CaseloadRun.Of("cohort", "--returns", run.Returns, "--areas", Areas("2011,x,10,77", "2010,200,1,1"), "--out", Out);

        Assert.Equal(1, made.Code);
        Assert.Contains("column referral_rate_per_10000: found \"x\"", made.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(Out));
    }

    [Fact]
    public void A_choice_that_the_table_cannot_meet_is_a_failed_check()
    {
        CaseloadRun.Of("cohort", "--returns", run.Returns, "--areas", run.Areas, "--out", Out, "--rate", "first", "--rates-year", "1999")
            .Stopped(1);
        CaseloadRun.Of("cohort", "--returns", run.Returns, "--areas", Areas(), "--out", Out, "--rates-year", "1999")
            .Stopped(1, "rows for 1999");
        Assert.False(File.Exists(Out));
    }

    [Fact]
    public void Another_rate_and_a_choice_beside_a_cohort_file_are_wrong_usage()
    {
        CaseloadRun.Of("cohort", "--returns", run.Returns, "--areas", run.Areas, "--out", Out, "--rate", "lagged").Stopped(2, "lagged");
        CaseloadRun.Of("reproduce", "--cohort", run.Cohort, "--rate", "first", "--no-notebooks", "--out", folder.Path)
            .Stopped(2, "both --rate");
    }

    // The authorities of the simulation, each year with one figure for all of them.
    private string Areas(params string[] years)
    {
        if (years.Length == 0) years = ["2010,200,1,1", "2011,500,10,77", "2017,600,17,1"];
        var authorities = File.ReadAllLines(run.Areas).Skip(1).Select(line => line.Split(',')[0]).Distinct();
        return folder.File("areas.csv",
            "authority,authority_name,source_kind,year,referral_rate_per_10000,cin_per_social_worker,first_referral_rate_per_10000\n"
            + string.Concat(authorities.SelectMany(code => years.Select(year => $"{code},Name,simulated,{year}\n"))));
    }

    private string[] Column(string name)
    {
        var rows = File.ReadAllLines(Out);
        var at = Array.IndexOf(rows[0].Split(','), name);
        return [.. rows.Skip(1).Select(row => row.Split(',')[at]).Distinct()];
    }
}
