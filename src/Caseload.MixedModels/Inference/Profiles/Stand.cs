using Caseload.MixedModels.Likelihoods;

namespace Caseload.MixedModels.Inference.Profiles;

/// <summary>A point and the log-likelihood there with its derivatives.</summary>
internal sealed record Stand(double[] Point, LikelihoodPoint At)
{
    /// <summary>The log-likelihood; not-a-number where the modes were not found.</summary>
    internal double Value => At.ModesFound ? At.LogLikelihood : double.NaN;

    /// <summary>The same likelihood after a step, with the search for the modes begun where it leads.</summary>
    internal Stand Moved(ILogLikelihood likelihood, double[] step, double fraction)
    {
        double[] next = [.. Point.Zip(step, (value, move) => value + fraction * move)];
        return new Stand(next, likelihood.Evaluate(next, At.ModesAlong(step, fraction)));
    }
}
