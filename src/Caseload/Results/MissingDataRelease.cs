using Caseload.Disclosure;
using Caseload.Models.MissingData;

namespace Caseload.Results;

/// <summary>
/// The choices about missing data as they may be shown: a coefficient that is withheld in the main model is withheld under every choice,
/// which fits it to mostly the same children; a level of its own for what is not recorded is, where that group is hidden.
/// </summary>
internal static class MissingDataRelease
{
    private static readonly (string Term, string Variable)[] NotRecorded =
        [("sex_not_recorded", "sex"), ("disability_not_recorded", "disabled")];

    /// <summary>Releases the choices.</summary>
    /// <param name="results">The exact results.</param>
    /// <param name="models">The models as they may be shown, or null.</param>
    /// <param name="pattern">What is hidden in the tables.</param>
    /// <returns>The choices; null where there are none, or none of the models may be shown.</returns>
    internal static MissingDataResults? Of(StudyResults results, ModelResults? models, DisclosurePattern pattern)
    {
        if (results.MissingData is not { } missing || results.Policy.ShowsAll) return results.MissingData;
        if (models is null) return null;
        var withheld = models.Withheld.Concat(NotRecorded.Where(level => !pattern.IsShown(level.Variable, "")).Select(level => level.Term))
            .ToHashSet(StringComparer.Ordinal);
        return missing with
        {
            Choices = [.. missing.Choices.Select(choice => choice with
            {
                Coefficients = [.. choice.Coefficients.Where(coefficient => !withheld.Contains(coefficient.Term))],
            })],
        };
    }
}
