using Caseload.Frames;
using Caseload.MixedModels.Checks;
using Caseload.MixedModels.Fits;

namespace Caseload.MixedModels.Tests.Fits;

/// <summary>Families and links beside logistic: published fits, and what must or must not move the estimates.</summary>
public sealed class FamilyTests
{
    private const string Formula = "y ~ x + f + (1 | g)";

    // Randomised controlled trial of Dobson (1990), page 93, as printed in R's help page of glm.
    [Fact]
    public void Poisson_gives_Dobsons_published_fit()
    {
        var data = new Frame([new IntegerColumn("counts", [18, 17, 15, 20, 10, 20, 25, 13, 12]),
            new IntegerColumn("outcome", [1, 2, 3, 1, 2, 3, 1, 2, 3]), new IntegerColumn("treatment", [1, 1, 1, 2, 2, 2, 3, 3, 3])]);
        var fit = MixedModel.Fit(data, "counts ~ outcome + treatment",
            new FitSettings { Family = Family.Poisson, Factors = ["outcome", "treatment"] });
        Assert.Equal(3.045, fit["(Intercept)"].Estimate, 5e-4);
        Assert.Equal(-0.4543, fit["outcome2"].Estimate, 5e-5);
        Assert.Equal(-0.2930, fit["outcome3"].Estimate, 5e-5);
        Assert.Equal(0, fit["treatment2"].Estimate, 1e-7);
        Assert.Equal(0.1709, fit["(Intercept)"].StandardError, 5e-5);
        Assert.Equal(0.2022, fit["outcome2"].StandardError, 5e-5);
        Assert.Equal(56.76, fit.Aic, 5e-3);
        Assert.Equal((Family.Poisson, Link.Log), (fit.Family, fit.Link));
    }

    // Bliss (1935), beetles killed by carbon disulphide, in Dobson and Barnett (2008), table 7.4; probit's errors are not printed there.
    [Theory]
    [InlineData(Link.Logit, -60.72, 34.27)]
    [InlineData(Link.Probit, -34.94, 19.73)]
    [InlineData(Link.Cloglog, -39.57, 22.04)]
    public void Every_link_gives_the_published_fit_of_the_beetles(Link link, double intercept, double slope)
    {
        var data = new Frame([new NumberColumn("x", [1.6907, 1.7242, 1.7552, 1.7842, 1.8113, 1.8369, 1.8610, 1.8839]),
            new IntegerColumn("n", [59, 60, 62, 56, 63, 59, 62, 60]), new IntegerColumn("y", [6, 13, 18, 28, 52, 53, 61, 60])]);
        var fit = MixedModel.Fit(data, "cbind(y, n - y) ~ x", new FitSettings { Link = link });
        Assert.Equal(intercept, fit["(Intercept)"].Estimate, 5e-3);
        Assert.Equal(slope, fit["x"].Estimate, 5e-3);
    }

    [Theory]
    [InlineData("epil", "epil_poisson_agq1")]
    [InlineData("epil", "epil_poisson_agq11")]
    [InlineData("poisson_offset", "poisson_offset_agq1")]
    [InlineData("poisson_offset", "poisson_offset_agq7")]
    public void Poisson_agrees_with_other_software(string data, string fit)
    {
        using var document = System.Text.Json.JsonDocument.Parse(File.ReadAllText(SharedReference.Require($"fits/{fit}.json")));
        var reference = document.RootElement;
        var mine = MixedModel.Fit(Frame.LoadCsv(SharedReference.Require($"data/{data}.csv")), reference.GetProperty("formula").GetString()!,
            new FitSettings { Family = Family.Poisson, QuadraturePoints = reference.GetProperty("nAGQ").GetInt32() });
        Assert.Equal(reference.GetProperty("logLik_full").GetDouble(), mine.LogLikelihood, 1e-6);
        foreach (var term in reference.GetProperty("beta").EnumerateObject())
        {
            var error = reference.GetProperty("se_joint_hessian").GetProperty(term.Name).GetDouble();
            Assert.Equal(term.Value.GetDouble(), mine[term.Name].Estimate, 2e-4 * error);
            Assert.Equal(1, mine[term.Name].StandardError / error, 1e-3);
        }
    }

