using Caseload.Frames;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Robustness;

namespace Caseload.MixedModels;

/// <summary>How far what a fit says rests on single groups and on the model's variances.</summary>
public static class RobustnessReadOuts
{
    /// <summary>
    /// What leaving out each group of the outermost grouping does to fixed effects and standard deviations, by one Newton step from the
    /// estimates.
    /// </summary>
    /// <param name="fit">A model with one grouping, or with groupings that nest.</param>
    /// <exception cref="ProblemException">
    /// The model has no random effects, its groupings are crossed (wrong usage), or an estimate does not exist (no estimate).
    /// </exception>
    public static GroupInfluence GroupInfluence(this MixedModelFit fit) => new InfluenceRun(fit).Run();
}
