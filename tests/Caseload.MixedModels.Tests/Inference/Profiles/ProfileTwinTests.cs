using Caseload.Frames;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference;
using Caseload.MixedModels.Tests.Fits;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;

namespace Caseload.MixedModels.Tests.Inference.Profiles;

/// <summary>Limits held to slow twins: the model fitted again with a parameter held, and a likelihood written out in full.</summary>
public sealed class ProfileTwinTests
{
    // The 95% quantile of chi-square with 1 degree of freedom.
    private const double Cut = 3.841458820694124;

    [Fact]
    public void A_model_fitted_again_with_the_coefficient_held_at_a_limit_has_the_deviance_of_the_limit() => ModelKind.HoldOnKinds(
        kind => !kind.Reml && kind.Formula.Contains('|', StringComparison.Ordinal), (kind, data) =>
        {
            var fit = kind.Fit(data);
            var x = fit.ProfileIntervals(cancellation: TestContext.Current.CancellationToken)["x"];
            Assert.InRange(fit["x"].Estimate, x.Lower, x.Upper);
            foreach (var limit in new[] { x.Lower, x.Upper }) AssertDeviance(kind, data, fit, limit);
        }, count: 14);

    [Fact]
    public void A_likelihood_written_out_in_full_has_the_deviance_of_the_limits_of_its_covariance_matrix()
    {
        var data = Simulated.Linear(seed: 5, rows: 300);
        var fit = MixedModel.Fit(data, "y ~ x + (1 + x | ab)", new FitSettings { Family = Family.Gaussian });
        var intervals = fit.ProfileIntervals(cancellation: TestContext.Current.CancellationToken);
        double[] at = [.. fit.RandomEffects[0].StandardDeviations.Select(value => Math.Log(value)),
            Math.Log(fit.ResidualStandardDeviation!.Value),
            Math.Atanh(fit.RandomEffects[0].Correlation[0][1])];
        Assert.Equal(fit.Deviance, Deviance(data, at), 1e-6);
        Hold(intervals.Find(IntervalKind.StandardDeviation, term: "(Intercept)"), 0, Math.Log);
        Hold(intervals.Find(IntervalKind.StandardDeviation, term: "x"), 1, Math.Log);
        Hold(intervals.Find(IntervalKind.ResidualStandardDeviation), 2, Math.Log);
        Hold(intervals.Find(IntervalKind.Correlation), 3, Math.Atanh);

        void Hold(IntervalEstimate interval, int parameter, Func<double, double> scale)
        {
            foreach (var limit in new[] { interval.Lower, interval.Upper }.Where(limit => limit is not (0 or 1 or -1)))
                Assert.Equal(fit.Deviance + Cut, Least(data, at, parameter, scale(limit)), 1e-5);
        }
    }

    [Fact]
    public void A_standard_deviation_has_the_limits_that_bisection_of_its_own_profile_finds()
    {
        // With the variance held the coefficients of a Poisson model of one intercept are found by the same engine, on a grid of one.
        var fit = MixedModel.Fit(Simulated.Crossed(4), "n ~ 1 + (1 | g)",
            new FitSettings { Family = Family.Poisson, QuadraturePoints = 9 });
        var interval = fit.ProfileIntervals(cancellation: TestContext.Current.CancellationToken).Find(IntervalKind.StandardDeviation);
        var likelihood = MixedModels.Inference.Profiles.ProfileModel.Of(fit.Data!).Likelihood;
        var height = Profile(fit.RandomEffects[0].StandardDeviations[0]);
        Assert.Equal(Root(0, interval.Estimate), interval.Lower, 1e-6);
        Assert.Equal(Root(5, interval.Estimate), interval.Upper, 1e-6);

        double Root(double outer, double inner)
        {
            for (var step = 0; step < 60; step++)
            {
                var middle = (outer + inner) / 2;
                if (2 * (height - Profile(middle)) > Cut) outer = middle;
                else inner = middle;
            }

            return inner;
        }

        double Profile(double sigma) => -GoldenSection(beta => -likelihood.Value([beta, sigma]), -5, 5);
    }

    [Fact]
    public void Limits_far_from_the_maximum_are_those_of_models_fitted_with_the_coefficient_held()
    {
        // Of two groups whose variance is estimated as 0: held off its estimate, the intercept wakes it.
        var data = Simulated.Linear(seed: 5, rows: 300);
        var two = data.With(TextColumn.Of("g", Enumerable.Range(0, 300).Select(row => data.Text("ab")[row] == "G03" ? "A" : "B")))
            .With(new NumberColumn("i", [.. Enumerable.Repeat(1.0, 300)]));
        var fit = MixedModel.Fit(two, "y ~ x + (1 | g)", new FitSettings { Family = Family.Gaussian });
        Assert.True(fit.Singular);
        var intervals = fit.ProfileIntervals(cancellation: TestContext.Current.CancellationToken);
        foreach (var limit in new[] { intervals["(Intercept)"].Lower, intervals["(Intercept)"].Upper })
        {
            var held = two.With(new NumberColumn("o", [.. Enumerable.Repeat(limit, 300)]));
            Assert.Equal(fit.Deviance + Cut, MixedModel.Fit(held, "y ~ 0 + x + offset(o) + (1 | g)",
                new FitSettings { Family = Family.Gaussian }).Deviance, 1e-5);
        }
    }