    [Fact]
    public void Swapped_outcomes_change_signs_under_probit_and_not_under_cloglog() => Properties.HoldOnData(data =>
    {
        var swapped = data.With(new IntegerColumn("y", [.. data.Integer("y").Values.ToArray().Select(y => 1 - y)]));
        foreach (var points in new[] { 1, 9 })
        {
            var (probit, turned) = (Fit(data, Link.Probit, points), Fit(swapped, Link.Probit, points));
            Assert.Equal(probit.LogLikelihood, turned.LogLikelihood, 1e-8);
            foreach (var effect in probit.FixedEffects) Assert.Equal(-effect.Estimate, turned[effect.Term].Estimate, 1e-6);
            var (cloglog, other) = (Fit(data, Link.Cloglog, points), Fit(swapped, Link.Cloglog, points));
            Assert.True(Math.Abs(cloglog.LogLikelihood - other.LogLikelihood) > 1e-6);
        }
    }, count: 5);

    [Fact]
    public void A_Poisson_offset_shifted_by_a_constant_shifts_the_intercept_alone() => Properties.HoldOnData(data =>
    {
        var counts = Counts(data);
        var (fit, shifted) = (Poisson(counts, Formula + " + offset(0.1 * x)"), Poisson(counts, Formula + " + offset(0.1 * x + 5)"));
        Assert.Equal(fit.LogLikelihood, shifted.LogLikelihood, 1e-7);
        Assert.Equal(fit["(Intercept)"].Estimate - 5, shifted["(Intercept)"].Estimate, 1e-6);
        Assert.Equal(fit["x"].Estimate, shifted["x"].Estimate, 1e-6);
        Assert.Equal(fit["x"].StandardError, shifted["x"].StandardError, 1e-6);
        Assert.Equal(Poisson(counts, Formula)["x"].Estimate - 0.1, fit["x"].Estimate, 1e-6);
    }, count: 8);

    [Fact]
    public void Poisson_weights_of_2_are_rows_written_twice() => Properties.HoldOnData(data =>
    {
        var counts = Counts(data);
        var weighted = counts.With(new NumberColumn("w", [.. Enumerable.Repeat(2.0, data.RowCount)]));
        var twice = counts.Take([.. Enumerable.Range(0, data.RowCount), .. Enumerable.Range(0, data.RowCount)]);
        var (fit, other) = (Poisson(weighted, Formula, new FitSettings { Weights = "w" }), Poisson(twice, Formula));
        Assert.Equal(other.LogLikelihood, fit.LogLikelihood, 1e-7);
        Assert.Equal(other["x"].Estimate, fit["x"].Estimate, 1e-7);
        Assert.Equal(other["x"].StandardError, fit["x"].StandardError, 1e-7);
    }, count: 8);

    [Fact]
    public void Large_counts_are_fitted_from_a_start_near_their_mean()
    {
        var data = Simulated.TwoLevel(seed: 31);
        var large = data.With(new IntegerColumn("y", [.. data.Integer("y").Values.ToArray().Select((y, i) => 900_000 + 100_000 * y + i)]));
        var fit = Poisson(large, Formula);
        Assert.True(fit.Converged);
        Assert.Equal(Math.Log(900_000), fit["(Intercept)"].Estimate, 0.2);
    }

