using System.Diagnostics;
using System.Text;

namespace Caseload.Cli.Tests;

/// <summary>Every bad input that the contract names: an exit code, one readable block, and nothing lost.</summary>
public sealed class ReproduceBadInputTests(ReproducedRun run) : IClassFixture<ReproducedRun>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Out => Path.Combine(folder.Path, "out");

    [Fact]
    public void A_cohort_with_one_authority_has_no_estimate_and_the_rest_is_written() =>
        NoEstimate(run.CohortWith("authority", _ => "201"), "one group only");

    [Fact]
    public void An_outcome_that_is_all_zero_has_no_estimate_and_the_rest_is_written() =>
        NoEstimate(run.CohortWith("rereferred", _ => "false"), $"All {run.Modelled} trials are failures");

    [Fact]
    public void An_outcome_that_is_all_one_has_no_estimate_and_the_rest_is_written() =>
        NoEstimate(run.CohortWith("rereferred", _ => "true"), $"All {run.Modelled} trials are successes");

    [Fact]
    public void A_level_that_tells_the_outcome_without_error_is_named_and_the_other_estimates_stand()
    {
        Cohort(AlwaysAgain(every: 97, need: "N7")).Stopped(4, "needN7");
        var coefficients = File.ReadAllLines(Path.Combine(Out, "tables", "coefficients.csv"));

        Assert.Contains("needN7", Report(), StringComparison.Ordinal);
        Assert.Matches(",needN7,,,", Assert.Single(coefficients, line => line.Contains(",needN7,", StringComparison.Ordinal)));
        Assert.Matches(@",needN1,-?\d", Assert.Single(coefficients, line => line.Contains(",needN1,", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("nfa", "false", "nfa")]
    [InlineData("sex", "male", "female")]
    [InlineData("disabled", "false", "disabled_other")]
    [InlineData("age_group", "5-9", "age_group")]
    [InlineData("need", "N1", "need")]
    [InlineData("cin_per_social_worker", "12", "cin_5")]
    [InlineData("referral_rate_per_10000", "550", "rate_250")]
    public void A_column_that_is_constant_is_left_out_of_the_model_by_name(string column, string value, string term)
    {
        var constant = Cohort(run.CohortWith(column, _ => value));

        Assert.True(constant.Code == 0, constant.Error);
        Assert.DoesNotContain(File.ReadAllLines(Path.Combine(Out, "tables", "coefficients.csv")), line => line.Contains($",{term},", StringComparison.Ordinal));
        Assert.Matches($@"Dropped, because the columns before say the same: [^<]*\b{term}\b", Report());
        foreach (var table in Directory.GetFiles(Path.Combine(Out, "tables"))) Assert.DoesNotContain("NaN", File.ReadAllText(table), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rereferred")]
    [InlineData("need")]
    [InlineData("cin_per_social_worker")]
    public void A_missing_column_is_named(string column) =>
        Cohort(File.ReadAllText(run.Cohort).Replace($",{column},", $",{column}_old,", StringComparison.Ordinal)).Stopped(3, "no column " + column, "cohort.csv, line 1");

    [Fact]
    public void A_bad_cell_is_told_by_file_line_and_column_and_its_row_is_counted()
    {
        var row = 0;
        var bad = Cohort(run.CohortWith("rereferred", value => ++row == 7 ? "perhaps" : value));

        Assert.Equal(1, bad.Code);
        Assert.Contains("cohort.csv, line 8, column rereferred", bad.Error, StringComparison.Ordinal);
        Assert.Contains("left out: 1 row:", bad.Error, StringComparison.Ordinal);
        Assert.Contains("5,999", bad.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Out, "report.html")));
    }

    [Fact]
    public void A_file_that_is_not_there_a_directory_and_an_empty_file_cannot_be_read()
    {
        CaseloadRun.Of("reproduce", "--cohort", Path.Combine(folder.Path, "none.csv"), "--no-notebooks", "--out", Out).Stopped(3, "no such file");
        CaseloadRun.Of("reproduce", "--cohort", folder.Path, "--no-notebooks", "--out", Out).Stopped(3, "a directory");
        Cohort("").Stopped(3, "an empty file");
        Cohort("\n\n\n").Stopped(3, "blank lines only");
        Assert.False(Directory.Exists(Out));
    }

    [Fact]
    public void A_header_without_rows_is_a_failed_check() => Cohort(File.ReadLines(run.Cohort).First() + "\n").Stopped(1, "a cohort without a child");

    [Fact]
    public void Semicolons_are_told_as_such() => Cohort(File.ReadAllText(run.Cohort).Replace(',', ';')).Stopped(3, "separated by semicolons");

    [Fact]
    public void Utf_16_is_refused_with_a_way_out()
    {
        var path = folder.File("cohort.csv", Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(File.ReadAllText(run.Cohort))).ToArray());

        CaseloadRun.Of("reproduce", "--cohort", path, "--no-notebooks", "--out", Out).Stopped(3, "UTF-16", "CSV UTF-8");
    }

    [Fact]
    public void An_xml_return_that_is_cut_short_cannot_be_read()
    {
        var whole = Xml();
        Returns(whole[..(whole.Length * 2 / 3)]).Stopped(3, "r.xml");
    }

    [Fact]
    public void An_external_entity_is_refused_and_what_it_points_at_is_not_read()
    {
        var secret = folder.File("secret.txt", "the-secret-of-another-file");
        var stopped = Returns($"<?xml version=\"1.0\"?><!DOCTYPE Message [<!ENTITY x SYSTEM \"{new Uri(secret)}\">]>" + Xml().Replace("AB1", "&x;", StringComparison.Ordinal)).Stopped(3, "r.xml");

        Assert.DoesNotContain("the-secret-of-another-file", stopped.Error + stopped.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Entities_that_grow_without_end_are_refused() =>
        Returns("<?xml version=\"1.0\"?><!DOCTYPE Message [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]>" + Xml().Replace("AB1", "&b;", StringComparison.Ordinal)).Stopped(3, "r.xml");

    [Fact]
    public void A_cohort_year_that_the_returns_do_not_hold_is_a_clear_answer()
    {
        CaseloadRun.Of("reproduce", "--returns", run.Returns, "--areas", run.Areas, "--cohort-year", "2020", "--no-notebooks", "--out", Out)
            .Stopped(1, "2011, 2012, 2013, 2014, 2015, 2016", "--cohort-year");
        Assert.False(Directory.Exists(Out));
    }

    [Fact]
    public void Returns_without_areas_to_read_are_told_before_the_long_work() =>
        CaseloadRun.Of("reproduce", "--returns", run.Returns, "--areas", Path.Combine(folder.Path, "none.csv"), "--no-notebooks", "--out", Out).Stopped(3, "none.csv");

    [Fact]
    public void An_input_that_cannot_be_read_leaves_the_results_of_an_earlier_run_as_they_were()
    {
        Directory.CreateDirectory(Out);
        File.WriteAllText(Path.Combine(Out, "report.html"), "earlier");
        Cohort(File.ReadAllText(run.Cohort)[..^200] + "\"").Stopped(3);

        Assert.Equal("earlier", File.ReadAllText(Path.Combine(Out, "report.html")));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(900)]
    [InlineData(2_300)]
    public void On_a_disk_that_fills_nothing_is_left_half_written(int kilobytes)
    {
        Directory.CreateDirectory(Out);
        Assert.SkipUnless(Mount(kilobytes), "a file system of its own cannot be mounted here (that takes root on Linux)");
        try
        {
            CaseloadRun.Of("reproduce", "--children", "6000", "--no-notebooks", "--out", Out).Stopped(3, "could not be written");

            Assert.Empty(Directory.GetFiles(Out, "*.partial", SearchOption.AllDirectories));

            // What is there is whole: byte for byte what a run with room writes.
            var written = Directory.GetFiles(Out, "*", SearchOption.AllDirectories);
            Assert.All(written, path => Assert.Equal(File.ReadAllBytes(run.PathOf(Path.GetRelativePath(Out, path))), File.ReadAllBytes(path)));
        }
        finally
        {
            using var umount = Process.Start("umount", Out);
            umount.WaitForExit();
        }
    }

    [Fact]
    public void An_output_that_is_a_file_cannot_be_written_to() =>
        CaseloadRun.Of("reproduce", "--cohort", run.Cohort, "--no-notebooks", "--out", folder.File("taken", "mine")).Stopped(3, "taken");

    public void Dispose() => folder.Dispose();

    private void NoEstimate(string cohort, string says)
    {
        Cohort(cohort).Stopped(4, says);

        Assert.Contains("No model could be estimated", Report(), StringComparison.Ordinal);
        Assert.Contains(says, Report(), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Out, "tables", "risk-groups.csv")));
        Assert.True(File.Exists(Path.Combine(Out, "findings.json")));
        Assert.False(File.Exists(Path.Combine(Out, "tables", "coefficients.csv")));
    }

    // The cohort with one need that only some children have, all of whom come back.
    private string AlwaysAgain(int every, string need)
    {
        var lines = File.ReadAllLines(run.Cohort);
        var names = lines[0].Split(',');
        var (needAt, againAt) = (Array.IndexOf(names, "need"), Array.IndexOf(names, "rereferred"));
        for (var i = 1; i < lines.Length; i++)
        {
            var cells = lines[i].Split(',');
            if (i % every == 0) (cells[needAt], cells[againAt]) = (need, "true");
            else if (cells[needAt] == need) cells[needAt] = "N9";
            lines[i] = string.Join(',', cells);
        }

        return string.Join('\n', lines) + "\n";
    }

    private string Report() => File.ReadAllText(Path.Combine(Out, "report.html"));

    private CaseloadRun Cohort(string text) => CaseloadRun.Of("reproduce", "--cohort", folder.File("cohort.csv", text), "--no-notebooks", "--out", Out);

    private CaseloadRun Returns(string xml)
    {
        Directory.CreateDirectory(Path.Combine(folder.Path, "returns"));
        folder.File("returns/r.xml", xml);
        return CaseloadRun.Of("reproduce", "--returns", Path.Combine(folder.Path, "returns"), "--areas", run.Areas, "--no-notebooks", "--out", Out);
    }

    private static string Xml() =>
        """
        <Message><Header><CollectionDetails><Collection>CIN</Collection><Year>2011</Year><ReferenceDate>2011-03-31</ReferenceDate></CollectionDetails>
        <Source><SourceLevel>L</SourceLevel><LEA>001</LEA></Source></Header><Children><Child>
        <ChildIdentifiers><LAchildID>AB1</LAchildID><PersonBirthDate>2004-01-01</PersonBirthDate><GenderCurrent>1</GenderCurrent></ChildIdentifiers>
        <ChildCharacteristics><Ethnicity>WBRI</Ethnicity></ChildCharacteristics>
        <CINdetails><CINreferralDate>2010-06-01</CINreferralDate><PrimaryNeedCode>N1</PrimaryNeedCode><ReferralNFA>false</ReferralNFA></CINdetails>
        </Child></Children></Message>
        """;

    private bool Mount(int kilobytes)
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root") return false;
        try
        {
            using var mount = Process.Start(new ProcessStartInfo("mount", ["-t", "tmpfs", "-o", $"size={kilobytes}k", "tmpfs", Out]) { RedirectStandardError = true })!;
            mount.WaitForExit();
            return mount.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
