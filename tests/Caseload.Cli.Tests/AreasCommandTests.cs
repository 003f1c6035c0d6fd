using System.Diagnostics;

namespace Caseload.Cli.Tests;

/// <summary><c>caseload areas</c> as a person runs it: the built command in a process of its own.</summary>
public sealed class AreasCommandTests : IDisposable
{
    private const string Place = "time_period,geographic_level,region_name,old_la_code,new_la_code,la_name,";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("caseload-areas-cli-");
    private readonly string rates;
    private readonly string stock;
    private readonly string workforce;

    public AreasCommandTests()
    {
        rates = Write("rates.csv", Place
            + "Referrals,Referrals_rate,Re_referrals,Re_referrals_percent\n2017,National,,,,,600,500,60,10\n"
            + "2017,Local authority,Inner London,202,E09000007,Camden,2357,592.3,1178.5,50\n");
        stock = Write("stock.csv", Place + "At31_episodes\n2017,Local authority,Inner London,202,E09000007,Camden,1500\n");
        workforce = Write("workforce.csv", Place
            + "inpost_fte,caseload_fte\n2017,Local authority,Inner London,202,E09000007,Camden,125,15.2\n");
    }

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Three_files_give_one_table_and_a_summary()
    {
        var run = Run("--rates", rates, "--stock", stock, "--workforce", workforce, "--out", PathOf("areas.csv"), "--json",
            PathOf("areas.json"));

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            "authority,authority_name,region,referral_rate_per_10000,cin_per_social_worker,year,first_referral_rate_per_10000,deprivation,"
            + "ons_code,referrals,rereferrals,cin_stock,social_workers_fte,workforce_basis,workforce_covers,caseload_fte,"
            + "rereferral_percent,nfa_percent,source_kind\n"
            + "202,Camden,Inner London,592.3,12,2017,296.15,,E09000007,2357,1178.5,1500,125,own,202,15.2,50,,published\n",
            File.ReadAllText(PathOf("areas.csv")));
        Assert.StartsWith("Area table for 2017: 1 authorities", run.Output, StringComparison.Ordinal);
        Assert.Contains("\"year\": 2017", File.ReadAllText(PathOf("areas.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cell_that_cannot_be_taken_is_told_with_its_place_the_table_is_written_and_the_exit_code_is_1()
    {
        var marked = Write("marked.csv", File.ReadAllText(stock).Replace(",1500", ",n/a", StringComparison.Ordinal));
        var run = Run("--rates", rates, "--stock", marked, "--workforce", workforce, "--out", PathOf("areas.csv"), "--quiet");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("line 2, column At31_episodes: found \"n/a\", expected a number", run.Error, StringComparison.Ordinal);
        Assert.Contains("\n202,Camden,Inner London,592.3,,2017,", File.ReadAllText(PathOf("areas.csv")), StringComparison.Ordinal);
    }

    [Fact]
    public void Years_of_several_files_and_scores_of_deprivation_make_one_table()
    {
        var early = Write("osr26.csv", "geog_l,geog_c,geog_n,CINAt310311,Referrals1011Rate\nLA,202,Camden,2092,500\n");
        var scores = Write("imd.csv", "authority,deprivation\nE09000007,25.5\n");
        var run = Run("--rates", early, "--rates", rates, "--stock", early, "--stock", stock, "--workforce", workforce, "--year", "2011",
            "--year", "2017", "--deprivation", scores, "--out", PathOf("areas.csv"), "--json", PathOf("areas.json"));

        Assert.Equal(0, run.ExitCode);
        var rows = File.ReadAllLines(PathOf("areas.csv"));
        Assert.StartsWith("202,Camden,Inner London,500,,2011,,25.5,", rows[1], StringComparison.Ordinal);
        Assert.StartsWith("202,Camden,Inner London,592.3,12,2017,296.15,25.5,", rows[2], StringComparison.Ordinal);
        Assert.Equal(2, System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(PathOf("areas.json")))!.AsArray().Count);
        Assert.Contains("Area table for 2011", run.Output, StringComparison.Ordinal);
        Assert.Contains("Area table for 2017", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_command_writes_the_same_bytes()
    {
        byte[] Once()
        {
            Run("--rates", rates, "--stock", stock, "--workforce", workforce, "--out", PathOf("areas.csv"), "--json", PathOf("areas.json"));
            return [.. File.ReadAllBytes(PathOf("areas.csv")), .. File.ReadAllBytes(PathOf("areas.json"))];
        }

        Assert.Equal(Once(), Once());
    }

    [Fact]
    public void Quiet_prints_no_summary() =>
        Assert.Equal("", Run("--rates", rates, "--stock", stock, "--workforce", workforce, "--out", PathOf("areas.csv"), "--quiet").Output);

    [Fact]
    public void On_standard_output_stands_the_table_alone()
    {
        var run = Run("--rates", rates, "--stock", stock, "--workforce", workforce, "--out", "-");
        Assert.Equal(2, run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("Area table for 2017", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_workforce_file_the_measure_is_empty_and_standard_error_says_so()
    {
        var run = Run("--rates", rates, "--stock", stock, "--out", PathOf("areas.csv"), "--quiet");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("\n202,Camden,Inner London,592.3,,2017,", File.ReadAllText(PathOf("areas.csv")), StringComparison.Ordinal);
        Assert.Contains("note: No workforce file for 2017: cin_per_social_worker is empty.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_year_that_the_files_do_not_hold_is_a_failed_check_and_writes_nothing()
    {
        var run = Run("--rates", rates, "--stock", stock, "--workforce", workforce, "--year", "2011", "--out", PathOf("areas.csv"));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("found:    the rates file holds 2017; the stock file holds 2017; the workforce file holds 2017", run.Error,
            StringComparison.Ordinal);
        Assert.Contains("for 2011 was never published", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(PathOf("areas.csv")));
    }

    [Fact]
    public void A_file_for_another_option_is_unreadable()
    {
        var run = Run("--rates", stock, "--stock", stock, "--workforce", workforce, "--out", PathOf("areas.csv"));
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("Give this file as --stock", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("stock.csv", "in the place of the input")]
    [InlineData("areas.json", "--out and --json both write to")]
    public void An_output_over_another_file_of_the_command_is_wrong_usage_and_touches_nothing(string output, string found)
    {
        var before = File.ReadAllText(stock);
        var run = Run("--rates", rates, "--stock", stock, "--out", PathOf(output), "--json", PathOf("areas.json"));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(found, run.Error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(stock));
    }

    [Fact]
    public void Standard_input_can_be_one_file_only()
    {
        var run = Run("--rates", "-", "--stock", "-", "--out", PathOf("areas.csv"));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("standard input named more than once", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--out")]
    [InlineData("--rates")]
    [InlineData("--stock")]
    public void A_required_option_that_is_left_out_is_wrong_usage(string left)
    {
        string[] all = ["--rates", rates, "--stock", stock, "--out", PathOf("areas.csv")];
        var at = Array.IndexOf(all, left);
        var run = Run([.. all[..at], .. all[(at + 2)..]]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(left, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_unreadable_and_named()
    {
        var run = Run("--rates", PathOf("none.csv"), "--stock", stock, "--out", PathOf("areas.csv"));
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("none.csv", run.Error, StringComparison.Ordinal);
    }

    private string PathOf(string name) => Path.Combine(folder.FullName, name);

    private string Write(string name, string text)
    {
        File.WriteAllText(PathOf(name), text);
        return PathOf(name);
    }

    private static (int ExitCode, string Output, string Error) Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "caseload.dll"), "areas", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }
}
