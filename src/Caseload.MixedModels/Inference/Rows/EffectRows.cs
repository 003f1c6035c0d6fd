using Caseload.MixedModels.Fits;

namespace Caseload.MixedModels.Inference.Rows;

/// <summary>What random effects that share a covariance matrix multiply in some rows.</summary>
/// <param name="Effect">The effects.</param>
/// <param name="Columns">One array an effect, one number a row.</param>
internal sealed record EffectRows(RandomEffect Effect, double[][] Columns)
{
    /// <summary>The variance z' Sigma z that they bring to the linear predictor of a row.</summary>
    internal double Variance(int row)
    {
        var sum = 0.0;
        for (var i = 0; i < Columns.Length; i++)
        {
            for (var j = 0; j < Columns.Length; j++) sum += Columns[i][row] * Columns[j][row] * Effect.Covariance[i][j];
        }

        return sum;
    }

    /// <summary>The mean of that over some rows, each counted as often as its weight says.</summary>
    internal double MeanVariance(double[] weights)
    {
        var (sum, total) = (0.0, 0.0);
        for (var row = 0; row < weights.Length; row++)
        {
            sum += weights[row] * Variance(row);
            total += weights[row];
        }

        return sum / total;
    }
}
