using Caseload.Areas;

namespace Caseload.Tests.Areas;

/// <summary>
/// The Department for Education's own files (Open Government Licence v3), where they are present; the reference figures are those of the
/// study guide that comes with them, "Distribution across local authorities", rounded as it prints them.
/// </summary>
public sealed class PublishedFiguresTests
{
    private static readonly double[] Shares = [0, 0.05, 0.25, 0.75, 0.95, 1];

    [Fact]
    public void Cin_per_social_worker_in_2017_lies_as_the_study_guide_says()
    {
        var build = Build(2017);

        Assert.Equal(152, build.Table.Areas.Count);
        // The guide's figures take the value at the rank below for a quantile and leave out the joint row of Kingston and Richmond.
        var own = build.Table.Areas.Where(a => a.WorkforceBasis == WorkforceBasis.Own).Select(a => a.CinPerSocialWorker!.Value).ToArray();
        Assert.Equal(150, own.Length);
        Assert.Equal([5.6, 9.6, 11.8, 15.8, 19.5, 25.3], AtRankBelow(own).Select(v => Math.Round(v, 1)));
        Assert.Equal(13.7, Math.Round(Distribution.Of(own.Select(v => (double?)v)).Points[3], 1));
        // The kit's own, by interpolation over all 152 (regression numbers).
        Assert.Equal([5.6, 9.7, 11.8, 13.6, 15.8, 19.8, 25.3], build.Distribution(a => a.CinPerSocialWorker)
            .Points.Select(v => Math.Round(v, 1)));
        // "About one authority in ten is at or below 10."
        Assert.InRange(build.Table.Areas.Count(a => a.CinPerSocialWorker <= 10) / 152.0, 0.05, 0.12);
    }

    [Fact]
    public void The_workforce_census_s_own_caseload_in_2017_is_another_measure()
    {
        // Study guide: 10.2 to 26.4 in 2017. The Isles of Scilly are among the authorities.
        var caseload = Build(2017).Distribution(a => a.CaseloadFte);
        Assert.Equal((10.2, 26.4), (caseload.Points[0], caseload.Points[^1]));
    }

    [Fact]
    public void The_referral_rate_of_the_cohort_year_lies_as_the_study_guide_says()
    {
        var path = File("osr26-2011ud.csv");
        var build = AreaBuilder.Build(new AreaSources([path], [path], []) { Years = [2011] }).Single();
        var rates = build.Table.Areas.Select(a => a.ReferralRatePer10000!.Value).ToArray();

        Assert.Equal(152, rates.Length);
        Assert.Equal([196, 296, 413, 667, 979, 1463], AtRankBelow(rates).Select(v => Math.Round(v, MidpointRounding.AwayFromZero)));
        Assert.Equal(529, Math.Round(build.Distribution(a => a.ReferralRatePer10000).Points[3]));
        Assert.Equal(["204", "311", "320", "921"], build.Gaps.Where(g => g.Measure == AreaMeasure.CinStock).Select(g => g.Authority));
        Assert.All(build.Table.Areas, a => Assert.Null(a.CinPerSocialWorker));
    }

    [Fact]
    public void No_further_action_in_2012_lies_as_the_study_guide_says()
    {
        var path = File("SFR27-2012ud.csv");
        var shares = AreaBuilder.Build(new AreaSources([path], [path], [])).Single().Table.Areas.Select(a => a.NfaPercent).OfType<double>()
            .ToArray();
        Assert.Equal([0, 0, 2.4, 21.5, 38, 65.2], AtRankBelow(shares));
    }

    [Theory]
    [InlineData(2017, 152, 0)]
    [InlineData(2018, 152, 0)]
    [InlineData(2019, 152, 3)] // Dorset, Poole, Bournemouth
    [InlineData(2020, 151, 0)]
    [InlineData(2021, 151, 2)] // Hackney, Isles of Scilly
    [InlineData(2022, 152, 2)] // Hackney, Isles of Scilly
    [InlineData(2023, 152, 1)] // Isles of Scilly
    public void Every_year_gives_a_row_an_authority_and_names_each_without_the_measure(int year, int authorities, int without)
    {
        var build = Build(year);
        Assert.Equal((authorities, without), (build.Table.Areas.Count, build.Table.Areas.Count(a => a.CinPerSocialWorker is null)));
        Assert.Equal(without, build.Gaps.Count(g => g.Measure == AreaMeasure.CinPerSocialWorker));
        Assert.Equal(year == 2019 ? ["838", "839"] : [], build.Unused.Select(u => u.Codes));
    }

    [Fact]
    public void The_latest_year_that_all_files_hold_is_2023() => Assert.Equal(2023, Build(null).Year);

    private static AreaBuild Build(int? year) =>
        AreaBuilder.Build(Sources with { Years = year is { } y ? [y] : [] }).Single();

    private static AreaSources Sources => new([File("c1_children_in_need_referrals_and_rereferrals_2013_to_2023.csv")],
        [File("b1_children_in_need_2013_to_2023.csv")], [File("csww_indicators_2017_to_2023.csv")]);

    private static IEnumerable<double> AtRankBelow(double[] values)
    {
        var sorted = values.Order().ToArray();
        return Shares.Select(p => sorted[(int)((sorted.Length - 1) * p)]);
    }

    private static string File(string name)
    {
        var path = Folders().Select(folder => Path.Combine(folder, "data", "la", name)).FirstOrDefault(System.IO.File.Exists);
        var required = Environment.GetEnvironmentVariable("CASELOAD_REQUIRE_EXTERNAL") == "1";
        Assert.False(path is null && required, $"The published file {name} is required (CASELOAD_REQUIRE_EXTERNAL=1) and absent.");
        Assert.SkipWhen(path is null, $"The published file {name} is not here: set CASELOAD_SHARED to the folder that holds data/la.");
        return path!;
    }

    private static IEnumerable<string> Folders()
    {
        if (Environment.GetEnvironmentVariable("CASELOAD_SHARED") is { Length: > 0 } shared) yield return shared;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            yield return Path.Combine(folder.FullName, "shared");
    }
}
