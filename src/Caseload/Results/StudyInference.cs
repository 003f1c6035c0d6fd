using Caseload.Effects;

namespace Caseload.Results;

/// <summary>
/// What the models say beyond their estimates: how sure they are, on which scale they can be compared, how well they describe.
/// </summary>
/// <param name="Spreads">What lies between authorities, one a model.</param>
/// <param name="Profiles">Profile-likelihood intervals of the coefficients of the interaction model.</param>
/// <param name="Marginal">Average marginal effects of the models side by side; null where none can be had.</param>
/// <param name="Checks">Calibration, discrimination and residuals of the interaction model; empty where none can be had.</param>
public sealed record StudyInference(
    IReadOnlyList<AreaSpread> Spreads,
    IReadOnlyList<ProfileLimits> Profiles,
    MarginalTable? Marginal,
    IReadOnlyList<ModelCheck> Checks)
{
    /// <summary>
    /// Where the Wald interval of a coefficient differs most from its profile-likelihood interval; null where none is shown.
    /// </summary>
    public WaldDistance? Wald { get; init; }
}
