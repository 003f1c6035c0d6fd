using Caseload.Frames;
using Caseload.MixedModels.Fits;

namespace Caseload.MixedModels.Inference;

/// <summary>What inferences ask of a fit before they begin.</summary>
internal static class FitRequirements
{
    /// <summary>The fit where it holds any estimate; null where it holds none. Of a separated model some exist.</summary>
    /// <exception cref="ProblemException">The fit was put together by hand, without data.</exception>
    internal static MixedModelFit? WithEstimates(this MixedModelFit fit) =>
        (double.IsNaN(fit.LogLikelihood) && fit.Estimator == Estimator.Ml) || !fit.Converged ? null
        : fit.Data is not null ? fit : throw new ProblemException(new Problem(ProblemKind.WrongUsage, "a fit without its data",
            "a fit as MixedModel.Fit gives it", fit.Formula, "Fit the model again."));

    /// <summary>The fit where it holds every estimate and its data.</summary>
    /// <exception cref="ProblemException">An estimate does not exist, or the fit was put together by hand.</exception>
    internal static MixedModelFit WithAllEstimates(this MixedModelFit fit) => fit.Require().WithEstimates()
        ?? throw fit.WithoutEstimates();

    /// <summary>Why a fit has no estimates.</summary>
    internal static ProblemException WithoutEstimates(this MixedModelFit fit) => new(fit.Obstacle ?? new Problem(ProblemKind.NoEstimate,
        "a fit without estimates", "one that converged", fit.Formula, "Look at the checks of the fit."));
}
