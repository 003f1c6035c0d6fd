using Caseload.MixedModels.Numerics;

namespace Caseload.MixedModels.Likelihoods;

/// <summary>A group at its mode.</summary>
/// <param name="Sigma">The standard deviation of the random effect.</param>
/// <param name="Mode">The mode of the standardised effect.</param>
/// <param name="Precision">H = 1 + sigma^2 sum(w).</param>
/// <param name="Sums">The sums over its cells.</param>
internal readonly record struct GroupState(double Sigma, double Mode, double Precision, KernelSums Sums);

/// <summary>
/// A group's share of the gradient and the Hessian of the Laplace log-likelihood in phi = (beta, sigma), by the implicit function theorem
/// (the mode is a function of phi). What is a sum over cells of a weight times x x' is left to one pass over all cells: here are the
/// weights of that sum and the corrections of low rank. docs/method.md derives every line; the names are those used there.
/// </summary>
/// <param name="width">The number of fixed effects; sigma is the last of width + 1 parameters.</param>
internal sealed class GroupDerivatives(int width)
{
    // Sums over the group's cells of d a, w a, w' a and w'' a, where a = (x, b) is the derivative of the linear predictor at a fixed b.
    private readonly double[] scoreSum = new double[width + 1];
    private readonly double[] weightSum = new double[width + 1];
    private readonly double[] slopeSum = new double[width + 1];
    private readonly double[] curveSum = new double[width + 1];

    private readonly double[] replacedSum = new double[width];

    // The gradients by phi of the mode, of log H scaled for its square, and the partners of the mode's and of sigma's gradient.
    private readonly double[] mode = new double[width + 1];
    private readonly double[] logPrecision = new double[width + 1];
    private readonly double[] modePartner = new double[width + 1];
    private readonly double[] sigmaPartner = new double[width + 1];

    // The weight of a cell's x x' is -w + k (w'' - ratio w').
    private double k;
    private double ratio;

    /// <summary>Where the columns' sums over the group's cells are put before the rest.</summary>
    internal FourSpans Sums => new(scoreSum, weightSum, slopeSum, curveSum);

    /// <summary>The gradient of the mode.</summary>
    internal ReadOnlySpan<double> Mode => mode;

    /// <summary>The columns' sums of the weights that <see cref="ReplaceWeights"/> puts in the place of w.</summary>
    internal ReadOnlySpan<double> ReplacedSums => replacedSum;

    /// <summary>Adds the group's share to the gradient, and to the Hessian's lower triangle all but the sum of x x' over cells.</summary>
    internal void Add(in GroupState group, double[] gradient, double[,] hessian)
    {
        var (sigma, b, precision, sums) = group;
        var last = width;
        var square = sigma * sigma;
        (scoreSum[last], weightSum[last], slopeSum[last], curveSum[last]) =
            (b * sums.Score, b * sums.Weight, b * sums.WeightSlope, b * sums.WeightCurve);
        k = -square / (2 * precision);
        ratio = sums.WeightSlope * square / precision;
        var omega = k * (sums.WeightCurve - ratio * sums.WeightSlope);
        for (var i = 0; i <= last; i++) mode[i] = (-sigma * weightSum[i] + (i == last ? sums.Score : 0)) / precision;
        for (var i = 0; i <= last; i++)
        {
            var weightGradient = slopeSum[i] + sigma * sums.WeightSlope * mode[i];
            var scoreGradient = -(weightSum[i] + sigma * sums.Weight * mode[i]);
            var precisionGradient = square * weightGradient + (i == last ? 2 * sigma * sums.Weight : 0);
            gradient[i] += scoreSum[i] - precisionGradient / (2 * precision);
            logPrecision[i] = precisionGradient / (precision * Math.Sqrt(2));
            modePartner[i] = sigma * k * (curveSum[i] - ratio * slopeSum[i]) + (square * omega + precision) * mode[i] / 2;
            sigmaPartner[i] = k * sums.WeightSlope * ((1 - square * sums.Weight / precision) * mode[i] + sigma / precision * scoreGradient)
                - sigma / precision * weightGradient;
        }

        Vectors.AddLowRank(hessian, mode, modePartner, logPrecision);
        for (var j = 0; j <= last; j++)
        {
            var direct = j < last
                ? -b * weightSum[j] + b * k * (curveSum[j] - ratio * slopeSum[j])
                : -b * b * sums.Weight + b * b * omega - sums.Weight / precision + sigmaPartner[last];
            hessian[last, j] += direct + sigmaPartner[j];
        }
    }

    /// <summary>Puts the weights of the sum of x x' in the place of the weights w.</summary>
    internal void ReplaceWeights(in CellSpan cells)
    {
        Vectors.CombineLess(cells.Weight, (k, -k * ratio), cells.WeightCurve, cells.WeightSlope);
        weightSum.AsSpan(0, replacedSum.Length).CopyTo(replacedSum);
        Vectors.CombineLess(replacedSum, (k, -k * ratio), curveSum, slopeSum);
    }
}
