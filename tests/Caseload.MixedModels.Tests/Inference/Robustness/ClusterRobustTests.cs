using Caseload.Frames;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Robustness;
using MathNet.Numerics.LinearAlgebra;

namespace Caseload.MixedModels.Tests.Inference.Robustness;

public sealed class ClusterRobustTests
{
    private static readonly FitSettings Linear = new() { Family = Family.Gaussian, Reml = true };

    // Rows, from 0, that make the public data uneven.
    private static readonly int[] LeftOut =
        [0, 1, 2, 10, 11, 24, 32, 33, 34, 35, 36, 89, 90, 149, 150, 151, 152, 153, 154, 155];

    private static readonly int[] PastesLeftOut = [0, 1, 2, 6, 19, 20, 21, 22, 23, 49];

    // coef_test(lmer(...), vcov = "CR2") of R's clubSandwich 0.5.8 on lme4 1.1-31.
    [Fact]
    public void Of_sleepstudy_is_that_of_other_software() => Expect(References.Sleepstudy().ClusterRobust(),
        (6.82455653207, 17), (1.54578889629, 17));

    [Theory]
    [InlineData("Reaction ~ Days + (1 | Subject)", true, 8.23250586125, 16.8123983272, 1.34204222001, 15.4122152899)]
    [InlineData("Reaction ~ Days + (Days | Subject)", true, 7.31454462309, 16.2565757627, 1.44753570348, 16.8192150461)]
    [InlineData("Reaction ~ Days + (Days | Subject)", false, 7.30501101065, 16.2322208266, 1.44772801691, 16.8125468846)]
    public void Of_uneven_subjects_is_that_of_other_software(string formula, bool reml, double error, double freedom, double slopeError,
        double slopeFreedom)
    {
        var data = Frame.LoadCsv(SharedReference.Require("data/sleepstudy.csv"));
        Expect(MixedModel.Fit(data.Filter(row => !LeftOut.Contains(row)), formula, Linear with { Reml = reml }).ClusterRobust(),
            (error, freedom), (slopeError, slopeFreedom));
    }

    [Fact]
    public void Of_nested_groupings_is_that_of_other_software_at_the_outermost()
    {
        var data = Frame.LoadCsv(SharedReference.Require("data/pastes.csv"));
        var cask = data.Text("cask");
        data = data.With(new IntegerColumn("k", [.. Enumerable.Range(0, data.RowCount).Select(row => cask[row] == "a" ? 1 : 0)]));
        var robust = MixedModel.Fit(data.Filter(row => !PastesLeftOut.Contains(row)), "strength ~ k + (1 | batch) + (1 | sample)", Linear)
            .ClusterRobust();
        Assert.Equal("batch", robust.Group);
        Expect(robust, (0.970105129303, 8.09774267307), (1.482469273708, 8.18663933108));
    }

    // Wald_test(..., test = "HTZ") of R's clubSandwich 0.6.0 on lme4 1.1-31.
    [Fact]
    public void Joint_tests_of_uneven_groups_are_those_of_other_software()
    {
        var sleep = Frame.LoadCsv(SharedReference.Require("data/sleepstudy.csv")).Filter(row => !LeftOut.Contains(row));
        Expect(MixedModel.Fit(sleep, "Reaction ~ Days + I(Days^2) + (Days | Subject)", Linear).ClusterRobustTest("Days", "I(Days^2)"),
            23.3764166906, 15.1579412079);
        var paste = Frame.LoadCsv(SharedReference.Require("data/pastes.csv")).Filter(row => !PastesLeftOut.Contains(row));
        var reference = Linear with { References = new Dictionary<string, string> { ["cask"] = "c" } };
        Expect(MixedModel.Fit(paste, "strength ~ cask + (1 | batch) + (1 | sample)", reference).ClusterRobustTest("cask"),
            0.315541703310, 7.25444191153);

        static void Expect(RobustTests tests, double f, double freedom)
        {
            var row = Assert.Single(tests.Rows);
            Assert.Equal(2, row.NumeratorFreedom);
            Assert.Equal(f, row.F, 1e-4 * f);
            Assert.Equal(freedom, row.DenominatorFreedom, 1e-4 * freedom);
        }
    }

