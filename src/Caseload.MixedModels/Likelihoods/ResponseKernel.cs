namespace Caseload.MixedModels.Likelihoods;

/// <summary>Sums over the cells of one group of the derivatives of the log-likelihood by the linear predictor.</summary>
/// <param name="LogLikelihood">The sum of l.</param>
/// <param name="Score">The sum of first derivatives.</param>
/// <param name="Weight">The sum of w, the negative second derivatives.</param>
/// <param name="WeightSlope">The sum of dw/deta.</param>
/// <param name="WeightCurve">The sum of d2w/deta2.</param>
internal readonly record struct KernelSums(double LogLikelihood, double Score, double Weight, double WeightSlope, double WeightCurve);

/// <summary>
/// The log-likelihood of cells given their linear predictor, less what depends on no parameter, and its derivatives. It must be concave
/// in the linear predictor, as it is for every family and link built here: then modes are unique and weights are not negative.
/// </summary>
internal abstract class ResponseKernel
{
    /// <summary>The sums of first derivatives and weights over the cells of a group.</summary>
    /// <param name="cells">The cells.</param>
    /// <param name="shift">What the group adds to the linear predictor.</param>
    internal abstract (double Score, double Weight) ScoreAndWeight(in CellSpan cells, double shift);

    /// <summary>All derivatives of the cells of a group and their sums.</summary>
    /// <param name="cells">The cells; their derivatives are written into it.</param>
    /// <param name="shift">What the group adds to the linear predictor.</param>
    internal abstract KernelSums Derivatives(in CellSpan cells, double shift);
}
