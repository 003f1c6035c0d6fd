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
        var simulator = new ResponseSimulator(fit, RefitPlan.DesignOf(fit.WithAllEstimates()));
        return simulator.Draw(new RandomStream(seed, 0), effects).Response;
    }

    /// <summary>
    /// Fits the same model to another response of the same rows, beginning at the estimates. The checks are run only where the search is in
    /// doubt, at an edge or far from those estimates; fit the changed data where you want all of them.
    /// </summary>
    /// <param name="fit">The fit.</param>
    /// <param name="response">For each row that the fit used, in their order: successes, counts or numbers.</param>
    /// <exception cref="ProblemException">
    /// An estimate does not exist (no estimate), the number of rows differs or the fit is one by quasi-likelihood (wrong usage), or the
    /// response is not of the family (check failed).
    /// </exception>
    public static MixedModelFit Refit(this MixedModelFit fit, IReadOnlyList<double> response)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(response);
        var (frame, settings) = fit.RequireLikelihood().WithAllEstimates().Data!;
        Responses.Require(frame, response);
        double[] values = [.. response];
        var refit = RefitPlan.Of(fit).Refitter().Refit(new SimulatedResponse(values, []));
        return refit with { Data = new FittedData(frame.Responding(values), settings) };
    }

    /// <summary>
    /// The parametric bootstrap: responses are simulated from the fit, new random effects included, and the model is fitted to each. It
    /// gives intervals of coefficients, standard deviations, variances, correlations, variance partition coefficients and median odds
    /// ratios, and of statistics of your own.
    /// </summary>
    /// <param name="fit">The fit.</param>
    /// <param name="settings">How it is done; all defaults where left out.</param>
    /// <param name="cancellation">Stops it; in a notebook the cell's stop button does without.</param>
    /// <exception cref="ProblemException">
    /// An estimate does not exist (no estimate), the fit is singular or one by quasi-likelihood, or a setting is out of its range (wrong
    /// usage).
    /// </exception>
    public static BootstrapIntervals Bootstrap(this MixedModelFit fit, BootstrapSettings? settings = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(fit);
        settings ??= new BootstrapSettings();
        settings.Require();
        if (fit.RequireLikelihood().WithAllEstimates().Singular && !settings.AllowSingular)
            throw new ProblemException(new Problem(ProblemKind.WrongUsage, "a bootstrap of a singular fit",
                "variances above 0 and correlations between -1 and 1: data simulated from the fit would lack what it estimates as 0",
                fit.Formula, "Drop the random effect or its correlation, take profile intervals, or allow it in the settings."));
        return new BootstrapRun(fit, settings, LongWork.Or(cancellation)).Run();
    }
}