    [Theory]
    [InlineData("y ~ x + f + (1 | g)", Family.Binomial, Link.Logit)]
    [InlineData("y ~ x + f + (1 + x | g)", Family.Binomial, Link.Cloglog)]
    [InlineData("n ~ x + (1 + x | g)", Family.Poisson, Link.Log)]
    [InlineData("y ~ x + f + (1 | r / g)", Family.Binomial, Link.Logit)]
    public void Of_a_generalised_model_is_the_dense_formula_of_its_working_model(string formula, Family family, Link link)
    {
        var data = Simulated.Crossed(seed: 331);
        var settings = new FitSettings { Family = family, Link = link };
        Same(MixedModel.Fit(data, formula, settings), data, formula.Contains('/') ? "r" : "g");
    }

    [Theory]
    [InlineData(Estimator.Mql1)]
    [InlineData(Estimator.Pql1)]
    public void Of_quasi_likelihood_is_the_dense_formula_of_the_estimators_own_working_model(Estimator estimator)
    {
        var data = Simulated.Crossed(seed: 340);
        Same(MixedModel.Fit(data, "y ~ x + f + (1 | g)", new FitSettings { Estimator = estimator }), data, "g");
    }

    [Fact]
    public void Of_a_weighted_linear_model_is_the_dense_formula()
    {
        var data = Simulated.Linear(seed: 332);
        Same(MixedModel.Fit(data, "y ~ x + f + (1 + x | ab)", Linear with { Weights = "w" }), data, "ab");
    }

    // Under the model CR2 is unbiased, so that the mean over simulated responses is the model's variance.
    [Fact]
    public void Is_near_the_models_where_the_model_holds()
    {
        var robust = MixedModel.Fit(Simulated.TwoLevel(seed: 333, groups: 400, size: 20), "y ~ x + f + (1 | g)").ClusterRobust();
        Assert.All(robust.Rows, row => Assert.InRange(row.StandardError / row.ModelError, 0.88, 1.12));
        Assert.All(robust.Rows, row => Assert.InRange(row.DegreesOfFreedom, 200, 400));
        Assert.Equal(robust.Rows[1].StandardError, Math.Sqrt(robust.Covariance[1, 1]), 1e-12);
        Printed.Fits(robust);
    }

    // Slopes that vary between groups, which the model leaves out, make its standard error too small.
    [Fact]
    public void Makes_good_what_the_model_leaves_out()
    {
        var random = new Random(334);
        var (x, y, g) = (new List<double>(), new List<double>(), new List<string>());
        for (var group = 0; group < 60; group++)
        {
            var (effect, slope) = (Simulated.Normal(random), Simulated.Normal(random));
            for (var row = 0; row < 20; row++)
            {
                x.Add(Simulated.Normal(random));
                y.Add(effect + slope * x[^1] + Simulated.Normal(random));
                g.Add($"G{group:00}");
            }
        }

        var data = new Frame([new NumberColumn("x", [.. x]), new NumberColumn("y", [.. y]), TextColumn.Of("g", g)]);
        var robust = MixedModel.Fit(data, "y ~ x + (1 | g)", Linear).ClusterRobust();
        var right = MixedModel.Fit(data, "y ~ x + (1 + x | g)", Linear);
        Assert.InRange(robust.Rows[1].StandardError / right["x"].StandardError, 0.8, 1.25);
        Assert.True(robust.Rows[1].ModelError < 0.5 * robust.Rows[1].StandardError);
    }

    [Fact]
    public void Few_degrees_of_freedom_are_pointed_out()
    {
        var data = Simulated.TwoLevel(seed: 335, groups: 12, size: 15);
        var group = data.Text("g");
        var rare = data.With(new IntegerColumn("a",
            [.. Enumerable.Range(0, data.RowCount).Select(row => group[row] is "G01" or "G02" ? 1 : 0)]));
        var robust = MixedModel.Fit(rare, "y ~ a + (1 | g)").ClusterRobust(0.9);
        Assert.InRange(robust.Rows[1].DegreesOfFreedom, 0.9, 3);
        Assert.Contains(robust.Remarks, remark => remark.Contains("rough guide", StringComparison.Ordinal));
        Assert.Equal(0.9, robust.Level);
    }

