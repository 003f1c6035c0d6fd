using Caseload.Cohorts.Cleaning;
using Caseload.Frames;

namespace Caseload.Cohorts.Linkage;

/// <summary>Makes one episode of the rows that share a child and a referral date; see <see cref="EpisodeMode"/>.</summary>
/// <param name="referrals">The cleaned rows.</param>
/// <param name="tally">Counts what is met.</param>
/// <param name="cohortYear">The cohort year.</param>
internal sealed class EpisodeReader(ReferralRows referrals, CleaningTally tally, int cohortYear)
{
    private short[] values = new short[4];
    private int[] years = new int[4];

    /// <summary>The episode of rows.</summary>
    /// <param name="rows">The rows of one child and referral date.</param>
    internal Episode Read(ReadOnlySpan<int> rows)
    {
        if (rows.Length > values.Length) (values, years) = (new short[rows.Length], new int[rows.Length]);
        for (var i = 0; i < rows.Length; i++) years[i] = referrals.Year.Values[rows[i]];
        return new Episode
        {
            Referral = referrals.Referral[rows[0]],
            Closure = LatestValue.Date(referrals, referrals.Closure, rows),
            RowCount = rows.Length,
            InCohortReturn = years.AsSpan(0, rows.Length).Contains(cohortYear),
            Nfa = MissingNfa.Apply(Nfa(rows), tally),
            Need = Mode(rows, referrals.Need, CleaningCase.NeedDiffers),
            Source = Mode(rows, referrals.Source, CleaningCase.SourceDiffers),
            ClosureReason = Mode(rows, referrals.ClosureReason, CleaningCase.ReasonDiffers),
            Disabled = Mode(rows, referrals.Disabled, CleaningCase.DisabilityDiffers),
        };
    }

    private short Nfa(ReadOnlySpan<int> rows)
    {
        var flags = referrals.Nfa.Values;
        if (rows.Length == 1) return flags[rows[0]];
        for (var i = 0; i < rows.Length; i++) values[i] = flags[rows[i]];
        return Mode(rows.Length, CleaningCase.NfaDiffers);
    }

    private short Mode(ReadOnlySpan<int> rows, CodedColumn codes, CleaningCase differs)
    {
        if (rows.Length == 1) return codes[rows[0]];
        for (var i = 0; i < rows.Length; i++) values[i] = codes[rows[i]];
        return Mode(rows.Length, differs);
    }

    private short Mode(int count, CleaningCase differs)
    {
        var isMode = tally.Takes(CleaningSteps.EpisodeMode);
        var value = EpisodeMode.Of(values.AsSpan(0, count), years.AsSpan(0, count), isMode, out var differ);
        if (differ && isMode) tally.Add(differs);
        return value;
    }
}
