using Caseload.Frames;
using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference;
using Caseload.MixedModels.Inference.Hypotheses;
using Caseload.MixedModels.Inference.Resampling;

namespace Caseload.MixedModels.Tests.Inference.Hypotheses;

public sealed class TwoStageTests
{
    [Fact]
    public void Effects_of_areas_are_those_of_a_model_with_a_coefficient_an_area()
    {
        var data = Simulated.TwoLevel(seed: 3, groups: 12, size: 40);
        var fit = MixedModel.Fit(data, "y ~ x + f + (1 | g)");
        var design = RefitPlan.DesignOf(fit);
        var effects = new AreaEffects(design.Select([1, 2, 3]), [.. Enumerable.Range(0, 12)]);
        effects.Find();
        var twin = MixedModel.Fit(data, "y ~ g + x + f");
        for (var area = 1; area < 12; area++)
        {
            var coefficient = twin[$"gG{area:00}"];
            Assert.Equal(coefficient.Estimate, effects.Estimates[area] - effects.Estimates[0], 1e-7);
            var v = effects.Sampling;
            Assert.Equal(coefficient.StandardError, Math.Sqrt(v[area, area] + v[0, 0] - 2 * v[area, 0]), 1e-7);
        }
    }

    [Fact]
    public void With_equal_sampling_variances_the_regression_is_that_of_least_squares()
    {
        // Then the restricted estimate of the variance is the residual variance less the sampling variance.
        var random = new Random(4);
        double[] x = [.. Enumerable.Range(0, 15).Select(_ => Simulated.Normal(random))];
        double[] a = [.. x.Select(value => 1 + 0.5 * value + 0.6 * Simulated.Normal(random))];
        var sampling = new AreaSampling([.. x.Select(_ => 0.04)], []);
        var (estimates, covariance, deviation) = new AreaRegression(a, sampling, [[.. x.Select(_ => 1.0)], x]).Find();
        var (mean, squares) = (x.Average(), x.Sum(value => Math.Pow(value - x.Average(), 2)));
        var slope = x.Zip(a, (value, effect) => (value - mean) * effect).Sum() / squares;
        var residual = x.Zip(a, (value, effect) => Math.Pow(effect - a.Average() - slope * (value - mean), 2)).Sum() / 13;
        Assert.Equal(slope, estimates[1], 1e-10);
        Assert.Equal(residual - 0.04, deviation * deviation, 1e-6);
        Assert.Equal(residual / squares, covariance[1, 1], 1e-6);
    }

