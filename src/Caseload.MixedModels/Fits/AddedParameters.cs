namespace Caseload.MixedModels.Fits;

/// <summary>What a larger model estimates beyond a smaller one.</summary>
/// <param name="FixedEffects">The number of its further coefficients.</param>
/// <param name="Variances">That of its further variances of random effects.</param>
/// <param name="Covariances">That of its further covariances of random effects.</param>
internal sealed record AddedParameters(int FixedEffects, int Variances, int Covariances)
{
    /// <summary>All of them.</summary>
    internal int Count => FixedEffects + Variances + Covariances;

    /// <summary>Between two models, the first of which is within the second.</summary>
    internal static AddedParameters Between(MixedModelFit small, MixedModelFit large) =>
        new(large.FixedEffects.Count - small.FixedEffects.Count, Diagonal(large) - Diagonal(small),
            Rest(large) - Rest(small));

    private static int Diagonal(MixedModelFit fit) => fit.RandomEffects.Sum(effect => effect.Terms.Count);

    private static int Rest(MixedModelFit fit) =>
        fit.RandomEffects.Sum(effect => effect.Terms.Count * (effect.Terms.Count - 1) / 2);
}
