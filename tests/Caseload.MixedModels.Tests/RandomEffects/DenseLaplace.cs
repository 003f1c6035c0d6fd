using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Likelihoods;
using Caseload.MixedModels.ModelFrames;
using MathNet.Numerics.LinearAlgebra;

namespace Caseload.MixedModels.Tests.RandomEffects;

/// <summary>
/// The slow readable twin of the sparse Laplace approximation: one row an observation, Z and H written out as dense matrices, plain Newton.
/// </summary>
internal static class DenseLaplace
{
    /// <summary>The log-likelihood, without what depends on no parameter.</summary>
    /// <param name="frame">The model's data.</param>
    /// <param name="beta">The coefficients of the columns as they are.</param>
    /// <param name="lambda">The covariance factor of each block of effects, in the order of the formula, for the columns as they are.</param>
    internal static double LogLikelihood(ModelFrame frame, double[] beta, IReadOnlyList<double[,]> lambda)
    {
        var (x, z) = (Fixed(frame), Random(frame, lambda));
        var kernel = ResponseKernel.Of(frame.Family, frame.Link);
        var (successes, trials) = (frame.Response.Successes, frame.Response.Trials);
        var fixedPart = x * Vector<double>.Build.Dense(beta);
        if (frame.Offset is { } offset) fixedPart += Vector<double>.Build.Dense(frame.Rows, row => offset.Values[offset.Codes[row]]);
        var u = Vector<double>.Build.Dense(z.ColumnCount);
        for (var step = 0; ; step++)
        {
            var cells = (fixedPart + z * u).Select((eta, row) => kernel.At(successes[row], trials[row], eta)).ToArray();
            var h = Matrix<double>.Build.DenseIdentity(u.Count)
                + z.TransposeThisAndMultiply(Matrix<double>.Build.DenseOfDiagonalArray([.. cells.Select(c => c.Weight)]) * z);
            var move = h.Solve(z.TransposeThisAndMultiply(Vector<double>.Build.Dense([.. cells.Select(c => c.Score)])) - u);
            if (move.L2Norm() < 1e-12 || step == 100)
                return cells.Sum(c => c.LogLikelihood) - u.DotProduct(u) / 2 - h.Cholesky().DeterminantLn / 2;
            u += move.L2Norm() > 1 ? move / move.L2Norm() : move;
        }
    }

    private static Matrix<double> Fixed(ModelFrame frame) =>
        Matrix<double>.Build.DenseOfColumns(Columns(frame, DesignColumn.Of(frame.Formula, frame.Variables)));

    // Z Lambda.
    private static Matrix<double> Random(ModelFrame frame, IReadOnlyList<double[,]> lambda)
    {
        var columns = new List<double[]>();
        var block = 0;
        foreach (var grouping in frame.Groupings)
        {
            foreach (var effects in grouping.Blocks)
            {
                var values = Columns(frame, effects.Columns);
                for (var group = 0; group < grouping.Groups.Size; group++)
                {
                    for (var to = 0; to < values.Length; to++)
                    {
                        columns.Add([.. Enumerable.Range(0, frame.Rows).Select(row => grouping.Groups.Codes[row] != group ? 0
                            : Enumerable.Range(0, values.Length).Sum(from => values[from][row] * lambda[block][from, to]))]);
                    }
                }

                block++;
            }
        }

        return Matrix<double>.Build.DenseOfColumns(columns);
    }

    private static double[][] Columns(ModelFrame frame, IReadOnlyList<DesignColumn> names)
    {
        var codes = frame.Variables.Select(v => v.Codes).ToArray();
        return [.. names.Select(name =>
        {
            var values = new double[frame.Rows];
            name.Fill(codes, frame.Variables, values);
            return values;
        })];
    }
}
