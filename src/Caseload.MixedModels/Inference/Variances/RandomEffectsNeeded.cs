using Caseload.Frames;
using Caseload.MixedModels.Fits;

namespace Caseload.MixedModels.Inference.Variances;

/// <summary>Stops at models to which a quantity does not apply.</summary>
internal static class RandomEffectsNeeded
{
    /// <summary>Stops at a model without random effects.</summary>
    internal static void By(MixedModelFit fit, string what)
    {
        ArgumentNullException.ThrowIfNull(fit);
        if (fit.Require().RandomEffects.Count == 0)
            throw new ProblemException(new Problem(ProblemKind.WrongUsage, $"{what} of a model without random effects",
                "a model with a random term such as (1 | group)", fit.Formula, "Add a random term."));
    }

    /// <summary>Stops at a model whose coefficients are not logarithms of ratios.</summary>
    /// <returns>What they are the logarithms of: odds ratio, rate ratio, hazard ratio.</returns>
    internal static string ByRatio(MixedModelFit fit, string what)
    {
        By(fit, what);
        return FitWords.Ratio(fit) ?? throw new ProblemException(new Problem(ProblemKind.WrongUsage,
            $"{what} with the {fit.Link.ToString().ToLowerInvariant()} link, whose coefficients are no logarithms of ratios",
            "the logit, log or cloglog link", fit.Formula, "Ask for the variance partition instead."));
    }
}
