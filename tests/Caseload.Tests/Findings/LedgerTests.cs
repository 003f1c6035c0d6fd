using System.Text.Json;
using Caseload.Cohorts;
using Caseload.Descriptives;
using Caseload.Effects;
using Caseload.Findings;
using Caseload.Frames;
using Caseload.Results;
using Caseload.Tests.Results;

namespace Caseload.Tests.Findings;

/// <summary>The ledger of published findings: complete, honest, and turned by nothing but the numbers.</summary>
public sealed class LedgerTests
{
    // Each figure that the study published, by the name that it keeps between versions.
    private static readonly string[] Published =
    [
        "cohort-children", "cohort-authorities", "eligible-children", "model-children", "model-authorities", "eligible-rereferred", "la-minimum", "la-maximum",
        "cumulative-2011", "cumulative-2012", "cumulative-2016", "cumulative-2015-eligible", "three-or-more-years", "three-or-more-years-rereferred",
        "nfa-2011", "nfa-2012", "nfa-2015", "same-need-year", "same-need-later", "looked-after", "need-n1", "need-n5", "need-n4",
        "higher-younger", "higher-female", "higher-disabled", "higher-nfa", "higher-n1", "higher-n3", "higher-n4", "higher-n5", "higher-n6",
        "interaction", "threshold", "residuals",
    ];

    private static readonly string[] OfTheModel =
        ["higher-younger", "higher-female", "higher-disabled", "higher-nfa", "higher-n1", "higher-n3", "higher-n4", "higher-n5", "higher-n6", "interaction", "threshold", "residuals"];

    private static StudyResults Run => SimulatedStudy.Results;

    [Fact]
    public void Every_published_finding_is_there_once() => Assert.Equal(Published, LedgerBuilder.Build(Run).Claims.Select(c => c.Id));

    [Theory]
    [InlineData("cohort-children", "498,867")]
    [InlineData("cohort-authorities", "145")]
    [InlineData("eligible-children", "366,196")]
    [InlineData("eligible-rereferred", "54.5%")]
    [InlineData("model-children", "90,209")]
    [InlineData("model-authorities", "144")]
    [InlineData("la-minimum", "7%")]
    [InlineData("la-maximum", "63%")]
    [InlineData("cumulative-2011", "about 15%")]
    [InlineData("cumulative-2012", "about 30%")]
    [InlineData("cumulative-2016", "50%")]
    [InlineData("cumulative-2015-eligible", "more than 50%")]
    [InlineData("three-or-more-years", "about 9%")]
    [InlineData("three-or-more-years-rereferred", "17%")]
    [InlineData("nfa-2011", "31%")]
    [InlineData("nfa-2012", "23%")]
    [InlineData("nfa-2015", "18%")]
    [InlineData("need-n1", "40%")]
    [InlineData("need-n5", "18.7%")]
    [InlineData("need-n4", "10.4%")]
    [InlineData("same-need-year", "70%")]
    [InlineData("same-need-later", "about half")]
    [InlineData("looked-after", "about 8%")]
    public void The_published_figure_stands_beside_it(string id, string published) => Assert.Equal(published, Claim(Run, id).Published);

    [Theory]
    [InlineData(498_867, ClaimStatus.Reproduced)]
    [InlineData(498_866, ClaimStatus.Differs)]
    [InlineData(498_868, ClaimStatus.Differs)]
    public void A_count_is_reproduced_to_the_last_child(int children, ClaimStatus status)
    {
        var claim = Claim(Run with { Children = (children, 1, 1) }, "cohort-children");

        Assert.Equal((status, children.ToString("N0", System.Globalization.CultureInfo.InvariantCulture)), (claim.Status, claim.Reproduced));
    }

    [Theory]
    [InlineData(5_450, ClaimStatus.Reproduced)]
    [InlineData(5_499, ClaimStatus.Reproduced)]
    [InlineData(5_401, ClaimStatus.Reproduced)]
    [InlineData(5_501, ClaimStatus.Differs)]
    [InlineData(5_399, ClaimStatus.Differs)]
    public void A_share_is_reproduced_within_the_tolerance_beside_it(int count, ClaimStatus status) =>
        Assert.Equal(status, Claim(Run with { Outcomes = Run.Outcomes with { Eligible = new Proportion(count, 10_000) } }, "eligible-rereferred").Status);

    [Theory]
    [InlineData(5_001, ClaimStatus.Reproduced)]
    [InlineData(9_000, ClaimStatus.Reproduced)]
    [InlineData(5_000, ClaimStatus.Differs)]
    public void More_than_half_is_more_than_half(int count, ClaimStatus status)
    {
        var points = Run.Outcomes.Cumulative.Select(p => p.Year == 2015 ? p with { Eligible = new Proportion(count, 10_000) } : p).ToArray();

        Assert.Equal(status, Claim(Run with { Outcomes = Run.Outcomes with { Cumulative = points } }, "cumulative-2015-eligible").Status);
    }

