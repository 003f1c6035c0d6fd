using Caseload.Frames;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference;
using Caseload.MixedModels.Inference.Profiles;

namespace Caseload.MixedModels;

/// <summary>Profile-likelihood intervals of a fit.</summary>
public static class ProfileExtensions
{
    /// <summary>
    /// Profile-likelihood intervals of every fixed effect and of the standard deviations, variances, correlations, variance partition
    /// coefficients and median odds ratios of the random effects: all values at which the deviance, all else at its maximum, lies no
    /// further above its minimum than the quantile of chi-square with 1 degree of freedom.
    /// </summary>
    /// <param name="fit">The fit; of restricted maximum likelihood only its random part has profiles.</param>
    /// <param name="level">The probability with which an interval is to hold the truth, between 0 and 1.</param>
    /// <param name="cancellation">Stops the search; in a notebook the cell's stop button does without.</param>
    /// <returns>The intervals. A limit that was not found is not-a-number, and a remark says so.</returns>
    /// <exception cref="ProblemException">The fit has no estimate (no estimate), or has no likelihood or the level is not between 0 and 1
    /// (wrong usage).</exception>
    public static IntervalTable ProfileIntervals(this MixedModelFit fit, double level = 0.95, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(fit);
        Levels.Require(level, "level");
        return fit.RequireLikelihood().WithEstimates() is { } found
            ? new ProfileRun(found, level, LongWork.Or(cancellation)).Run() : throw fit.WithoutEstimates();
    }
}
