using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference;

namespace Caseload.Effects;

/// <summary>The 95% profile-likelihood interval of a coefficient, on the log-odds.</summary>
/// <param name="Term">The coefficient's name.</param>
/// <param name="Lower">The lower end; minus infinity where there is none.</param>
/// <param name="Upper">The upper end; infinity where there is none.</param>
public sealed record ProfileLimits(string Term, double Lower, double Upper)
{
    /// <summary>Those of all coefficients.</summary>
    /// <param name="profile">The profile-likelihood intervals of a fit.</param>
    public static IReadOnlyList<ProfileLimits> Of(IntervalTable profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return [.. profile.Intervals.Where(interval => interval.Kind == IntervalKind.FixedEffect)
            .Select(interval => new ProfileLimits(interval.Term, interval.Lower, interval.Upper))];
    }
}

/// <summary>Where the Wald interval of a coefficient differs most from that by profile likelihood.</summary>
/// <param name="Term">The coefficient's name.</param>
/// <param name="StandardErrors">How far the ends lie apart that are furthest apart, in the coefficient's standard errors.</param>
public sealed record WaldDistance(string Term, double StandardErrors)
{
    /// <summary>The furthest of some coefficients; null where none has both intervals.</summary>
    /// <param name="profiles">The profile-likelihood intervals.</param>
    /// <param name="effects">The coefficients with their Wald intervals.</param>
    public static WaldDistance? Furthest(IReadOnlyList<ProfileLimits> profiles, IReadOnlyList<FixedEffect> effects)
    {
        ArgumentNullException.ThrowIfNull(profiles);
        ArgumentNullException.ThrowIfNull(effects);
        return profiles.Join(effects, profile => profile.Term, effect => effect.Term, (profile, effect) => new WaldDistance(effect.Term,
                Math.Max(Math.Abs(profile.Lower - effect.Lower), Math.Abs(profile.Upper - effect.Upper)) / effect.StandardError))
            .Where(distance => double.IsFinite(distance.StandardErrors)).MaxBy(distance => distance.StandardErrors);
    }
}
