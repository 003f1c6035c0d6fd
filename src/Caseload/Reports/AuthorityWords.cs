using Caseload.Effects;
using Caseload.Figures;
using Caseload.Results;

namespace Caseload.Reports;

/// <summary>What may be said of authorities, in words: the same stand under the figures and the table.</summary>
internal static class AuthorityWords
{
    /// <summary>The intervals for pairs, which are not those against the average.</summary>
    internal static string Pairs(StudyResults results) => results.Release().Residuals is not [var first, ..] ? ""
        : $"Intervals for pairs: {NumberText.Fixed(first.PairMultiplier, 2)} comparative standard errors to either side, so that two equal "
            + "authorities fail to overlap in 5% of cases, on average over all pairs (Goldstein and Healy 1995).";

    /// <summary>Where authorities do not differ beyond what the model explains.</summary>
    internal const string NoSpread = "The variance between authorities is estimated as 0: beyond their children and their figures, "
        + "these data cannot tell authorities apart.";

    /// <summary>Who is named.</summary>
    internal static string Named { get; } =
        $"Named above expectation: odds more than {NumberText.Fixed(AuthorityResidual.Size, 1)} times those of the average authority; "
            + "below: less than their inverse. As many are named as keep the expected share of wrong names within "
            + $"{NumberText.Percent(AuthorityResidual.FalseDiscovery, 0)} (Newton and others 2004).";
}