    [Fact]
    public void Separation_of_counts_names_the_level_without_any()
    {
        var data = Counts(Simulated.TwoLevel(seed: 32));
        var y = data.Integer("y").Values.ToArray();
        for (var row = 0; row < y.Length; row++) y[row] = data.Text("f")[row] == "c" ? 0 : y[row];
        var fit = Poisson(data.With(new IntegerColumn("y", y)), Formula);
        Assert.Equal(ProblemKind.NoEstimate, fit.Obstacle?.Kind);
        Assert.Equal(["fc"], fit.FixedEffects.Where(e => double.IsNaN(e.Estimate)).Select(e => e.Term));
        Assert.Contains("f, level c, tends to minus infinity", Assert.Single(fit.Warnings).Message, StringComparison.Ordinal);
        var none = Poisson(data.With(new IntegerColumn("y", new int[y.Length])), Formula);
        Assert.Contains("All counts are 0", none.Obstacle!.Found, StringComparison.Ordinal);
        Assert.Equal(CheckName.Outcome, none.Warnings.First().Check);
    }

    [Theory]
    [InlineData(-1.0, "a count that is negative")]
    [InlineData(1.5, "a count that is not whole")]
    public void Counts_that_are_none_are_told_by_row(double bad, string found)
    {
        var data = new Frame([new NumberColumn("y", [0, 3, bad]), new NumberColumn("x", [1, 2, 3])]);
        var problem = Assert.Throws<ProblemException>(() => Poisson(data, "y ~ x")).Problem;
        Assert.Equal((ProblemKind.CheckFailed, found), (problem.Kind, problem.Found));
        Assert.Contains("data row 3 (line 4", problem.Where, StringComparison.Ordinal);
    }

    [Fact]
    public void Pairs_of_successes_and_failures_are_no_counts()
    {
        var data = new Frame([new IntegerColumn("s", [0, 3]), new IntegerColumn("f", [1, 2])]);
        var problem = Assert.Throws<ProblemException>(() => Poisson(data, "cbind(s, f) ~ 1")).Problem;
        Assert.Equal(ProblemKind.WrongUsage, problem.Kind);
    }

    [Fact]
    public void Shares_of_variance_are_given_where_they_are_defined()
    {
        var data = Simulated.TwoLevel(seed: 33);
        MixedModelFit With(MixedModelFit fit) => fit with { RandomEffects = [new RandomEffect("g", ["(Intercept)"], [1], [0.1], [[1]])] };
        Assert.Equal(0.5, With(Fit(data, Link.Probit)).VariancePartitionCoefficient, 1e-12);
        Assert.Equal(1 / (1 + Math.PI * Math.PI / 6), With(Fit(data, Link.Cloglog)).VariancePartitionCoefficient, 1e-12);
        Assert.True(double.IsNaN(With(Fit(data, Link.Probit)).MedianOddsRatio));
        var counts = With(Poisson(Counts(data), Formula));
        Assert.True(double.IsNaN(counts.VariancePartitionCoefficient) && double.IsNaN(counts.MedianOddsRatio));
        var summary = counts.ToString();
        Assert.DoesNotContain("variance partition", summary, StringComparison.Ordinal);
        Assert.Contains("rate ratio", summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Predictions_are_means_of_the_family()
    {
        var data = Simulated.TwoLevel(seed: 34);
        foreach (var link in new[] { Link.Probit, Link.Cloglog })
        {
            var prediction = MixedModel.Fit(data, "y ~ f", new FitSettings { Link = link }).Predict(data);
            Assert.Equal(data.Integer("y").Values.ToArray().Average(), prediction.Mean.Average(), 1e-9);
        }

        var counts = Counts(data);
        Assert.Equal(counts.Integer("y").Values.ToArray().Average(), Poisson(counts, "y ~ f").Predict(counts).Mean.Average(), 1e-9);
    }

    private static Frame Counts(Frame data) =>
        data.With(new IntegerColumn("y", [.. data.Integer("y").Values.ToArray().Select((y, row) => y * (1 + row % 3))]));

    private static MixedModelFit Fit(Frame data, Link link, int points = 1) =>
        MixedModel.Fit(data, Formula, new FitSettings { Link = link, QuadraturePoints = points });

    private static MixedModelFit Poisson(Frame data, string formula, FitSettings? settings = null) =>
        MixedModel.Fit(data, formula, (settings ?? new FitSettings()) with { Family = Family.Poisson });
}
