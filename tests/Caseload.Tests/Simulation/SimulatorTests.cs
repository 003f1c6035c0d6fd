using Caseload.Areas;
using Caseload.Cohorts;
using Caseload.Descriptives;
using Caseload.Frames;
using Caseload.Results;
using Caseload.Simulation;
using Caseload.Tests.Results;
using FsCheck.Fluent;

namespace Caseload.Tests.Simulation;

/// <summary>What a simulated census holds, and what it must never hold.</summary>
public sealed class SimulatorTests
{
    [Fact]
    public void At_full_size_the_published_counts_are_met_exactly()
    {
        var results = SimulatedStudy.Full;

        Assert.Equal((498_867, 366_196, 90_209), results.Children);
        Assert.Equal((145, 144), results.Authorities);
        Assert.InRange(results.Outcomes.Eligible.Value, 0.540, 0.550);
        Assert.InRange(results.Outcomes.All.Value, 0.495, 0.505);
        Assert.Equal([498_867 - 366_196, 366_196 - 90_209], results.Flow.TakeLast(2).Select(s => s.Excluded.Sum(e => e.Rows)));
    }

    [Fact]
    public void At_full_size_the_model_recovers_the_planted_effects()
    {
        var truth = new Truth();
        var fit = SimulatedStudy.Full.Models!.Fits.Interaction;
        (string Term, double Planted)[] planted =
        [
            ("female", truth.FemaleEffect), ("disabled_other", truth.DisabledEffect), ("nfa", truth.NfaEffect), ("cin_5", truth.CinEffect),
            ("rate_250", truth.RateEffect), ("cin_5:rate_250", truth.InteractionEffect), ("age_groupunborn", truth.AgeEffects[0] - truth.AgeEffects[4]),
            ("age_group0", truth.AgeEffects[1] - truth.AgeEffects[4]), ("age_group1-4", truth.AgeEffects[2] - truth.AgeEffects[4]),
            ("age_group5-9", truth.AgeEffects[3] - truth.AgeEffects[4]),
            .. new[] { 1, 2, 3, 4, 5, 6, 7, 9 }.Select(n => ("needN" + n, truth.NeedEffects[n - 1] - truth.NeedEffects[7])),
        ];

        Assert.Equal(fit.FixedEffects.Count - 1, planted.Length);

        // 18 estimates: each lies within 4 standard errors with a chance of 0.9989 for all of them, were the model right in every detail.
        Assert.All(planted, p => Assert.InRange((fit[p.Term].Estimate - p.Planted) / fit[p.Term].StandardError, -4, 4));

        // And the errors are of the size that they say: the sum of squares of 18 z values is below 42.3 with a chance of 0.999.
        Assert.InRange(planted.Sum(p => Math.Pow((fit[p.Term].Estimate - p.Planted) / fit[p.Term].StandardError, 2)), 0, 42.3);
        Assert.InRange(fit.RandomEffects[0].StandardDeviations[0], 0.04, 0.14);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_share_of_the_eligible_is_planted_whatever_the_seed(int seed)
    {
        var eligible = Outcomes.Of(SimulatedStudy.Cohort(new SimulationSettings { Children = 40_000, Seed = seed })).Eligible;

        // 40,000 children have 29,362 eligible ones. Given the chances, the share has a standard deviation of at most
        // sqrt(0.545 x 0.455 / 29362) = 0.0029; 4 of them are 0.0116, which a right simulation passes once in 16,000 seeds.
        Assert.Equal(29_362, eligible.Of);
        Assert.InRange(eligible.Value, 0.545 - 0.0116, 0.545 + 0.0116);
    }

    [Fact]
    public void Other_sizes_have_counts_in_proportion() => Properties.Hold(Gen.Choose(1_000, 9_000), children =>
    {
        var cohort = SimulatedStudy.Cohort(new SimulationSettings { Children = children, Seed = children });
        int Share(int published) => (int)Math.Round((double)published * children / 498_867, MidpointRounding.AwayFromZero);

        Assert.Equal(children, cohort.Children.RowCount);
        Assert.Equal(Share(366_196), cohort.EligibleChildren.RowCount);
        Assert.Equal(Share(90_209), cohort.ModelledChildren.RowCount);
    }, 8);

    [Fact]
    public void The_smallest_simulation_has_more_than_one_authority_to_model()
    {
        var cohort = SimulatedStudy.Cohort(new SimulationSettings { Children = Simulator.FewestChildren });

        Assert.InRange(Cohort.AuthoritiesOf(cohort.ModelledChildren), 2, 100);
    }

    [Theory]
    [InlineData(99)]
    [InlineData(0)]
    [InlineData(-5)]
    public void Fewer_than_100_children_are_refused(int children)
    {
        var problem = Assert.Throws<ProblemException>(() => Simulator.Run(new SimulationSettings { Children = children })).Problem;

        Assert.Equal(ProblemKind.WrongUsage, problem.Kind);
        Assert.Contains("100", problem.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_row_says_that_it_is_simulated_and_no_real_authority_is_in_it()
    {
        var censuses = Simulator.Run(new SimulationSettings { Children = 4_000 });

        Assert.Equal([2011, 2012, 2013, 2014, 2015, 2016], censuses.Returns.Keys);
        foreach (var (year, rows) in censuses.Returns)
        {
            Assert.True(rows.RowCount > 0);
            Assert.All(Enumerable.Range(0, rows.RowCount), row =>
            {
                Assert.Equal("simulated", rows["source_kind"].Format(row));
                Assert.Equal(year, rows.Integer("Year").Values[row]);
                Assert.StartsWith("SIM", rows["LAchildID"].Format(row), StringComparison.Ordinal);
            });
        }

        // The three-digit codes of authorities in England begin at 201.
        Assert.All(censuses.Areas.Areas, a => Assert.InRange(int.Parse(a.Authority, System.Globalization.CultureInfo.InvariantCulture), 1, 200));
        Assert.All(censuses.Areas.Areas, a => Assert.Equal(AreaSourceKind.Simulated, a.SourceKind));
    }

    [Fact]
    public void No_referral_comes_after_the_18th_birthday_nor_after_the_end_of_its_census_year() => Properties.Hold(Gen.Choose(1, 1_000_000), seed =>
    {
        foreach (var (year, rows) in Simulator.Run(new SimulationSettings { Children = 1_500, Seed = seed }).Returns)
        {
            var (referral, closure) = (rows.Date("CINreferralDate"), rows.Date("CINclosureDate"));
            var (born, expected) = (rows.Date("PersonBirthDate"), rows.Date("ExpectedPersonBirthDate"));
            var (first, last) = (new DateOnly(year - 1, 4, 1), new DateOnly(year, 3, 31));
            for (var row = 0; row < rows.RowCount; row++)
            {
                var birth = (born[row] ?? expected[row])!.Value;
                Assert.True(born[row] is null != expected[row] is null, "a birth date or an expected one, never both");
                Assert.True(referral[row] < birth.AddYears(18), "referred after the 18th birthday");
                Assert.True(referral[row] <= last, "referred after the census year");
                Assert.True(referral[row] >= new DateOnly(2010, 4, 1), "referred before the cohort year");

                // A row stands in a return because its case was open in that year, and a closure is told once it has come.
                Assert.True(closure[row] is null || (closure[row] >= referral[row] && closure[row] >= first && closure[row] <= last), "closure outside the year");
            }
        }
    }, 12);

    [Fact]
    public void Every_child_is_first_referred_in_the_cohort_year_and_in_one_authority()
    {
        var cohort = SimulatedStudy.Small;

        Assert.Equal(12_000, cohort.Children.RowCount);
        Assert.DoesNotContain(cohort.Flow.SelectMany(s => s.Excluded), e => e.Reason.StartsWith("Referred before", StringComparison.Ordinal));
        Assert.True(cohort.IsSimulated);
    }

    [Fact]
    public void The_planted_interaction_can_be_turned_round()
    {
        // A test that recovers what is planted must fail to recover what is not: the sign follows the truth.
        var truth = new Truth { InteractionEffect = -0.6, RateEffect = 0, AreaDeviation = 0.01 };
        var results = StudyAnalysis.Run(SimulatedStudy.Cohort(new SimulationSettings { Children = 40_000, Truth = truth }), SimulatedStudy.Package);

        Assert.InRange(results.Models!.Fits.Interaction["cin_5:rate_250"].Upper, -2, -0.2);
    }
}
