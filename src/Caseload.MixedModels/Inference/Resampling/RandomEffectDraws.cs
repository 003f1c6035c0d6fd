namespace Caseload.MixedModels;

/// <summary>Where the random effects of a simulated response come from.</summary>
public enum RandomEffectDraws
{
    /// <summary>New ones from their estimated distribution: other groups of the same kind.</summary>
    FromDistribution,

    /// <summary>The conditional modes of the fit: the same groups, whose effects are taken as known.</summary>
    AtModes,
}
