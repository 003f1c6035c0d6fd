using Caseload.MixedModels.Designs;
using Caseload.MixedModels.ModelFrames;
using Caseload.MixedModels.RandomEffects;
using MathNet.Numerics.LinearAlgebra;

namespace Caseload.MixedModels.Tests.LinearModels;

/// <summary>
/// The log-likelihood of a linear mixed model, coefficients and residual variance at their maximum, by the variance matrix of the rows
/// written out: slow, and plain to read.
/// </summary>
internal sealed class DirectLinearModel(ModelFrame frame, RandomLayout layout)
{
    private readonly int[] rows = [.. Enumerable.Range(0, frame.Rows).SelectMany(row =>
        Enumerable.Repeat(row, frame.Response.Frequencies is { } frequencies ? (int)frequencies[row] : 1))];

    /// <summary>The log-likelihood, or the restricted one, at the free elements of the covariance factors.</summary>
    internal double LogLikelihood(double[] theta, bool isRestricted)
    {
        var response = (GaussianResponse)frame.Response;
        var offset = frame.Offset;
        var (v, x) = (Variance(theta), FixedColumns());
        var y = Vector<double>.Build.Dense(rows.Length, i => response.Values[rows[i]] - (offset?.Values[offset.Codes[rows[i]]] ?? 0));
        var whitened = v.Cholesky();
        var information = x.Transpose() * whitened.Solve(x);
        var beta = information.Cholesky().Solve(x.Transpose() * whitened.Solve(y));
        var rest = y - x * beta;
        var freedom = rows.Length - (isRestricted ? x.ColumnCount : 0);
        var variance = rest * whitened.Solve(rest) / freedom;
        return -(freedom * (Math.Log(2 * Math.PI * variance) + 1) + whitened.DeterminantLn
            + (isRestricted ? information.Cholesky().DeterminantLn : 0)) / 2;
    }

    // W^-1 + Z Lambda Lambda'Z', with columns of the random effects divided by the sizes that the layout gives them.
    private Matrix<double> Variance(double[] theta)
    {
        var factors = new CovarianceFactors(layout);
        factors.Set(theta);
        var response = (GaussianResponse)frame.Response;
        var v = Matrix<double>.Build.Dense(rows.Length, rows.Length, (i, j) => i == j ? 1 / response.Weights[rows[i]] : 0);
        for (var g = 0; g < frame.Groupings.Count; g++)
        {
            var grouping = frame.Groupings[g];
            var columns = Columns([.. grouping.Blocks.SelectMany(block => block.Columns)]);
            for (var k = 0; k < columns.ColumnCount; k++)
            {
                var place = layout.Groupings[g].Columns[k];
                columns.SetColumn(k, (columns.Column(k) - layout.Columns.Centres[place]) / layout.Columns.Scales[place]);
            }

            var effects = columns * Matrix<double>.Build.DenseOfArray(factors.Lambda[g]);
            var shared = effects * effects.Transpose();
            for (var i = 0; i < rows.Length; i++)
            {
                for (var j = 0; j < rows.Length; j++)
                {
                    if (grouping.Groups.Codes[rows[i]] == grouping.Groups.Codes[rows[j]]) v[i, j] += shared[i, j];
                }
            }
        }

        return v;
    }

    private Matrix<double> FixedColumns() => Columns(DesignColumn.Of(frame.Formula, frame.Variables));

    private Matrix<double> Columns(IReadOnlyList<DesignColumn> names)
    {
        int[][] codes = [.. frame.Variables.Select(variable => variable.At(rows))];
        return Matrix<double>.Build.DenseOfColumnArrays(names.Select(name =>
        {
            var values = new double[rows.Length];
            name.Fill(codes, frame.Variables, values);
            return values;
        }));
    }
}
