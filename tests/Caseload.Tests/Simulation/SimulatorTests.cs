using Caseload.Areas;
using Caseload.Cohorts;
using Caseload.Descriptives;
using Caseload.Findings;
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
        // The authority at 7% alone makes a spread that the planted 0.06 does not: about 2.8 on the log-odds scale, once in 144.
        Assert.InRange(fit.RandomEffects[0].StandardDeviations[0], 0.15, 0.27);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_share_of_the_eligible_is_met_whatever_the_seed(int seed)
    {
        var outcomes = Outcomes.Of(SimulatedStudy.Cohort(new SimulationSettings { Children = 40_000, Seed = seed }));

        // 40,000 children have 29,362 eligible ones, of whom 54.5% are 16,002: a count, met exactly after linkage.
        Assert.Equal((29_362, 16_002), (outcomes.Eligible.Of, outcomes.Eligible.Count));

        // Of the 10,638 who age out 37.6% return; systematic sampling leaves less than one child of difference.
        Assert.InRange(outcomes.All.Count, 16_002 + 4_000 - 1, 16_002 + 4_000 + 1);
    }

    [Fact]
    public void A_share_that_was_changed_in_the_truth_is_met()
    {
        var truth = new Truth { RereferredOfEligible = 0.40, HighestRate = 0.55, InThreeYears = 0.05 };
        var outcomes = Outcomes.Of(SimulatedStudy.Cohort(new SimulationSettings { Children = 40_000, Truth = truth }));

        Assert.Equal((int)Math.Round(0.40 * 29_362), outcomes.Eligible.Count);

        // The share in three years is drawn: a standard deviation of sqrt(0.05 x 0.95 / 40000) = 0.0011, and 4.5 of them.
        Assert.InRange(outcomes.InThreeYears.Value, 0.045, 0.055);
    }

    [Fact]
    public void At_full_size_every_testable_finding_is_reproduced()
    {
        var ledger = LedgerBuilder.Build(SimulatedStudy.Full);

        Assert.Equal([], ledger.Claims.Where(c => c.Status is ClaimStatus.Differs or ClaimStatus.Inconclusive).Select(c => c.Id));
        Assert.Equal(["looked-after", "residuals"], ledger.Claims.Where(c => c.Status == ClaimStatus.NotTestable).Select(c => c.Id));
    }

    [Fact]
    public void One_authority_has_broken_identifiers_and_the_others_differ_a_little()
    {
        var rates = SimulatedStudy.Full.AuthorityRates.Select(a => a.Rereferred.Value).Order().ToArray();

        Assert.InRange(rates[0], 0.0695, 0.0705);
        Assert.InRange(rates[1], 0.35, 0.50);
        Assert.InRange(rates[^1], 0.6295, 0.6305);
    }

    [Fact]
    public void Two_thousand_or_more_children_give_a_model_with_every_estimate()
    {
        // Needs that few children have are dealt out, and some of them return: separation would leave estimates without an end.
        foreach (var children in new[] { 2_000, 3_000, 9_999 })
        {
            var results = StudyAnalysis.Run(SimulatedStudy.Cohort(new SimulationSettings { Children = children }), SimulatedStudy.Package);

            Assert.Null(results.ModelObstacle);
            Assert.All(results.Models!.Fits.Interaction.FixedEffects, e => Assert.True(double.IsFinite(e.Estimate), e.Term));
        }
    }

    [Fact]
    public void Nearly_all_recorded_leaves_one_authority_out_of_the_model()
    {
        var cohort = SimulatedStudy.Cohort(new SimulationSettings { Children = 12_000, Recorded = RecordedItems.NearlyAll });

        Assert.Equal(145 - 1, Cohort.AuthoritiesOf(cohort.ModelledChildren));
        Assert.InRange((double)cohort.ModelledChildren.RowCount / cohort.EligibleChildren.RowCount, 0.95, 0.99);
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

        Assert.Equal([2011, 2012, 2013, 2014, 2015, 2016], censuses.Returns.Select(r => r.Year).Distinct());
        foreach (var one in censuses.Returns)
        {
            var rows = one.Rows();
            Assert.True(rows.RowCount > 0);
            Assert.Equal(one.RowCount, rows.RowCount);
            Assert.All(Enumerable.Range(0, rows.RowCount), row =>
            {
                Assert.Equal("simulated", rows["source_kind"].Format(row));
                Assert.Equal((one.Year, one.Authority), (rows.Integer("Year").Values[row], rows["LEA"].Format(row)));
                Assert.StartsWith("SIM", rows["LAchildID"].Format(row), StringComparison.Ordinal);

                // The form of the census, with an authority that does not exist: 001 to 145.
                Assert.Matches("^$|^[A-HJ-NP-RT-Z](0[0-9]|1[0-4])[0-9]{10}$", rows["UPN"].Format(row));
            });
        }

        // The three-digit codes of authorities in England begin at 201.
        Assert.All(censuses.Areas.Areas, a => Assert.InRange(int.Parse(a.Authority, System.Globalization.CultureInfo.InvariantCulture), 1, 200));
        Assert.All(censuses.Areas.Areas, a => Assert.Equal(AreaSourceKind.Simulated, a.SourceKind));
    }

    [Fact]
    public void The_cohort_has_the_children_asked_for_and_is_simulated()
    {
        var cohort = SimulatedStudy.Small;

        Assert.Equal(12_000, cohort.Children.RowCount);
        Assert.True(cohort.IsSimulated);
    }

    [Theory]
    [InlineData(-0.6)]
    [InlineData(0.3)]
    [InlineData(0.6)]
    public void The_fitted_interaction_follows_the_planted_one(double planted)
    {
        // A test that recovers what is planted must fail to recover what is not: sign and size follow the truth. Without the broken
        // authority, which widens every interval.
        var truth = new Truth { InteractionEffect = planted, RateEffect = 0, AreaDeviation = 0.01, BrokenRate = 0 };
        var fit = StudyAnalysis.Run(SimulatedStudy.Cohort(new SimulationSettings { Children = 40_000, Truth = truth }), SimulatedStudy.Package)
            .Models!.Fits.Interaction["cin_5:rate_250"];

        Assert.InRange((fit.Estimate - planted) / fit.StandardError, -4, 4);

        // The nearest two planted values lie 0.3 apart: an error above a third of that would tell nothing.
        Assert.InRange(fit.StandardError, 0, 0.1);
    }
}