    [Theory]
    [InlineData(70, 630, ClaimStatus.Reproduced, ClaimStatus.Reproduced)]
    [InlineData(90, 700, ClaimStatus.Differs, ClaimStatus.Differs)]
    public void The_range_over_authorities_is_of_those_with_10_children_or_more(int lowest, int highest, ClaimStatus low, ClaimStatus high)
    {
        var results = Run with
        {
            AuthorityRates = [new("201", new Proportion(lowest, 1000)), new("202", new Proportion(500, 1000)), new("203", new Proportion(highest, 1000)), new("204", new Proportion(9, 9)), new("205", new Proportion(0, 9))],
        };

        Assert.Equal((low, high), (Claim(results, "la-minimum").Status, Claim(results, "la-maximum").Status));
    }

    [Theory]
    [InlineData(0.20, 0.05, ClaimStatus.Reproduced)]
    [InlineData(0.20, 0.15, ClaimStatus.Inconclusive)] // the direction, but not distinguishable from none
    [InlineData(-0.20, 0.15, ClaimStatus.Inconclusive)]
    [InlineData(-0.20, 0.05, ClaimStatus.Differs)]
    public void A_direction_is_reproduced_where_it_is_distinguishable_from_none_and_differs_only_where_the_other_one_is(double estimate, double error, ClaimStatus status)
    {
        var results = WithEffects(e => e with { Estimate = estimate, StandardError = error });

        Assert.All(OfTheModel.Except(["threshold", "residuals"]), id => Assert.Equal(status, Claim(results, id).Status));
    }

    [Fact]
    public void Younger_is_not_reproduced_where_one_age_group_points_the_other_way()
    {
        StudyResults With(double estimate) => WithEffects(e => e with { Estimate = e.Term == "age_group5-9" ? estimate : 0.5, StandardError = 0.05 });

        Assert.Equal((ClaimStatus.Inconclusive, ClaimStatus.Differs), (Claim(With(-0.01), "higher-younger").Status, Claim(With(-0.2), "higher-younger").Status));
        Assert.Equal((ClaimStatus.Reproduced, ClaimStatus.Reproduced), (Claim(With(0.2), "higher-younger").Status, Claim(With(-0.2), "higher-female").Status));
    }

    [Fact]
    public void A_term_that_was_dropped_or_has_no_estimate_cannot_be_tested()
    {
        var without = WithEffects(e => e.Term == "needN6" ? e with { Estimate = double.NaN, StandardError = double.NaN } : e);

        Assert.Equal(ClaimStatus.NotTestable, Claim(without, "higher-n6").Status);
        Assert.Equal("no estimate", Claim(without, "higher-n6").Reproduced);
    }

    [Theory]
    [InlineData(0.05, 0.20, 0.05, ClaimStatus.Reproduced)]
    [InlineData(0.05, 0.20, 0.20, ClaimStatus.Inconclusive)]
    [InlineData(0.30, 0.20, 0.05, ClaimStatus.Inconclusive)]
    [InlineData(0.05, -0.20, 0.05, ClaimStatus.Differs)]
    public void The_threshold_is_a_slope_above_10_that_is_told_from_0_and_steeper_than_at_10(double at, double above, double error, ClaimStatus status)
    {
        var results = Run with { Models = Run.Models! with { Slopes = [new RateSlope(10, at, 0.05), new RateSlope(19, above, error)] } };

        Assert.Equal(status, Claim(results, "threshold").Status);
    }

    [Fact]
    public void How_many_authorities_stand_out_is_told_and_no_published_number_is_there_to_hold_it_against()
    {
        var claim = Claim(Run with { Models = Run.Models! with { Residuals = [new AuthorityResidual("201", 600, -0.5, 0.1) { Expectation = Expectation.Below }, new AuthorityResidual("202", 600, 0, 0.1)] } }, "residuals");

        Assert.Equal((ClaimStatus.NotTestable, "1 below and 0 above expectation, of 2"), (claim.Status, claim.Reproduced));
    }

    [Fact]
    public void Of_real_data_of_a_part_of_the_country_no_national_figure_can_be_tested_but_directions_can()
    {
        var ledger = LedgerBuilder.Build(Run with { IsSimulated = false, Authorities = (144, 143) });

        Assert.All(ledger.Claims.Where(c => !OfTheModel.Contains(c.Id)), c => Assert.Equal(ClaimStatus.NotTestable, c.Status));
        Assert.Contains(ledger.Claims, c => c.Status != ClaimStatus.NotTestable);
    }

    [Fact]
    public void Counts_of_real_children_are_told_as_any_table_tells_them()
    {
        var ledger = LedgerBuilder.Build(Run with { IsSimulated = false, Children = (12_344, 996, 3), Authorities = (145, 144) });

        Assert.Equal(["12,340", "1,000", "c"], new[] { "cohort-children", "eligible-children", "model-children" }.Select(id => ledger.Claims.Single(c => c.Id == id).Reproduced));
    }

