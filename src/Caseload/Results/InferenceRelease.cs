using Caseload.Disclosure;
using Caseload.Effects;

namespace Caseload.Results;

/// <summary>
/// What the models say beyond their estimates, as it may be shown: of real data no number has more digits than a reader needs, and nothing
/// is told of a coefficient that is withheld.
/// </summary>
internal static class InferenceRelease
{
    private const int Decimals = 4;

    /// <summary>Releases it.</summary>
    /// <param name="results">The exact results.</param>
    /// <param name="models">The models as they may be shown; null where there are none.</param>
    internal static StudyInference? Of(StudyResults results, ModelResults? models)
    {
        if (results.Inference is not { } inference || models is null) return null;
        if (results.Policy.ShowsAll) return inference;
        var withheld = models.Withheld.ToHashSet(StringComparer.Ordinal);
        ProfileLimits[] profiles =
        [
            .. inference.Profiles.Where(p => !withheld.Contains(p.Term))
                .Select(p => p with { Lower = Rounded(p.Lower), Upper = Rounded(p.Upper) }),
        ];
        return new StudyInference(
            [.. inference.Spreads.Select(Of)], profiles, inference.Marginal is { } marginal ? Of(marginal, withheld) : null,
            [.. inference.Checks.Select(Of)])
        {
            Wald = WaldDistance.Furthest(profiles, models.Fits.Interaction.FixedEffects),
        };
    }

    /// <summary>Releases the variants of the area-level coefficients, which are of authorities and tell of no group of children.</summary>
    internal static IReadOnlyList<AreaTermVariant> AreaTerms(StudyResults results, ModelResults? models) =>
        models is null ? [] : results.Policy.ShowsAll ? results.AreaTerms :
        [
            .. results.AreaTerms.Select(v => v with
            {
                Estimate = Rounded(v.Estimate), StandardError = Rounded(v.StandardError),
                Lower = Rounded(v.Lower), Upper = Rounded(v.Upper),
                P = Rounded(v.P), AreaDeviation = Rounded(v.AreaDeviation), DegreesOfFreedom = Rounded(v.DegreesOfFreedom, 1),
            }),
        ];

    /// <summary>
    /// Releases the funnel: the authorities that may be named, with an expected number as a count would be shown.
    /// </summary>
    internal static AuthorityFunnel Of(AuthorityFunnel funnel, DisclosurePolicy policy, Func<string, bool> isNamed) => policy.ShowsAll
        ? funnel
        : new AuthorityFunnel(
            [
                .. funnel.Authorities.Where(a => isNamed(a.Authority)).Select(a => a with
                {
                    Expected = Counted(a.Expected, policy), Ratio = Rounded(a.Ratio, 3), Z = Rounded(a.Z, 2),
                }),
            ],
            [
                .. funnel.Limits.Select(l => new FunnelLimit(Counted(l.Expected, policy), Rounded(l.Inner, 3), Rounded(l.Outer, 3))),
            ],
            Rounded(funnel.Dispersion, 2));

    private static double Counted(double expected, DisclosurePolicy policy) =>
        policy.Round((int)Math.Round(expected, MidpointRounding.AwayFromZero));

    private static AreaSpread Of(AreaSpread spread) => spread with
    {
        Variance = Of(spread.Variance), Deviation = Of(spread.Deviation), Partition = Of(spread.Partition),
        MedianOddsRatio = Of(spread.MedianOddsRatio), ResponseShare = Rounded(spread.ResponseShare),
        ChiSquare = Rounded(spread.ChiSquare, 1), P = Rounded(spread.P),
    };

    private static Limits Of(Limits limits) => new(Rounded(limits.Estimate), Rounded(limits.Lower), Rounded(limits.Upper));

    private static MarginalTable Of(MarginalTable table, HashSet<string> withheld) => table with
    {
        Rows =
        [
            .. table.Rows.Select(row => row with
            {
                Effects =
                [
                    .. row.Effects.Select(e => e is null || withheld.Contains(row.Term) ? null
                        : new MarginalEstimate(Rounded(e.Effect), Rounded(e.StandardError))),
                ],
            }),
        ],
    };

    private static ModelCheck Of(ModelCheck check) => check with
    {
        Value = Rounded(check.Value), Lower = Rounded(check.Lower), Upper = Rounded(check.Upper), Expected = Rounded(check.Expected),
        P = Rounded(check.P),
    };

    private static double Rounded(double value, int decimals = Decimals) =>
        double.IsFinite(value) ? Math.Round(value, decimals, MidpointRounding.AwayFromZero) : value;
}
