using Caseload.MixedModels.Likelihoods;

namespace Caseload.MixedModels.Fits;

/// <summary>A likelihood and its gradient at the estimates by a quadrature of more points than these were made with.</summary>
/// <param name="Points">The number of points, 2K + 1 against K or the most that there are.</param>
/// <param name="At">The likelihood there.</param>
internal sealed record FinerQuadrature(int Points, LikelihoodPoint At)
{
    /// <summary>Evaluates it, or gives null where no rule has more points.</summary>
    /// <param name="points">The points of the estimates.</param>
    /// <param name="at">Evaluates the likelihood by a number of points.</param>
    internal static FinerQuadrature? Of(int points, Func<int, LikelihoodPoint> at)
    {
        var finer = Math.Min(2 * points + 1, GaussHermite.MostPoints);
        return finer > points ? new FinerQuadrature(finer, at(finer)) : null;
    }
}