    // The deviation of a group that alone holds a level cannot be told from the level's coefficient, and no sandwich holds it.
    [Fact]
    public void A_coefficient_that_the_other_groups_do_not_tell_is_named()
    {
        var data = Simulated.TwoLevel(seed: 339, groups: 12, size: 15);
        var group = data.Text("g");
        var alone = data.With(TextColumn.Of("a", Enumerable.Range(0, data.RowCount).Select(row =>
            group[row] == "G03" ? "only" : row % 2 == 0 ? "one" : "other")));
        var settings = new FitSettings { References = new Dictionary<string, string> { ["a"] = "one" } };
        var fit = MixedModel.Fit(alone, "y ~ x + a + (1 | g)", settings);
        Assert.Single(fit.ClusterRobust().Remarks, remark => remark.Contains("aonly without G03", StringComparison.Ordinal));
        Assert.Single(fit.ClusterRobustTest("a").Remarks, remark => remark.Contains("aonly without G03", StringComparison.Ordinal));
        Assert.DoesNotContain(MixedModel.Fit(data, "y ~ x + (1 | g)").ClusterRobust().Remarks,
            remark => remark.Contains("Not told", StringComparison.Ordinal));
    }

    [Fact]
    public void Crossed_groupings_are_refused() => Assert.Contains("g and h are crossed", Assert.Throws<ProblemException>(() =>
        MixedModel.Fit(Simulated.Crossed(seed: 336), "y ~ x + (1 | g) + (1 | h)").ClusterRobust()).Problem.Found, StringComparison.Ordinal);

    private static void Expect(ClusterRobust robust, params (double Error, double Freedom)[] expected)
    {
        Assert.Equal(expected.Length, robust.Rows.Count);
        foreach (var (row, (error, freedom)) in robust.Rows.Zip(expected))
        {
            Assert.Equal(error, row.StandardError, 1e-5 * error);
            Assert.Equal(freedom, row.DegreesOfFreedom, 1e-4 * freedom);
        }
    }

    // The slow twin: the matrices of all rows written out, with symmetric roots, and the vectors p of Satterthwaite's sum one by one.
    private static void Same(MixedModelFit fit, Frame data, string cluster)
    {
        var (x, v, residual) = Working(fit, data);
        var clusters = Enumerable.Range(0, data.RowCount).GroupBy(row => data.Text(cluster)[row]).Select(rows => rows.ToArray()).ToArray();
        var inverse = v.Inverse();
        var m = (x.Transpose() * inverse * x).Inverse();
        var hat = Matrix<double>.Build.DenseIdentity(data.RowCount) - x * m * x.Transpose() * inverse;
        var (meat, carried) = (Matrix<double>.Build.Dense(x.ColumnCount, x.ColumnCount), new List<Matrix<double>>());
        foreach (var rows in clusters)
        {
            var (own, mine, left) = (Part(v, rows, rows), Rows(x, rows), Rows(hat, rows));
            var root = Power(own, 0.5);
            var adjusted = mine.Transpose() * own.Inverse() * root * Power(root * left * v * left.Transpose() * root, -0.5) * root;
            var score = adjusted * Vector<double>.Build.Dense([.. rows.Select(row => residual[row])]);
            meat += score.OuterProduct(score);
            carried.Add(left.Transpose() * adjusted.Transpose() * m);
        }

        var (covariance, robust) = (m * meat * m, fit.ClusterRobust());
        for (var k = 0; k < x.ColumnCount; k++)
        {
            var p = Matrix<double>.Build.DenseOfColumnVectors(carried.Select(matrix => matrix.Column(k)));
            var spread = p.Transpose() * v * p;
            Assert.Equal(Math.Sqrt(covariance[k, k]), robust.Rows[k].StandardError, 1e-7);
            Assert.Equal(spread.Trace() * spread.Trace() / (spread * spread).Trace(), robust.Rows[k].DegreesOfFreedom, 1e-5);
        }
    }

