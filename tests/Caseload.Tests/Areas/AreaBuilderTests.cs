using Caseload.Areas;
using Caseload.Frames;

namespace Caseload.Tests.Areas;

public sealed class AreaBuilderTests : IDisposable
{
    private readonly PublishedFixture files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public void An_authority_in_all_three_files_has_every_figure()
    {
        var area = files.Build(files.Rates("2017,202,Camden,2357,592.3,9.9,1.5"), files.Stock("2017,202,Camden,1500"),
            files.Workforce("2017,202,Camden,125,15.2"))
            .Table.Areas.Single();

        Assert.Equal(new Area("202", "Camden", "North East", 592.3, 12.0, 2017)
        {
            FirstReferralRatePer10000 = 592.3 * (1 - (233.343 / 2357)),
            OnsCode = "E06000202", Referrals = 2357, ReReferrals = 233.343, CinStock = 1500, SocialWorkersFte = 125,
            WorkforceBasis = WorkforceBasis.Own, WorkforceCovers = "202",
            CaseloadFte = 15.2, ReReferralPercent = 9.9, NfaPercent = 1.5, SourceKind = AreaSourceKind.Published,
        }, area);
    }

    [Fact]
    public void Rows_are_ordered_by_code_whatever_the_order_of_the_files()
    {
        var build = files.Build(files.Rates("2017,301,B,1,1,1,1", "2017,201,A,1,1,1,1"), files.Stock("2017,201,A,1", "2017,301,B,1"), null);
        Assert.Equal(["201", "301"], build.Table.Areas.Select(a => a.Authority));
    }

    [Fact]
    public void Authorities_with_one_joint_count_both_take_their_joint_ratio()
    {
        var build = files.Build(files.Rates("2017,314,Kingston,1,1,1,1", "2017,318,Richmond,1,1,1,1"),
            files.Stock("2017,314,Kingston,700", "2017,318,Richmond,800"),
            files.Workforce("2017,314 / 318,Kingston / Richmond,100,14"));

        Assert.All(build.Table.Areas, a => Assert.Equal((15.0, 100.0, WorkforceBasis.Joint, "314 / 318", 14.0),
            (a.CinPerSocialWorker, a.SocialWorkersFte, a.WorkforceBasis, a.WorkforceCovers, a.CaseloadFte)));
        Assert.Equal("Kingston and Richmond have one joint workforce count (314 / 318): "
            + "both take their joint stock per joint social worker.", build.Notes.Single());
        Assert.Empty(build.Gaps);
    }

    [Fact]
    public void A_joint_ratio_is_missing_for_both_where_the_stock_of_one_is()
    {
        var build = files.Build(files.Rates("2017,314,Kingston,1,1,1,1", "2017,318,Richmond,1,1,1,1"),
            files.Stock("2017,314,Kingston,c", "2017,318,Richmond,800"),
            files.Workforce("2017,314 / 318,Kingston / Richmond,100,14"));

        Assert.All(build.Table.Areas, a => Assert.Null(a.CinPerSocialWorker));
        Assert.Equal([("314", GapReason.Suppressed), ("318", GapReason.PartnerMissing)],
            build.Gaps.Where(g => g.Measure == AreaMeasure.CinPerSocialWorker).Select(g => (g.Authority, g.Reason)));
    }

    [Theory]
    [InlineData(2021, "928", "940 / 941", null)]
    [InlineData(2023, "909", "942", "943")]
    public void A_divided_authority_is_set_against_all_its_successors(int year, string before, string first, string? second)
    {
        var workforce = second is null
            ? files.Workforce($"{year},{first},Both,200,14")
            : files.Workforce($"{year},{first},One,150,14", $"{year},{second},Two,50,16");
        var build = files.Build(files.Rates($"{year},{before},Old,1,1,1,1"), files.Stock($"{year},{before},Old,3000"), workforce);

        var area = build.Table.Areas.Single();
        Assert.Equal((15.0, 200.0, WorkforceBasis.Successors), (area.CinPerSocialWorker, area.SocialWorkersFte, area.WorkforceBasis));
        // A ratio of two successors cannot be added up.
        Assert.Equal(second is null ? 14 : null, area.CaseloadFte);
        Assert.Empty(build.Unused);
    }

    [Theory]
    [InlineData(2023, "942")] // one successor of two
    [InlineData(2022, "942", "943")] // not the year of the change
    public void Successors_count_only_together_and_in_the_year_of_the_change(int year, params string[] successors)
    {
        var build = files.Build(files.Rates($"{year},909,Cumbria,1,1,1,1"), files.Stock($"{year},909,Cumbria,3000"),
            files.Workforce([.. successors.Select(code => $"{year},{code},New,150,14")]));

        Assert.Null(build.Table.Areas.Single().CinPerSocialWorker);
        Assert.Equal(year == 2023 ? GapReason.BoundaryChange : GapReason.NotInFile, build.Gaps.Single().Reason);
        Assert.Equal(successors, build.Unused.Select(u => u.Codes));
    }

