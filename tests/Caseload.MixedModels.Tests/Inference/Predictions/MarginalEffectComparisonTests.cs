using Caseload.Frames;
using Caseload.MixedModels.Fits;

namespace Caseload.MixedModels.Tests.Inference.Predictions;

public sealed class MarginalEffectComparisonTests
{
    private static readonly Frame Data = WithConfounder(Simulated.TwoLevel(seed: 91, groups: 24, size: 40, sigma: 0.5));

    // The slow twin: the jackknife with true fits without each group. A group's Newton step is a few hundredths off where groups are many.
    [Theory]
    [InlineData(Family.Binomial, "y ~ x + (1 | g)", "y ~ x + z + (1 | g)")]
    [InlineData(Family.Gaussian, "v ~ x + (1 | g)", "v ~ x + z + (1 + x | g)")]
    [InlineData(Family.Poisson, "n ~ x + (1 | g)", "n ~ x * z + (1 | g)")]
    public void A_change_has_the_standard_error_of_fits_without_each_group(Family family, string small, string large)
    {
        var settings = new FitSettings { Family = family };
        var change = Compare(Data)!;
        double[] without = [.. Enumerable.Range(0, 24).Select(group =>
        {
            var rest = Data.Filter(row => row / 40 != group);
            return Effect(MixedModel.Fit(rest, large, settings)) - Effect(MixedModel.Fit(rest, small, settings));
        })];
        var mean = without.Average();
        var twin = Math.Sqrt(23.0 / 24 * without.Sum(value => (value - mean) * (value - mean)));
        Assert.Equal(twin, change.StandardError, 0.06 * twin);
        Assert.Equal(23, change.DegreesOfFreedom);

        // The 97.5% point of t with 23 degrees of freedom.
        Assert.Equal(2.068657610419, (change.Upper - change.Value) / change.StandardError, 1e-9);

        // Far from what two independent fits would have.
        Assert.True(change.StandardError < 0.8 * Math.Sqrt(Error(small) * Error(small) + Error(large) * Error(large)));

        EffectChange? Compare(Frame data) => MarginalEffectComparison.Of(data, ("small", MixedModel.Fit(data, small, settings)),
            ("large", MixedModel.Fit(data, large, settings))).Rows.First(row => row.Column == "x").Changes[0];

        double Effect(MixedModelFit fit) => fit.AverageMarginalEffects(Data).Rows.First(row => row.Column == "x").Effect;

        double Error(string formula) =>
            MixedModel.Fit(Data, formula, settings).AverageMarginalEffects(Data).Rows.First(row => row.Column == "x").StandardError;
    }

    [Fact]
    public void Without_common_groups_a_change_has_no_standard_error_and_says_so()
    {
        var comparison = MarginalEffectComparison.Of(Data, ("one", MixedModel.Fit(Data, "y ~ x")),
            ("two", MixedModel.Fit(Data, "y ~ x + z + (1 | g)")));
        var change = comparison.Rows.First(row => row.Column == "x").Changes[0]!;
        Assert.True(double.IsNaN(change.StandardError) && double.IsNaN(change.P) && double.IsNaN(change.Lower));
        Assert.Null(comparison.Rows.First(row => row.Column == "z").Changes[0]);
        Assert.Contains(comparison.Remarks, remark => remark.StartsWith("A change has a standard error between", StringComparison.Ordinal));
        Printed.Fits(comparison);
    }

    [Fact]
    public void Each_model_is_set_against_the_one_before()
    {
        string[] formulas = ["y ~ x + (1 | g)", "y ~ x + z + (1 | g)", "y ~ x + z + f + (1 | g)"];
        var comparison = MarginalEffectComparison.Of(Data, [.. formulas.Select((formula, i) => ($"m{i}", MixedModel.Fit(Data, formula)))]);
        var x = comparison.Rows.First(row => row.Column == "x");
        Assert.Equal([x.Effects[1]!.Effect - x.Effects[0]!.Effect, x.Effects[2]!.Effect - x.Effects[1]!.Effect],
            x.Changes.Select(change => change!.Value));
        Assert.Contains("Changes from model to model", comparison.ToString(), StringComparison.Ordinal);
        Assert.Contains(comparison.Remarks, remark => remark.Contains("the 24 groups", StringComparison.Ordinal));
        Printed.Fits(comparison);
    }

    [Fact]
    public void Odds_ratios_are_spoken_of_where_there_are_such()
    {
        Assert.Contains(Compared(Family.Binomial, "y").Remarks, remark => remark.Contains("Odds ratios", StringComparison.Ordinal));
        Assert.DoesNotContain(Compared(Family.Gaussian, "v").Remarks, remark => remark.Contains("Odds ratios", StringComparison.Ordinal));

        static MarginalEffectComparison Compared(Family family, string response)
        {
            var settings = new FitSettings { Family = family };
            return MarginalEffectComparison.Of(Data, ("one", MixedModel.Fit(Data, response + " ~ x + (1 | g)", settings)),
                ("two", MixedModel.Fit(Data, response + " ~ x + z + (1 | g)", settings)));
        }
    }

    [Fact]
    public void Of_a_singular_fit_variances_are_known_and_that_is_said()
    {
        var data = Simulated.TwoLevel(seed: 93, sigma: 0);
        var fit = Enumerable.Range(93, 40).Select(seed => MixedModel.Fit(data = Simulated.TwoLevel(seed, sigma: 0), "y ~ x + f + (1 | g)"))
            .First(fit => fit.Singular);
        var comparison = MarginalEffectComparison.Of(data, ("one", MixedModel.Fit(data, "y ~ x + (1 | g)")), ("two", fit));
        Assert.Single(comparison.Remarks, remark => remark.Contains("taken as known", StringComparison.Ordinal));
        Assert.True(double.IsFinite(comparison.Rows[0].Changes[0]!.StandardError));
    }

    [Fact]
    public void Refuses_no_model() => Assert.Equal("no model",
        Assert.Throws<ProblemException>(() => MarginalEffectComparison.Of(Data)).Problem.Found);

    private static Frame WithConfounder(Frame data)
    {
        var random = new Random(92);
        var (x, y) = (data.Number("x").Values.ToArray(), data.Number("y").Values.ToArray());
        double[] z = [.. x.Select(value => 0.6 * value + Simulated.Normal(random))];
        return data.With(new NumberColumn("z", z))
            .With(new NumberColumn("v", [.. x.Select((value, row) => 0.3 * value + 0.5 * z[row] + y[row] + Simulated.Normal(random))]))
            .With(new IntegerColumn("n", [.. z.Select((value, row) =>
                (int)Math.Round(Math.Exp(0.3 * value) * (y[row] + random.NextDouble())))]));
    }
}
