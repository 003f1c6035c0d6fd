using Caseload.Cohorts.Linkage;

namespace Caseload.Cohorts.Variables;

/// <summary>
/// What the returns say of a child at the first referral of the cohort year: what the returns of that episode say, else what those of the
/// latest earlier episode do. Never what a later referral brings: a child who came back has more returns, and to fill gaps from them
/// would make it depend on the outcome who is complete.
/// </summary>
/// <param name="Sex">The place of the sex, or -1.</param>
/// <param name="Ethnicity">The place of the ethnicity, or -1.</param>
/// <param name="Disabled">1 where a disability is recorded, 0 where none is, -1 where nothing is.</param>
internal readonly record struct ChildFacts(short Sex, short Ethnicity, short Disabled)
{
    /// <summary>The facts of a child.</summary>
    /// <param name="linked">The histories.</param>
    /// <param name="episodes">The child's episodes.</param>
    /// <param name="first">The place of the first referral of the cohort year.</param>
    internal static ChildFacts Of(LinkedHistories linked, ReadOnlySpan<Episode> episodes, int first)
    {
        var facts = new ChildFacts(-1, -1, -1);
        var referrals = linked.Referrals;
        for (var i = first; i >= 0; i--)
        {
            var rows = linked.RowsOf(episodes[i]);
            if (facts.Sex < 0) facts = facts with { Sex = LatestValue.Code(referrals, referrals.Sex, rows) };
            if (facts.Ethnicity < 0) facts = facts with { Ethnicity = LatestValue.Code(referrals, referrals.Ethnicity, rows) };
            if (facts.Disabled < 0) facts = facts with { Disabled = episodes[i].Disabled };
            if (facts is { Sex: >= 0, Ethnicity: >= 0, Disabled: >= 0 }) break;
        }

        return facts;
    }
}
