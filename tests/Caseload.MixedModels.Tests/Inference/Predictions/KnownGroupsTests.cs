using Caseload.Frames;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Predictions;
using MathNet.Numerics.LinearAlgebra;

namespace Caseload.MixedModels.Tests.Inference.Predictions;

public sealed class KnownGroupsTests
{
    private static readonly PredictionSettings Known = new() { Groups = GroupsAs.Known };

    // Henderson (1975): the errors of estimates and predictions have sigma^2 times the inverse of the mixed model equations.
    [Theory]
    [InlineData("y ~ x + f + (1 + x | ab)")]
    [InlineData("y ~ x + (1 | ab) + (1 | h)")]
    [InlineData("y ~ x + (1 + x || ab) + (1 | a)")]
    public void Of_linear_models_have_the_errors_of_the_mixed_model_equations(string formula)
    {
        var data = Simulated.Linear(seed: 81);
        var fit = MixedModel.Fit(data, formula, new FitSettings { Family = Family.Gaussian, Weights = "w" });
        var (x, z, sigma) = Dense(fit, data);
        var weights = Matrix<double>.Build.DiagonalOfDiagonalArray([.. data.Number("w").Values.ToArray().Select(w => w / fit.Dispersion)]);
        var all = x.Append(z);
        var equations = all.TransposeThisAndMultiply(weights) * all;
        var inner = equations.SubMatrix(x.ColumnCount, z.ColumnCount, x.ColumnCount, z.ColumnCount) + sigma.Inverse();
        equations.SetSubMatrix(x.ColumnCount, x.ColumnCount, inner);
        var errors = equations.Inverse();
        var rows = fit.PredictMeans(data.Head(20), Known).Rows;
        for (var row = 0; row < 20; row++)
        {
            var at = all.Row(row);
            Assert.Equal(Math.Sqrt(at * errors * at), rows[row].LinearError, 1e-6 * rows[row].LinearError);
            Assert.Equal(fit.Predict(data).Mean[row], rows[row].Mean, 1e-9);
        }
    }

    // The slow twin: modes and their conditional covariance with dense matrices of all groups at once.
    [Theory]
    [InlineData("y ~ x + (1 + x | g)", Family.Binomial)]
    [InlineData("y ~ x + f + (1 | g) + (1 | h)", Family.Binomial)]
    [InlineData("n ~ x + (1 | h/g)", Family.Poisson)]
    public void Of_generalised_models_have_the_conditional_errors_of_dense_matrices(string formula, Family family)
    {
        var data = Simulated.Crossed(seed: 82, groups: 16, rows: 800);
        var fit = MixedModel.Fit(data, formula, new FitSettings { Family = family });
        Assert.False(fit.Singular);
        var (x, z, sigma) = Dense(fit, data);
        var mean = fit.Predict(data).Mean;
        var weights = Matrix<double>.Build.DiagonalOfDiagonalArray([.. mean.Select(m => family == Family.Binomial ? m * (1 - m) : m)]);
        var conditional = (z.TransposeThisAndMultiply(weights) * z + sigma.Inverse()).Inverse();
        var moves = conditional * z.TransposeThisAndMultiply(weights) * x;
        var rows = fit.PredictMeans(data.Head(20), Known).Rows;
        for (var row = 0; row < 20; row++)
        {
            var slope = x.Row(row) - z.Row(row) * moves;
            var variance = slope * Matrix<double>.Build.DenseOfArray(fit.Covariance) * slope + z.Row(row) * conditional * z.Row(row);
            Assert.Equal(Math.Sqrt(variance), rows[row].LinearError, 1e-6 * rows[row].LinearError);
        }
    }

    [Fact]
    public void Have_conditional_errors_where_a_variance_is_0()
    {
        var data = Simulated.TwoLevel(seed: 83, sigma: 0);
        var fit = Enumerable.Range(83, 40).Select(seed => MixedModel.Fit(data = Simulated.TwoLevel(seed, sigma: 0), "y ~ x + (1 | g)"))
            .First(fit => fit.Singular);
        var (known, zero) = (fit.PredictMeans(data.Head(1), Known).Rows[0],
            fit.PredictMeans(data.Head(1), new PredictionSettings { Groups = GroupsAs.AtZero }).Rows[0]);
        Assert.Equal(zero.LinearError, known.LinearError, 1e-9);
        Assert.Equal(zero.Mean, known.Mean, 1e-12);
    }

    [Fact]
    public void Are_more_uncertain_than_their_conditional_modes_alone()
    {
        var data = Simulated.TwoLevel(seed: 84);
        var fit = MixedModel.Fit(data, "y ~ 1 + (1 | g)");
        foreach (var row in fit.PredictMeans(data.Take([0, 15, 30]), Known).Rows)
            Assert.InRange(row.LinearError, fit.ConditionalModes.Min(mode => mode.StandardError) * 0.9, 1.5);
    }

    private static (Matrix<double> X, Matrix<double> Z, Matrix<double> Sigma) Dense(MixedModelFit fit, Frame data)
    {
        var x = Matrix<double>.Build.DenseOfColumnArrays(fit.Recipe.DesignColumns(data));
        var (columns, blocks) = (new List<double[]>(), new List<Matrix<double>>());
        foreach (var effect in fit.RandomEffects)
        {
            var modes = fit.ConditionalModes.Where(mode => mode.Group == effect.Group && effect.Terms.Contains(mode.Term)).ToArray();
            foreach (var level in modes.Select(mode => mode.Level).Distinct())
            {
                foreach (var term in effect.Terms)
                {
                    var (_, _, values, labels) = fit.Recipe.RandomColumns(data).First(c => c.Group == effect.Group && c.Term == term);
                    columns.Add([.. values.Zip(labels, (value, label) => label == level ? value : 0)]);
                }

                blocks.Add(Matrix<double>.Build.DenseOfRows(effect.Covariance));
            }
        }

        var sigma = Matrix<double>.Build.Dense(columns.Count, columns.Count);
        var first = 0;
        foreach (var block in blocks)
        {
            sigma.SetSubMatrix(first, first, block);
            first += block.RowCount;
        }

        return (x, Matrix<double>.Build.DenseOfColumnArrays(columns), sigma);
    }
}
