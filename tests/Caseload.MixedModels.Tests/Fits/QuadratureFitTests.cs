using Caseload.Frames;
using Caseload.MixedModels.Fits;
using FsCheck;
using FsCheck.Fluent;

namespace Caseload.MixedModels.Tests.Fits;

/// <summary>Fits by quadrature on a grid: what must not move them, and what they come to.</summary>
public sealed class QuadratureFitTests
{
    private static readonly Gen<(int Seed, string Formula, Family Family, int Points)> Cases =
        from seed in Gen.Choose(1, 1000)
        from formula in Gen.Elements("y ~ x + f + (1 + x | g)", "y ~ x + f + (1 + x || g)", "y ~ x + f + (0 + x | g)", "y ~ x + (1 | g)")
        from family in Gen.Elements(Family.Binomial, Family.Poisson, Family.NegativeBinomial)
        from points in Gen.Elements(2, 3, 4, 7)
        select (seed, formula, family, points);

    [Fact]
    public void Reach_a_maximum_that_the_checks_confirm() => Properties.Hold(Cases, at =>
    {
        var fit = Fit(Data(at.Seed, at.Family), at.Formula, at.Family, at.Points);
        Assert.True(fit.Obstacle is null && fit.Converged, $"{at} {fit.Obstacle?.Found}");
        Assert.Equal((FitMethod.Agq, at.Points), (fit.Method, fit.QuadraturePoints));
    }, count: 40);

    [Fact]
    public void Do_not_depend_on_the_order_of_rows_and_the_names_of_groups() => Properties.Hold(Cases, at =>
    {
        var data = Data(at.Seed, at.Family);
        int[] rows = [.. Enumerable.Range(0, data.RowCount)];
        new Random(1).Shuffle(rows);
        var names = TextColumn.Of("g", Enumerable.Range(0, data.RowCount).Select(row => "Z" + string.Concat(data.Text("g")[row]!.Reverse())));
        var (fit, permuted) = (Fit(data, at.Formula, at.Family, at.Points), Fit(data.Take(rows), at.Formula, at.Family, at.Points));
        var named = Fit(data.With(names), at.Formula, at.Family, at.Points);
        Assert.Equal(fit.FixedEffects, permuted.FixedEffects);
        Assert.Equal(fit.LogLikelihood, permuted.LogLikelihood);
        Assert.Equal(fit.LogLikelihood, named.LogLikelihood, 1e-7);
        Assert.Equal(fit["x"].Estimate, named["x"].Estimate, 1e-4 * fit["x"].StandardError);
    }, count: 10);

    [Fact]
    public void Of_swapped_outcomes_change_the_sign_of_every_coefficient() => Properties.HoldOnData(data =>
    {
        const string Formula = "y ~ x + f + (1 + x | g)";
        var swapped = data.With(new IntegerColumn("y", [.. data.Integer("y").Values.ToArray().Select(y => 1 - y)]));
        var (fit, turned) = (Fit(data, Formula, Family.Binomial, 5), Fit(swapped, Formula, Family.Binomial, 5));
        Assert.Equal(fit.LogLikelihood, turned.LogLikelihood, 1e-7);
        Assert.Contains("random intercepts and slopes, adaptive Gauss-Hermite quadrature of 5 by 5 points", fit.ToString(),
            StringComparison.Ordinal);
        foreach (var effect in fit.FixedEffects)
            Assert.Equal(-effect.Estimate, turned[effect.Term].Estimate, 1e-4 * effect.StandardError);
    }, count: 5);

    // A covariate in other units is the same model: its effects' standard deviation and its coefficient carry the unit.
    [Fact]
    public void Of_a_rescaled_slope_carry_its_unit() => Properties.HoldOnData(data =>
    {
        var scaled = data.With(new NumberColumn("x", [.. data.Number("x").Values.ToArray().Select(x => 1000 * x)]));
        var (fit, other) = (Fit(data, "y ~ x + (1 + x | g)", Family.Binomial, 5), Fit(scaled, "y ~ x + (1 + x | g)", Family.Binomial, 5));
        Assert.Equal(fit.LogLikelihood, other.LogLikelihood, 1e-7);
        Assert.Equal(fit["x"].StandardError, 1000 * other["x"].StandardError, 1e-4 * fit["x"].StandardError);
        Assert.Equal(fit.RandomEffects[0].StandardDeviations[1], 1000 * other.RandomEffects[0].StandardDeviations[1], 1e-4);
    }, count: 5);

    [Fact]
    public void Are_those_of_the_single_intercept_where_the_effect_is_written_as_a_column_of_ones()
    {
        var data = Simulated.TwoLevel(seed: 21, groups: 30, size: 8, sigma: 1.5);
        var ones = data.With(new NumberColumn("one", [.. Enumerable.Repeat(1.0, data.RowCount)]));
        foreach (var points in new[] { 2, 9 })
        {
            var (intercept, column) =
                (Fit(data, "y ~ x + (1 | g)", Family.Binomial, points), Fit(ones, "y ~ x + (0 + one | g)", Family.Binomial, points));
            Assert.Equal(intercept.LogLikelihood, column.LogLikelihood, 1e-8);
            Assert.Equal(intercept["x"].Estimate, column["x"].Estimate, 1e-6);
            Assert.Equal(1, column["x"].StandardError / intercept["x"].StandardError, 1e-5);
            Assert.Equal(intercept.RandomEffects[0].StandardDeviations[0], column.RandomEffects[0].StandardDeviations[0], 1e-6);
            Assert.Equal(1, column.RandomEffects[0].StandardDeviationErrors[0] / intercept.RandomEffects[0].StandardDeviationErrors[0], 1e-4);
        }
    }

    private static Frame Data(int seed, Family family)
    {
        var data = Simulated.TwoLevel(seed, groups: 25, size: 10);
        return family == Family.Binomial ? data : data.With(new IntegerColumn("y",
            [.. data.Integer("y").Values.ToArray().Select((y, row) => y * (1 + row % 3) + (row * 37 % 19 == 0 ? 7 : 0))]));
    }

    private static MixedModelFit Fit(Frame data, string formula, Family family, int points) =>
        MixedModel.Fit(data, formula, new FitSettings { Family = family, QuadraturePoints = points });
}