    [Fact]
    public void Without_a_model_its_findings_cannot_be_tested_and_the_others_stand()
    {
        var without = LedgerBuilder.Build(Run with { Models = null });
        var with = LedgerBuilder.Build(Run);

        Assert.Equal(OfTheModel, without.Claims.Where(c => c.Reproduced == "no estimate").Select(c => c.Id));
        Assert.All(without.Claims.Where(c => OfTheModel.Contains(c.Id)), c => Assert.Equal(ClaimStatus.NotTestable, c.Status));
        Assert.Equal(with.Claims.Where(c => !OfTheModel.Contains(c.Id)), without.Claims.Where(c => !OfTheModel.Contains(c.Id)));
    }

    [Fact]
    public void Of_another_cohort_year_nothing_can_be_tested()
    {
        var ledger = LedgerBuilder.Build(Run with { Settings = new CohortSettings { CohortYear = 2012 } });

        Assert.All(ledger.Claims, c => Assert.Equal(ClaimStatus.NotTestable, c.Status));
        Assert.Equal(Published.Length, ledger.Count(ClaimStatus.NotTestable));
    }

    [Fact]
    public void What_was_not_collected_is_never_guessed()
    {
        var claim = Claim(SimulatedStudy.Full, "looked-after");

        Assert.Equal((ClaimStatus.NotTestable, ""), (claim.Status, claim.Reproduced));
        Assert.Contains("not an item of the census", claim.Reading, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_that_do_not_hold_an_item_are_no_difference()
    {
        var nothing = new Proportion(0, 0);
        var results = Run with
        {
            Outcomes = new Outcomes(nothing, nothing, nothing, nothing, nothing, nothing, [], []), RiskGroups = [], AuthorityRates = [],
        };

        Assert.All(LedgerBuilder.Build(results).Claims.Where(c => c.Published.Contains('%', StringComparison.Ordinal)), c => Assert.Equal(ClaimStatus.NotTestable, c.Status));
    }

    [Fact]
    public void A_share_on_few_children_is_not_told()
    {
        var claim = Claim(Run with { IsSimulated = false, Outcomes = Run.Outcomes with { Eligible = new Proportion(3, 50) } }, "eligible-rereferred");

        Assert.Equal((ClaimStatus.NotTestable, "c"), (claim.Status, claim.Reproduced));
    }

    [Theory]
    [InlineData("estimator")]
    [InlineData("age was coded")]
    [InlineData("Centring")]
    [InlineData("covariates")]
    [InlineData("coefficient")]
    [InlineData("variance")]
    [InlineData("Predicted probabilities")]
    [InlineData("90,209")]
    public void What_was_never_published_stands_beside_the_kits_own_choice(string what)
    {
        var item = Assert.Single(LedgerBuilder.Build(Run).NeverPublished, n => n.What.Contains(what, StringComparison.Ordinal));

        Assert.NotEqual("", item.Choice);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_file_is_json_that_says_what_kind_of_data_it_rests_on(bool simulated)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "findings.json");
        var ledger = LedgerBuilder.Build(Run with { IsSimulated = simulated });
        LedgerJson.Write(ledger, path);
        using var json = JsonDocument.Parse(File.ReadAllText(path));
        var root = json.RootElement;

        Assert.Equal((simulated ? "simulated" : "real", simulated ? "The data are simulated: this ledger tests the pipeline, not England." : ""),
            (root.GetProperty("sourceKind").GetString(), root.GetProperty("note").GetString()));
        Assert.Equal(Published, root.GetProperty("claims").EnumerateArray().Select(c => c.GetProperty("id").GetString()));
        Assert.All(root.GetProperty("claims").EnumerateArray(), c => Assert.Contains(c.GetProperty("status").GetString(), new[] { "reproduced", "differs", "inconclusive", "notTestable" }));
        Assert.Equal(Published.Length, new[] { "reproduced", "differs", "inconclusive", "notTestable" }.Sum(status => root.GetProperty(status).GetInt32()));
        Assert.Equal(ledger.NeverPublished.Count, root.GetProperty("neverPublished").GetArrayLength());
    }

    private static Claim Claim(StudyResults results, string id) => LedgerBuilder.Build(results).Claims.Single(c => c.Id == id);

    private static StudyResults WithEffects(Func<MixedModels.Fits.FixedEffect, MixedModels.Fits.FixedEffect> change)
    {
        var (models, fit) = (Run.Models!, Run.Models!.Fits.Interaction);
        return Run with { Models = models with { Fits = models.Fits with { Interaction = fit with { FixedEffects = [.. fit.FixedEffects.Select(change)] } } } };
    }
}
