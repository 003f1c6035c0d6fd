using Caseload.Cohorts.Cleaning;
using Caseload.Cohorts.Linkage;
using Caseload.Cohorts.Variables;
using Caseload.Frames;
using Caseload.Returns;
using Caseload.Schemas;

namespace Caseload.Cohorts;

/// <summary>The steps from the rows that were read to the children of the model, and the cases that stay in.</summary>
internal static class CohortFlow
{
    // These are left out, and stand in the flow.
    private static readonly CleaningCase[] LeftOut =
        [CleaningCase.EarlyReferral, CleaningCase.LateReferral, CleaningCase.AdultReferral, CleaningCase.ReferralAfterDeath];

    internal static List<FlowStep> Of(
        ReturnSet returns, LinkedHistories linked, CohortTally tally, (CleaningTally Cleaning, Frame Children) made)
    {
        var (usable, children) = (linked.Rows.Rows.Length, made.Children.RowCount);
        var left = linked.Counts;
        var (adult, dead) = (made.Cleaning[CleaningCase.AdultReferral], made.Cleaning[CleaningCase.ReferralAfterDeath]);
        var episodes = usable - left.InOtherYear - left.InSameYear - adult - dead;
        return
        [
            new("Rows in the returns", returns.Reading.RowsRead, []),
            new("Referrals that can be used", usable, [.. returns.Reading.Exclusions, .. linked.Referrals.Excluded]),
            new("Episodes: one a child and referral date", episodes, Some(
                new Exclusion("The same referral in the return of another year", left.InOtherYear),
                new Exclusion("The same referral twice in the returns of one year", left.InSameYear),
                new Exclusion(AdultReferrals.Reason, adult),
                new Exclusion(ReferralsAfterDeath.Reason, dead))),
            new("Children", children + tally.Earlier + tally.Later + tally.ReturnedLater + tally.InBrokenAuthorities, []),
            new(ModelStatus.CohortStep, children, Some(
                new Exclusion("In an authority whose identifiers do not carry over", tally.InBrokenAuthorities),
                new Exclusion("Referred before the cohort year, not in it", tally.Earlier),
                new Exclusion("Referred in the cohort year by a later return alone: late, or a new identifier", tally.ReturnedLater),
                new Exclusion("First referred after the cohort year", tally.Later))),
            .. ModelStatus.Flow(made.Children),
        ];
    }

    /// <summary>What cleaning changed and kept.</summary>
    internal static IEnumerable<CountedCase> Kept(IReadOnlyList<CleaningCount> cleaning)
    {
        var leftOut = cleaning.SelectMany(c => c.Step.Counts).Where(c => LeftOut.Contains(c.Key)).Select(c => c.Value).ToHashSet();
        return cleaning.SelectMany(c => c.Counts).Where(c => c.Count > 0 && !leftOut.Contains(c.What));
    }

    /// <summary>What linking met that a reader should know of.</summary>
    internal static IEnumerable<CountedCase> LinkageCases(LinkageAccount account)
    {
        var numbers = account.PupilNumbers;
        return new CountedCase[]
        {
            new("Identifiers joined to another by pupil number", numbers.Joined),
            new("Pupil number under identifiers of different birth date or sex: nobody joined", numbers.Implausible + numbers.Chains),
            new($"Pupil number under more than {PupilNumberLinks.MostHolders} identifiers: nobody joined", numbers.Shared),
            new("Child in several authorities by pupil number", account.Moves?.Moved ?? 0),
            new("Not re-referred here, and by pupil number referred to another authority", account.Moves?.ReferredElsewhere ?? 0),
            new("A referral of the 12 months before the first of the cohort year is on record (left truncation)",
                account.LeftTruncation.EarlierWithin12Months),
            new("Authority whose identifiers do not carry over", account.Continuity.Flagged.Count),
        }.Where(c => c.Count > 0);
    }

    private static Exclusion[] Some(params Exclusion[] exclusions) => [.. exclusions.Where(e => e.Rows > 0)];
}
