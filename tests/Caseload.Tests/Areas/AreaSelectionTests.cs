using Caseload.Areas;
using Caseload.Frames;

namespace Caseload.Tests.Areas;

public sealed class AreaSelectionTests
{
    private static readonly AreaTable Years = new(
    [
        new Area("202", "Camden", null, 500, null, 2011) { FirstReferralRatePer10000 = 400 },
        new Area("202", "Camden", null, 600, 12, 2017) { FirstReferralRatePer10000 = 450 },
        new Area("202", "Camden", null, 700, 14, 2018),
    ]);

    [Fact]
    public void Each_figure_is_of_the_cohort_year_or_the_next_that_has_it()
    {
        var chosen = Years.Choose(new AreaChoice(), 2011);
        Assert.Equal((500.0, 12.0), (chosen.Areas.Single().ReferralRatePer10000, chosen.Areas.Single().CinPerSocialWorker));
        Assert.Equal(new AreaFigures(RateChoice.All, 2011, 2017), chosen.Figures);
        Assert.Equal("Referral rate per 10,000 of 2010-11 (all referrals); CIN per social worker of 2016-17.",
            chosen.Figures!.ToString());
        Assert.Empty(chosen.Notes);
    }

    [Theory]
    [InlineData(2012, 2017, 2017)] // the next
    [InlineData(2018, 2018, 2018)]
    [InlineData(2020, 2018, 2018)] // the last
    public void A_cohort_year_without_figures_takes_the_next_and_else_the_last(int cohort, int rate, int workforce)
    {
        var figures = Years.Choose(new AreaChoice(), cohort).Figures!;
        Assert.Equal((rate, workforce), (figures.RateYear, figures.WorkforceYear));
    }

    [Fact]
    public void Years_are_chosen_apart_and_a_rate_may_lag_the_cohort()
    {
        var area = Years.Choose(new AreaChoice(RateChoice.All, 2017, 2018), 2018).Areas.Single();
        Assert.Equal((600.0, 14.0), (area.ReferralRatePer10000, area.CinPerSocialWorker));
    }

    [Fact]
    public void A_rate_after_the_cohort_year_is_noted() =>
        Assert.Contains(Years.Choose(new AreaChoice { RateYear = 2018 }, 2017).Notes,
            n => n.Contains("after the cohort year 2016-17", StringComparison.Ordinal));

    [Fact]
    public void The_first_referral_rate_stands_in_the_place_of_the_rate()
    {
        var chosen = Years.Choose(new AreaChoice(RateChoice.First), 2011);
        Assert.Equal(400, chosen.Areas.Single().ReferralRatePer10000);
        Assert.Contains("without re-referrals within 12 months", chosen.Figures!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_without_first_referral_rates_refuses_that_choice_and_a_year_that_is_not_there()
    {
        var table = new AreaTable([new Area("202", "Camden", null, 500, 10, 2011)]);
        var problem = Assert.Throws<ProblemException>(() => table.Choose(new AreaChoice(RateChoice.First), 2011)).Problem;
        Assert.Equal((ProblemKind.CheckFailed, "no figure in first_referral_rate_per_10000 for 2011"), (problem.Kind, problem.Found));
        Assert.Throws<ProblemException>(() => table.Choose(new AreaChoice { WorkforceYear = 2010 }, 2011));
    }

    [Fact]
    public void A_divided_authority_takes_its_successors_together_weighted_by_children_and_by_workers()
    {
        // 2,000 referrals of 40,000 children at 500 and 1,000 of 10,000 at 1,000: 3,000 of 50,000 are 600.
        // 3,000 children in need to 250 workers are 12.
        var table = new AreaTable(
        [
            Own("942", 500, 2000, 1000, 150, 2024), Own("943", 1000, 1000, 2000, 100, 2024),
        ]);
        var cumbria = table.Choose(new AreaChoice(), 2011).Areas.Single(a => a.Authority == "909");
        Assert.Equal(("Cumbria", 600.0, 12.0), (cumbria.Name, cumbria.ReferralRatePer10000!.Value, cumbria.CinPerSocialWorker));
        Assert.Contains("909 Cumbria: the referral rate is that of its successors 942 / 943 together.",
            table.Choose(new AreaChoice(), 2011).Notes);
    }

    [Fact]
    public void Successors_with_a_joint_workforce_count_lend_their_joint_ratio()
    {
        Area Joint(string code) => Own(code, 500, 1000, 900, 150, 2022) with
        {
            WorkforceBasis = WorkforceBasis.Joint, WorkforceCovers = "940 / 941", CinPerSocialWorker = 13,
        };
        var table = new AreaTable([Joint("940"), Joint("941")]);
        Assert.Equal(13, table.Choose(new AreaChoice(), 2011).Areas.Single(a => a.Authority == "928").CinPerSocialWorker);
    }

    [Fact]
    public void A_part_takes_the_figure_of_the_whole_where_nothing_finer_was_published()
    {
        var table = new AreaTable([Own("928", 500, 1000, 900, 75, 2020)]);
        var chosen = table.Choose(new AreaChoice(), 2022);
        Assert.Equal([500.0, 500.0], chosen.Areas.Where(a => a.Authority is "940" or "941").Select(a => a.ReferralRatePer10000!.Value));
        Assert.Contains("940 North Northamptonshire: CIN per social worker is that of 928 Northamptonshire, of which it was a part.",
            chosen.Notes);
    }

    [Fact]
    public void One_successor_of_two_is_not_the_whole_and_regrouped_ground_has_no_figure()
    {
        var table = new AreaTable([Own("942", 500, 1, 1, 1, 2024), Own("838", 500, 1, 1, 1, 2024), Own("839", 500, 1, 1, 1, 2024)]);
        Assert.Equal(["838", "839", "942"], table.Choose(new AreaChoice(), 2011).Areas.Select(a => a.Authority));
    }

    [Fact]
    public void Counts_of_the_year_of_the_rate_and_of_the_workforce_do_not_mix()
    {
        var table = new AreaTable([Own("202", 500, 1000, 900, 75, 2016), Own("202", 600, 2000, 800, 50, 2017)]);
        var area = table.Choose(new AreaChoice(RateChoice.All, 2016, 2017), 2016).Areas.Single();
        Assert.Equal((1000.0, 800.0, 50.0, 16.0), (area.Referrals, area.CinStock, area.SocialWorkersFte, area.CinPerSocialWorker));
    }

    private static Area Own(string code, double rate, double referrals, double stock, double workers, int year) =>
        new(code, code == "928" ? "Northamptonshire" : code, null, rate, stock / workers, year)
        {
            Referrals = referrals, CinStock = stock, SocialWorkersFte = workers, WorkforceBasis = WorkforceBasis.Own,
            WorkforceCovers = code,
        };
}