    // Rows scaled to variance 1 given the random effects.
    private static (Matrix<double> X, Matrix<double> V, double[] Residual) Working(MixedModelFit fit, Frame data)
    {
        var (x, modes) = (fit.Recipe.DesignColumns(data), fit.ConditionalModes.ToDictionary(m => (m.Group, m.Level, m.Term), m => m.Mode));
        var (v, residual) = (Matrix<double>.Build.DenseIdentity(data.RowCount), new double[data.RowCount]);
        var z = new double[data.RowCount];
        foreach (var effect in fit.RandomEffects)
        {
            string[] of = [.. Enumerable.Range(0, data.RowCount).Select(row =>
                string.Join(':', effect.Group.Split(':').Select(column => data.Text(column)[row])))];
            double[][] columns = [.. effect.Terms.Select(term => term == "x" ? data.Number("x").Values.ToArray()
                : Enumerable.Repeat(1.0, data.RowCount).ToArray())];
            for (var row = 0; row < z.Length; row++)
            {
                for (var i = 0; i < columns.Length; i++) z[row] += columns[i][row] * modes[(effect.Group, of[row], effect.Terms[i])];
                for (var other = 0; other < z.Length; other++)
                {
                    if (of[row] != of[other]) continue;
                    for (var i = 0; i < columns.Length; i++)
                    {
                        for (var j = 0; j < columns.Length; j++)
                            v[row, other] += columns[i][row] * effect.Covariance[i][j] * columns[j][other];
                    }
                }
            }
        }

        var scale = new double[z.Length];
        for (var row = 0; row < z.Length; row++)
        {
            var fixedPart = Enumerable.Range(0, x.Length).Sum(k => x[k][row] * fit.FixedEffects[k].Estimate);
            if (fit.Estimator == Estimator.Mql1) z[row] = 0;
            var (score, weight) = Cell(fit, data, row, fixedPart + z[row]);
            scale[row] = Math.Sqrt(weight);
            residual[row] = scale[row] * (score / weight + z[row]);
        }

        v.MapIndexedInplace((row, other, value) =>
            row == other ? 1 + scale[row] * scale[row] * (value - 1) : scale[row] * scale[other] * value);
        return (Matrix<double>.Build.Dense(z.Length, x.Length, (row, k) => scale[row] * x[k][row]), v, residual);
    }

    private static (double Score, double Weight) Cell(MixedModelFit fit, Frame data, int row, double eta)
    {
        if (fit.Link == Link.Identity)
        {
            var precision = data.Number("w").Values[row] / fit.Dispersion;
            return (precision * (data.Number("y").Values[row] - eta), precision);
        }

        var mean = Math.Exp(eta);
        if (fit.Link == Link.Log) return (data.Number("n").Values[row] - mean, mean);
        var y = data.Number("y").Values[row];
        if (fit.Link == Link.Logit) return (y - mean / (1 + mean), mean / (1 + mean) / (1 + mean));
        // cloglog: log(1 - e^-m) of a success, -m of a failure.
        var odds = mean / (Math.Exp(mean) - 1);
        return y == 1 ? (odds, -odds * (1 - mean - odds)) : (-mean, mean);
    }

    private static Matrix<double> Rows(Matrix<double> matrix, int[] rows) =>
        Matrix<double>.Build.DenseOfRowVectors(rows.Select(matrix.Row));

    private static Matrix<double> Part(Matrix<double> matrix, int[] rows, int[] columns) =>
        Matrix<double>.Build.Dense(rows.Length, columns.Length, (i, j) => matrix[rows[i], columns[j]]);

    private static Matrix<double> Power(Matrix<double> matrix, double power)
    {
        var decomposition = ((matrix + matrix.Transpose()) / 2).Evd(Symmetricity.Symmetric);
        var largest = decomposition.EigenValues.Real().Maximum();
        var values = decomposition.EigenValues.Real().Map(value => value > 1e-10 * largest ? Math.Pow(value, power) : 0);
        return decomposition.EigenVectors * Matrix<double>.Build.DenseOfDiagonalVector(values) * decomposition.EigenVectors.Transpose();
    }
}