    [Fact]
    public void Where_no_row_covers_the_same_ground_both_sides_are_listed_with_the_change()
    {
        var build = files.Build(files.Rates("2019,835,Dorset,1,1,1,1", "2019,836,Poole,1,1,1,1"),
            files.Stock("2019,835,Dorset,9", "2019,836,Poole,9"),
            files.Workforce("2019,838,Dorset,10,1", "2019,839,Bournemouth,10,1"));

        Assert.All(build.Table.Areas, a => Assert.Null(a.CinPerSocialWorker));
        Assert.Equal([("835", "Dorset"), ("836", "Poole")], build.Gaps.Select(g => (g.Authority, g.Name)));
        Assert.All(build.Gaps, g => Assert.Equal(GapReason.BoundaryChange, g.Reason));
        Assert.Equal(["838", "839"], build.Unused.Select(u => u.Codes));
        Assert.All(build.Unused, u => Assert.Contains("1 April 2019", u.Detail, StringComparison.Ordinal));
    }

    [Fact]
    public void A_count_of_no_social_workers_gives_no_ratio()
    {
        var build = files.Build(files.Rates("2022,420,Scilly,14,413,1,0"), files.Stock("2022,420,Scilly,30"),
            files.Workforce("2022,420,Scilly,0,9"));
        Assert.Null(build.Table.Areas.Single().CinPerSocialWorker);
        Assert.Equal(GapReason.NoSocialWorkers, build.Gaps.Single().Reason);
    }

    [Fact]
    public void An_authority_of_one_file_only_keeps_its_row_and_is_listed_by_name()
    {
        var build = files.Build(files.Rates("2017,201,A,1,5,1,1"), files.Stock("2017,202,B,7"), files.Workforce("2017,203,C,10,1"));

        Assert.Equal([("201", 5.0, null), ("202", null, 7.0)],
            build.Table.Areas.Select(a => (a.Authority, a.ReferralRatePer10000, a.CinStock)));
        Assert.Contains(new AreaGap("201", "A", AreaMeasure.CinStock, GapReason.NotInFile, "no row in the stock file"), build.Gaps);
        Assert.Contains(new AreaGap("202", "B", AreaMeasure.ReferralRatePer10000, GapReason.NotInFile, "no row in the rates file"),
            build.Gaps);
        Assert.Equal(new UnusedFigure(PublishedRole.Workforce, "203", "C", "no such authority in the rates and stock files of 2017"),
            build.Unused.Single());
    }

    [Fact]
    public void Codes_join_by_three_digits_though_the_ons_code_changed()
    {
        var workforce = files.Workforce("2017,815,North Yorkshire,10,1");
        File.WriteAllText(workforce, File.ReadAllText(workforce).Replace("E06000815", "E06000065", StringComparison.Ordinal));
        var area = files.Build(files.Rates("2017,815,North Yorkshire,1,1,1,1"), files.Stock("2017,815,North Yorkshire,100"), workforce)
            .Table.Areas.Single();
        Assert.Equal((10.0, "E06000815"), (area.CinPerSocialWorker, area.OnsCode));
    }