    [Fact]
    public void Area_level_terms_get_t_degrees_of_freedom()
    {
        var data = WithAreaLevel(groups: 14, size: 40);
        var fit = MixedModel.Fit(data, "y ~ x + f + z + (1 | g)");
        var table = fit.TwoStageTest();
        var row = Assert.Single(table.Rows);
        Assert.Equal(("z", 12, 14), (row.Term, row.DegreesOfFreedom, table.Areas));

        // Near the estimate in one stage; the tail of t is the wider one.
        Assert.Equal(fit["z"].Estimate, row.Estimate, 0.3 * fit["z"].StandardError);
        Assert.InRange(row.StandardError / fit["z"].StandardError, 0.9, 1.4);
        Assert.True(row.P > 2 * MathNet.Numerics.Distributions.Normal.CDF(0, 1, -Math.Abs(row.T)));
        Assert.Equal(2.178812829667, (row.Upper - row.Estimate) / row.StandardError, 1e-9);
        Assert.Contains("Kenward", Assert.Single(table.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public void A_linear_model_of_equal_areas_has_the_t_test_of_its_area_means()
    {
        // Balanced and without covariates within areas: the means of areas regressed by least squares.
        var random = new Random(6);
        double[] z = [.. Enumerable.Range(0, 10).Select(_ => Simulated.Normal(random))];
        double[] u = [.. z.Select(value => 0.8 * value + Simulated.Normal(random))];
        var rows = Enumerable.Range(0, 80).ToArray();
        double[] y = [.. rows.Select(row => u[row / 8] + Simulated.Normal(random))];
        var data = new Frame([new NumberColumn("y", y), new NumberColumn("z", [.. rows.Select(row => z[row / 8])]),
            TextColumn.Of("g", rows.Select(row => $"G{row / 8}"))]);
        var row = MixedModel.Fit(data, "y ~ z + (1 | g)", new FitSettings { Family = Family.Gaussian }).TwoStageTest().Rows[0];
        double[] means = [.. Enumerable.Range(0, 10).Select(area => y.Skip(8 * area).Take(8).Average())];
        var squares = z.Sum(value => Math.Pow(value - z.Average(), 2));
        var slope = z.Zip(means, (value, mean) => (value - z.Average()) * mean).Sum() / squares;
        var residual = z.Zip(means, (value, mean) => Math.Pow(mean - means.Average() - slope * (value - z.Average()), 2)).Sum() / 8;
        Assert.Equal(slope, row.Estimate, 1e-8);
        Assert.Equal(Math.Sqrt(residual / squares), row.StandardError, 1e-6);
    }

    // R 4.2, scratch script: glm() with a coefficient a district (a subject) and no intercept, then optimize() of the restricted
    // likelihood of a = Zg + N(0, tau^2 I + V) with V the block of vcov(glm), and generalised least squares at its maximum.
    [Fact]
    public void The_second_stage_is_that_of_a_regression_by_restricted_maximum_likelihood_in_r()
    {
        var women = Frame.LoadCsv(SharedReference.Require("data/contraception.csv"));
        women = women.With(new NumberColumn("z", [.. women.Number("district").Values.ToArray().Select(Math.Sin)]));
        const string Formula = "y ~ age + I(age^2) + urban + livch + z + (1 | district)";
        foreach (var estimator in new[] { Estimator.Ml, Estimator.Pql2 })
        {
            var table = MixedModel.Fit(women, Formula, new FitSettings { Estimator = estimator }).TwoStageTest();
            Assert.Equal(57, table.Areas);
            Assert.Equal(0.425649911792, table.Deviation, 1e-6);
            Assert.Equal(-0.0036554675896, table.Rows[0].Estimate, 1e-6);
            Assert.Equal(0.113131742654, table.Rows[0].StandardError, 1e-6);
            Assert.Equal(0.974340533238, table.Rows[0].P, 1e-5);
            Assert.Contains(table.Remarks, remark => remark.StartsWith("3 areas", StringComparison.Ordinal));
        }

        var patients = References.Epilepsy().TwoStageTest();
        Assert.Equal(0.490454812328, patients.Deviation, 1e-6);
        Assert.Equal([0.866986559661, -0.764391297818, 0.559851345375, 0.280107413532], patients.Rows.Select(row => row.Estimate), Near);
        Assert.Equal([0.128362669510, 0.395485527185, 0.343094039633, 0.199676099918],
            patients.Rows.Select(row => row.StandardError), Near);

        static bool Near(double one, double other) => Math.Abs(one - other) < 1e-6;
    }

    [Fact]
    public void An_area_whose_outcomes_are_all_alike_is_left_out_and_counted()
    {
        var data = WithAreaLevel(groups: 14, size: 40);
        var y = data.Integer("y").Values.ToArray();
        for (var row = 0; row < 40; row++) y[row] = 1;
        var table = MixedModel.Fit(data.With(new IntegerColumn("y", y)), "y ~ x + z + (1 | g)").TwoStageTest();
        Assert.Equal((13, 11), (table.Areas, table.Rows[0].DegreesOfFreedom));
        Assert.Contains(table.Remarks, remark => remark.StartsWith("1 area, whose", StringComparison.Ordinal));
    }

    [Fact]
    public void Refuses_models_without_area_level_terms_or_with_other_random_effects()
    {
        var data = WithAreaLevel(groups: 14, size: 40);
        foreach (var formula in new[] { "y ~ x + (1 | g)", "y ~ x + z + (1 + x | g)" })
            Assert.Equal(ProblemKind.WrongUsage,
                Assert.Throws<ProblemException>(() => MixedModel.Fit(data, formula).TwoStageTest()).Problem.Kind);
    }

    private static Frame WithAreaLevel(int groups, int size)
    {
        var data = Simulated.TwoLevel(seed: 5, groups: groups, size: size);
        return data.With(new NumberColumn("z", [.. Enumerable.Range(0, data.RowCount).Select(row => Math.Sin(row / size))]));
    }
}
