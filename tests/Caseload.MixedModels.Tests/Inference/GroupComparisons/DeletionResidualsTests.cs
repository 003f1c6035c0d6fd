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

    [Fact]
    public void Refuses_several_groupings() => Assert.Contains("2 groupings", Assert.Throws<ProblemException>(() =>
        MixedModel.Fit(Simulated.Crossed(seed: 144), "y ~ x + (1 | g) + (1 | h)").DeletionResiduals(new GroupSettings { Group = "g" }))
        .Problem.Found, StringComparison.Ordinal);
}
