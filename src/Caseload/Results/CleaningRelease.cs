using Caseload.Cohorts.Cleaning;

namespace Caseload.Results;

/// <summary>A count of a step of cleaning as it may be shown.</summary>
/// <param name="Step">The step's name on the command line.</param>
/// <param name="IsTaken">Whether it was taken.</param>
/// <param name="What">What is counted.</param>
/// <param name="Count">How many; null is hidden.</param>
public sealed record ReleasedCleaning(string Step, bool IsTaken, string What, int? Count);

/// <summary>
/// Releases the counts of cleaning. Of real data those of steps that leave rows or an age out are hidden here: the flow and the groups tell
/// the same children in other ways, and beside them a second count could be subtracted.
/// </summary>
internal static class CleaningRelease
{
    internal static IReadOnlyList<ReleasedCleaning> Of(StudyResults results) =>
    [
        .. results.Cleaning.SelectMany(c => c.Step.Counts.Zip(c.Counts, (named, counted) => new ReleasedCleaning(
            c.Step.Name, c.IsTaken, counted.What,
            results.Policy.ShowsAll ? counted.Count
                : IsToldElsewhere(named.Key) || results.Policy.Release(counted.Count) is null ? null
                : LinkageRelease.Coarse(counted.Count, results.Policy)))),
    ];

    private static bool IsToldElsewhere(CleaningCase counted) => counted is CleaningCase.EarlyReferral or CleaningCase.LateReferral
        or CleaningCase.AdultReferral or CleaningCase.ReferralAfterDeath or CleaningCase.LongBeforeBirth;
}
