using Caseload.Frames;
using MathNet.Numerics.LinearAlgebra;

namespace Caseload.MixedModels.Tests.Inference.GroupComparisons;

public sealed class DeletionResidualsTests
{
    // The slow twin: generalised least squares without the group, at the same variances, with dense matrices.
    [Fact]
    public void Of_a_linear_model_are_those_of_fits_without_the_group()
    {
        var data = Simulated.Linear(seed: 141);
        var fit = MixedModel.Fit(data, "y ~ x + f + (1 + x | ab)", new FitSettings { Family = Family.Gaussian });
        var x = Matrix<double>.Build.DenseOfColumnArrays(fit.Recipe.DesignColumns(data));
        var z = Matrix<double>.Build.DenseOfColumnArrays([.. Enumerable.Repeat(1.0, data.RowCount)], data.Number("x").Values.ToArray());
        var y = Vector<double>.Build.Dense(data.Number("y").Values.ToArray());
        var sigma = Matrix<double>.Build.DenseOfRows(fit.RandomEffects[0].Covariance);
        var rows = Enumerable.Range(0, data.RowCount).GroupBy(row => data.Text("ab")[row]!).ToDictionary(g => g.Key, g => g.ToArray());
        foreach (var residual in fit.DeletionResiduals(new GroupSettings { Term = "x" }).Rows)
        {
            var information = Matrix<double>.Build.Dense(x.ColumnCount, x.ColumnCount);
            var score = Vector<double>.Build.Dense(x.ColumnCount);
            foreach (var (level, of) in rows.Where(group => group.Key != residual.Level))
            {
                var weighted = Part(x, of).TransposeThisAndMultiply(Spread(of).Inverse());
                information += weighted * Part(x, of);
                score += weighted * Vector<double>.Build.Dense([.. of.Select(row => y[row])]);
            }

            var own = rows[residual.Level];
            var gain = sigma * Part(z, own).Transpose() * Spread(own).Inverse();
            var mode = gain * (Vector<double>.Build.Dense([.. own.Select(row => y[row])]) - Part(x, own) * information.Solve(score));
            var variance = gain * (Spread(own) + Part(x, own) * information.Inverse() * Part(x, own).Transpose()) * gain.Transpose();
            Assert.Equal(mode[1], residual.Deleted, 1e-6);
            Assert.Equal(Math.Sqrt(variance[1, 1]), residual.DiagnosticError, 1e-6);
        }

        Matrix<double> Spread(int[] of) => Part(z, of) * sigma * Part(z, of).Transpose()
            + fit.Dispersion * Matrix<double>.Build.DenseIdentity(of.Length);
        static Matrix<double> Part(Matrix<double> matrix, int[] of) => Matrix<double>.Build.DenseOfRowVectors(of.Select(matrix.Row));
    }

    [Fact]
    public void Of_groups_drawn_from_the_model_are_standard_normal()
    {
        var fit = MixedModel.Fit(Simulated.TwoLevel(seed: 142, groups: 400, size: 30), "y ~ x + f + (1 | g)");
        double[] z = [.. fit.DeletionResiduals().Rows.Select(row => row.Z)];
        Assert.Equal(0, z.Average(), 0.15);
        Assert.Equal(1, z.Average(value => value * value), 0.2);
        Assert.InRange(z.Count(value => Math.Abs(value) > 1.96) / 400.0, 0.02, 0.08);
    }

    [Fact]
    public void A_group_unlike_the_others_comes_first()
    {
        var data = Simulated.TwoLevel(seed: 143, groups: 60, size: 30, sigma: 0.3);
        var y = data.Integer("y").Values.ToArray().Select((value, row) => data.Text("g")[row] == "G07" ? (row % 10 == 0 ? 1 : 0) : value);
        var fit = MixedModel.Fit(data.With(new IntegerColumn("y", [.. y])), "y ~ x + f + (1 | g)");
        var residuals = fit.DeletionResiduals().Rows;
        Assert.Equal("G07", residuals[0].Level);
        Assert.True(residuals[0].Z < -3 && residuals[0].Adjusted < 0.05);
        Assert.True(residuals[0].Deleted < residuals[0].Effect);
        Assert.All(residuals, row => Assert.InRange(row.Adjusted, row.P, 1));
    }