    [Fact]
    public void Without_a_workforce_file_the_measure_is_empty_and_a_note_says_so()
    {
        var path = files.CohortYear("201,City,56,x,311.2,x");
        var build = files.Build(path, path, null);

        Assert.Null(build.Table.Areas.Single().CinPerSocialWorker);
        Assert.Equal("Inner London", build.Table.Areas.Single().Region); // the register's, for the file names none
        Assert.Contains(build.Notes, n => n.StartsWith("The files of 2011 name no regions", StringComparison.Ordinal));
        Assert.Equal(2011, build.Year);
        Assert.Contains(build.Gaps, g => g is { Measure: AreaMeasure.CinPerSocialWorker, Reason: GapReason.NoWorkforceFile });
        Assert.StartsWith("No workforce file for 2011: cin_per_social_worker is empty.", build.Notes[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1000,500,20,1", 400.0, null)] // (1000 - 200) / 1000 of 500
    [InlineData("c,500,20,1", 400.0, null)] // without the counts, of the percentage
    [InlineData("1000,500,c,1", null, GapReason.Suppressed)]
    [InlineData("1000,500,x,1", null, GapReason.NotAvailable)]
    [InlineData("c,c,0,0", null, GapReason.Suppressed)]
    [InlineData("0,0,0,0", 0.0, null)]
    public void The_first_referral_rate_takes_repeats_out_or_is_missing_with_the_reason(string figures, double? rate, GapReason? reason)
    {
        var build = files.Build(files.Rates($"2017,202,Camden,{figures}"), files.Stock("2017,202,Camden,1"), null);
        Assert.Equal(rate, build.Table.Areas.Single().FirstReferralRatePer10000);
        Assert.Equal(reason, build.Gaps.FirstOrDefault(g => g.Measure == AreaMeasure.FirstReferralRatePer10000)?.Reason);
    }

    [Fact]
    public void Scores_of_deprivation_join_by_either_code_system_and_their_absence_is_told()
    {
        var scores = files.Write("imd.csv", "authority,note,deprivation\nE09000007,a,25.5\n203,b,NA\n999,c,1\n");
        var build = AreaBuilder.Build(new AreaSources(
            [files.Rates("2017,202,Camden,1,1,1,1", "2017,203,Greenwich,1,1,1,1", "2017,204,Hackney,1,1,1,1")],
            [files.Stock("2017,202,Camden,1", "2017,203,Greenwich,1", "2017,204,Hackney,1")], []) { Deprivation = scores }).Single();

        Assert.Equal([25.5, null, null], build.Table.Areas.Select(a => a.Deprivation));
        Assert.Equal([("203", GapReason.EmptyCell), ("204", GapReason.NotInFile)],
            build.Gaps.Where(g => g.Measure == AreaMeasure.Deprivation).Select(g => (g.Authority, g.Reason)));
        Assert.Contains(build.Notes, n => n.EndsWith("authorities that are not in this table: 999.", StringComparison.Ordinal));
    }

    [Fact]
    public void Several_years_of_several_files_make_one_table_and_a_year_without_a_workforce_count_stays_empty()
    {
        var early = files.CohortYear("202,Camden,2092,2357,592.3,9.9");
        var builds = AreaBuilder.Build(new AreaSources([early, files.Rates("2017,202,Camden,1,500,1,1")],
            [early, files.Stock("2017,202,Camden,1500")], [files.Workforce("2017,202,Camden,125,15")]) { Years = [2017, 2011] });

        Assert.Equal([(2011, 592.3, null), (2017, 500.0, 12.0)],
            AreaBuild.Together(builds).Areas.Select(a => (a.Year, a.ReferralRatePer10000, a.CinPerSocialWorker)));
    }

    [Fact]
    public void Two_files_that_hold_one_year_are_refused()
    {
        var rates = files.Rates("2017,202,Camden,1,500,1,1");
        var problem = Assert.Throws<ProblemException>(() => AreaBuilder.Build(new AreaSources([rates, rates], [rates], []))).Problem;
        Assert.Equal("2017 in two files of --rates", problem.Found);
    }

    [Fact]
    public void A_joint_row_of_referrals_cannot_be_given_to_one_authority()
    {
        var build = files.Build(files.Rates("2017,314 / 318,Both,1,1,1,1"),
            files.Stock("2017,314,Kingston,7", "2017,318,Richmond,7"), null);
        Assert.All(build.Table.Areas, a => Assert.Null(a.ReferralRatePer10000));
        Assert.Equal((PublishedRole.Rates, "314 / 318"), (build.Unused.Single().Role, build.Unused.Single().Codes));
    }

    [Fact]
    public void The_year_is_the_latest_that_all_files_hold()
    {
        var build = files.Build(files.Rates("2017,201,A,1,1,1,1", "2018,201,A,1,2,1,1", "2019,201,A,1,3,1,1"),
            files.Stock("2017,201,A,1", "2018,201,A,2"),
            files.Workforce("2018,201,A,10,1", "2017,201,A,10,1", "2020,201,A,10,1"));
        Assert.Equal((2018, 2.0), (build.Year, build.Table.Areas.Single().ReferralRatePer10000));
    }

    [Theory]
    [InlineData(2011)]
    [InlineData(null)]
    public void The_cohort_year_with_a_workforce_file_is_refused_and_says_what_was_never_published(int? year)
    {
        var path = files.CohortYear("201,City,56,x,311.2,x");
        var workforce = files.Workforce("2017,201,City,10,1", "2018,201,City,10,1");

        var problem = Assert.Throws<ProblemException>(() => files.Build(path, path, workforce, year)).Problem;

        Assert.Equal(ProblemKind.CheckFailed, problem.Kind);
        Assert.Equal("the workforce file holds 2017-2018", problem.Found);
        Assert.Equal("2011; a count of children's social workers for 2011 was never published "
            + "(the first statutory one was made in September 2013)", problem.Expected);
        Assert.Equal("Bring a cin_per_social_worker column of your own; or leave --workforce out, and the table is written with "
            + "that column empty; or bring files of 2017-2018.", problem.Remedy);
    }

    [Fact]
    public void A_year_that_a_file_does_not_hold_is_refused_with_the_years_it_does()
    {
        var rates = files.Rates("2013,201,A,1,1,1,1", "2014,201,A,1,1,1,1", "2016,201,A,1,1,1,1");
        var problem = Assert.Throws<ProblemException>(() => files.Build(rates, files.Stock("2016,201,A,1", "2020,201,A,1"), null, 2020))
            .Problem;

        Assert.Equal(ProblemKind.CheckFailed, problem.Kind);
        Assert.Equal("the rates file holds 2013-2014, 2016", problem.Found);
        Assert.Equal("Choose one of 2016, which all the files hold.", problem.Remedy);
    }

    [Fact]
    public void Rates_and_stock_without_a_year_in_common_are_refused()
    {
        var problem = Assert.Throws<ProblemException>(() => files.Build(files.Rates("2013,201,A,1,1,1,1"), files.Stock("2014,201,A,1"),
            null)).Problem;
        Assert.Equal((ProblemKind.CheckFailed, "rates and stock files that share no year"), (problem.Kind, problem.Found));
    }
}
