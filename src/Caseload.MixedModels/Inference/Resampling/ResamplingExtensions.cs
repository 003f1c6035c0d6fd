using Caseload.Frames;
using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference;
using Caseload.MixedModels.Inference.Resampling;

namespace Caseload.MixedModels;

/// <summary>Simulated responses of a fit, and fits to other responses.</summary>
public static class ResamplingExtensions
{
    /// <summary>Draws a response from the fitted model.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="seed">The seed; the same seed gives the same response on any machine.</param>
    /// <param name="effects">Where the random effects come from.</param>
    /// <returns>For each row that the fit used, in their order: the successes of its trials, its count, or its number.</returns>
    /// <exception cref="ProblemException">
    /// An estimate does not exist (no estimate), or the weights or frequencies of the model belong to no distribution (wrong usage).
    /// </exception>
    public static double[] Simulate(this MixedModelFit fit, long seed, RandomEffectDraws effects = RandomEffectDraws.FromDistribution)
    {
        ArgumentNullException.ThrowIfNull(fit);
        var plan = RefitPlan.Of(fit.WithAllEstimates());
        return new ResponseSimulator(fit, plan.Design).Draw(new RandomStream(seed, 0), effects);
    }

    /// <summary>
    /// Fits the same model to another response of the same rows, beginning at the estimates. The checks are run only where the search is in
    /// doubt, at an edge or far from those estimates; fit the changed data where you want all of them.
    /// </summary>
    /// <param name="fit">The fit.</param>
    /// <param name="response">For each row that the fit used, in their order: successes, counts or numbers.</param>
    /// <exception cref="ProblemException">
    /// An estimate does not exist (no estimate), the number of rows differs (wrong usage), or the response is not of the family (check
    /// failed).
    /// </exception>
    public static MixedModelFit Refit(this MixedModelFit fit, IReadOnlyList<double> response)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(response);
        var (frame, settings) = fit.WithAllEstimates().Data!;
        Responses.Require(frame, response);
        double[] values = [.. response];
        return RefitPlan.Of(fit).Refitter().Refit(values) with { Data = new FittedData(frame.Responding(values), settings) };
    }
}