    [Fact]
    public void One_of_two_separated_coefficients_has_the_limit_of_a_model_fitted_with_it_held()
    {
        var data = Simulated.TwoLevel(seed: 3);
        int[] y = [.. Enumerable.Range(0, data.RowCount).Select(row => data.Text("f")[row] switch
        {
            "c" => 1,
            "b" => 0,
            _ => data.Integer("y").Values[row],
        })];
        var fit = MixedModel.Fit(data.With(new IntegerColumn("y", y)), "y ~ x + f + (1 | g)");
        var limit = fit.ProfileIntervals(cancellation: TestContext.Current.CancellationToken)["fb"].Upper;
        var held = data.With(new IntegerColumn("y", y))
            .With(new NumberColumn("o", [.. Enumerable.Range(0, data.RowCount).Select(row => data.Text("f")[row] == "b" ? limit : 0)]))
            .With(new IntegerColumn("c", [.. Enumerable.Range(0, data.RowCount).Select(row => data.Text("f")[row] == "c" ? 1 : 0)]));

        // The other one is separated still: what is left of the rows has the limit of the deviance.
        var rest = MixedModel.Fit(held.Filter(row => data.Text("f")[row] != "c"), "y ~ x + offset(o) + (1 | g)");
        var before = MixedModel.Fit(held.Filter(row => data.Text("f")[row] == "a"), "y ~ x + (1 | g)");
        Assert.Equal(before.Deviance + Cut, rest.Deviance, 1e-5);
    }

    private static void AssertDeviance(ModelKind kind, Frame data, MixedModelFit fit, double limit)
    {
        var held = data.With(new NumberColumn("o", [.. data.Number("x").Values.ToArray().Select(x => limit * x)]));
        var again = kind.Writing(" ~ x", " ~ 1 + offset(o)").Fit(held);
        Assert.Equal(fit.Deviance + Cut, again.Deviance, 1e-5);
    }

    private static double Least(Frame data, double[] at, int parameter, double value)
    {
        var others = Enumerable.Range(0, 4).Where(k => k != parameter).ToArray();
        var simplex = new NelderMeadSimplex(1e-12, 20_000);
        var start = Vector<double>.Build.Dense([.. others.Select(k => at[k])]);
        for (var round = 0; round < 3; round++)
            start = simplex.FindMinimum(ObjectiveFunction.Value(point => Deviance(data, Whole(point))), start).MinimizingPoint;
        return Deviance(data, Whole(start));

        double[] Whole(Vector<double> point)
        {
            var whole = new double[4];
            whole[parameter] = value;
            for (var i = 0; i < others.Length; i++) whole[others[i]] = point[i];
            return whole;
        }
    }

    // -2 log-likelihood with the coefficients at their maximum, from the variance matrix of each group's rows.
    private static double Deviance(Frame data, double[] at)
    {
        var (one, two, residual, correlation) = (Math.Exp(at[0]), Math.Exp(at[1]), Math.Exp(2 * at[2]), Math.Tanh(at[3]));
        var effects = Matrix<double>.Build.DenseOfArray(new[,]
            { { one * one, one * two * correlation }, { one * two * correlation, two * two } });
        var (x, y, g) = (data.Number("x").Values.ToArray(), data.Number("y").Values.ToArray(), data.Text("ab"));
        var (gram, sums) = (Matrix<double>.Build.Dense(2, 2), Vector<double>.Build.Dense(2));
        var (squares, determinant) = (0.0, 0.0);
        foreach (var rows in Enumerable.Range(0, y.Length).GroupBy(row => g[row]))
        {
            var z = Matrix<double>.Build.DenseOfRowArrays(rows.Select(row => new[] { 1, x[row] }));
            var v = z * effects * z.Transpose() + residual * Matrix<double>.Build.DenseIdentity(z.RowCount);
            var (factor, response) = (v.Cholesky(), Vector<double>.Build.DenseOfEnumerable(rows.Select(row => y[row])));
            gram += z.Transpose() * factor.Solve(z);
            sums += z.Transpose() * factor.Solve(response);
            squares += response * factor.Solve(response);
            determinant += factor.DeterminantLn;
        }

        return y.Length * Math.Log(2 * Math.PI) + determinant + squares - sums * gram.Solve(sums);
    }

    private static double GoldenSection(Func<double, double> function, double low, double high)
    {
        const double Ratio = 0.618_033_988_749_895;
        var (one, two) = (high - Ratio * (high - low), low + Ratio * (high - low));
        var (atOne, atTwo) = (function(one), function(two));
        for (var step = 0; step < 60; step++)
        {
            if (atOne < atTwo) (high, two, atTwo, one) = (two, one, atOne, two - Ratio * (two - low));
            else (low, one, atOne, two) = (one, two, atTwo, one + Ratio * (high - one));
            (atOne, atTwo) = (function(one), function(two));
        }

        return Math.Min(atOne, atTwo);
    }
}