    // The slow twin of groups that hold others: the covariance of their rows has both.
    [Fact]
    public void Of_the_outermost_of_nested_groupings_are_those_of_fits_without_the_group()
    {
        var data = Simulated.Linear(seed: 145, rows: 240);
        var fit = MixedModel.Fit(data, "y ~ x + f + (1 | a/b)", new FitSettings { Family = Family.Gaussian });
        var x = Matrix<double>.Build.DenseOfColumnArrays(fit.Recipe.DesignColumns(data));
        var y = Vector<double>.Build.Dense(data.Number("y").Values.ToArray());
        var variances = fit.RandomEffects.ToDictionary(effect => effect.Group, effect => effect.Covariance[0][0]);
        var rows = Enumerable.Range(0, data.RowCount).GroupBy(row => data.Text("a")[row]!).ToDictionary(g => g.Key, g => g.ToArray());
        var residuals = fit.DeletionResiduals();
        Assert.Equal("a", residuals.Group);
        foreach (var residual in residuals.Rows)
        {
            var information = Matrix<double>.Build.Dense(x.ColumnCount, x.ColumnCount);
            var score = Vector<double>.Build.Dense(x.ColumnCount);
            foreach (var (level, of) in rows.Where(group => group.Key != residual.Level))
            {
                var weighted = Part(of).TransposeThisAndMultiply(Spread(of).Inverse());
                information += weighted * Part(of);
                score += weighted * Responses(of);
            }

            var own = rows[residual.Level];
            var gain = variances["a"] * Spread(own).Inverse().ColumnSums();
            var variance = gain * (Spread(own) + Part(own) * information.Inverse() * Part(own).Transpose()) * gain;
            Assert.Equal(gain * (Responses(own) - Part(own) * information.Solve(score)), residual.Deleted, 1e-6);
            Assert.Equal(Math.Sqrt(variance), residual.DiagnosticError, 1e-6);
        }

        Matrix<double> Spread(int[] of) => Matrix<double>.Build.Dense(of.Length, of.Length, (i, j) => variances["a"]
            + (data.Text("b")[of[i]] == data.Text("b")[of[j]] ? variances["b:a"] : 0) + (i == j ? fit.Dispersion : 0));
        Matrix<double> Part(int[] of) => Matrix<double>.Build.DenseOfRowVectors(of.Select(x.Row));
        Vector<double> Responses(int[] of) => Vector<double>.Build.Dense([.. of.Select(row => y[row])]);
    }

    // R 4.2.2 with lme4 1.1-31, cbind(incidence, size - incidence) ~ period + (1 | herd) of cbpp: the coefficients of the other herds at
    // the same standard deviation (optim over glmer's deviance function), the mode of the herd at those by optimize().
    [Theory]
    [InlineData("10", -0.5736)]
    [InlineData("14", 1.0701)]
    [InlineData("8", 0.6613)]
    public void Of_a_binomial_model_are_nearly_those_of_fits_without_the_group(string herd, double mode)
    {
        var data = Frame.LoadCsv(SharedReference.Require("data/cbpp.csv"));
        var fit = MixedModel.Fit(data, "cbind(incidence, size - incidence) ~ period + (1 | herd)",
            new FitSettings { Factors = ["period"] });
        var residual = fit.DeletionResiduals().Rows.Single(row => row.Level == herd);
        Assert.Equal(mode, residual.Deleted, 0.01 * residual.DiagnosticError);
    }

    // Without group G3 nothing tells the coefficient of its flag; the other p values are adjusted for the other groups.
    [Fact]
    public void A_group_that_the_others_cannot_be_held_against_comes_last_and_counts_for_nothing()
    {
        var data = Simulated.TwoLevel(seed: 146, groups: 12, size: 30);
        var flags = Enumerable.Range(0, data.RowCount).Select(row => data.Text("g")[row] == "G03" ? 6.0 : 5.0);
        var fit = MixedModel.Fit(data.With(new NumberColumn("flag", [.. flags])), "y ~ x + flag + (1 | g)");
        var residuals = fit.DeletionResiduals();
        Assert.Equal("G03", residuals.Rows[^1].Level);
        Assert.True(double.IsNaN(residuals.Rows[^1].Z) && double.IsNaN(residuals.Rows[^1].Adjusted));
        Assert.Equal(residuals.Rows[10].P, residuals.Rows[10].Adjusted, 1e-12);
        Assert.True(residuals.Rows[0].Adjusted <= 11 * residuals.Rows[0].P + 1e-12);
        Assert.Contains("For 1 of the groups", residuals.Remarks[^1], StringComparison.Ordinal);
        Printed.Fits(residuals);
    }

    [Fact]
    public void Refuse_crossed_groupings_and_those_within_others()
    {
        var crossed = MixedModel.Fit(Simulated.Crossed(seed: 144), "y ~ x + (1 | g) + (1 | h)");
        Assert.Contains("crossed", Assert.Throws<ProblemException>(() => crossed.DeletionResiduals()).Problem.Found,
            StringComparison.Ordinal);
        var nested = MixedModel.Fit(Simulated.Linear(seed: 147), "y ~ x + (1 | a/b)", new FitSettings { Family = Family.Gaussian });
        Assert.Contains("the outermost grouping, a", Assert.Throws<ProblemException>(() =>
            nested.DeletionResiduals(new GroupSettings { Group = "b:a" })).Problem.Expected, StringComparison.Ordinal);
    }
}
