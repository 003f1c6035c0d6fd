using Caseload.Frames;

namespace Caseload.Cohorts;

/// <summary>
/// What the returns say of a child rather than of a referral. Of several returns the earliest that says something is believed.
/// </summary>
/// <param name="Authority">The authority's code.</param>
/// <param name="Birth">Date of birth, or the expected one, as a day number; <see cref="DateColumn.Missing"/> where unknown.</param>
/// <param name="Sex">male, female or unknown.</param>
/// <param name="Ethnicity">The ethnicity code, or null.</param>
/// <param name="Disabled">Whether a disability is recorded; null where no code, NONE included, is.</param>
internal readonly record struct ChildFacts(string Authority, int Birth, string Sex, string? Ethnicity, bool? Disabled)
{
    internal static ChildFacts Of(ReferralRows referrals, ReadOnlySpan<int> rows)
    {
        // The rows stand by referral date; what an unborn child's return left open, a later one may say.
        var facts = new ChildFacts(referrals.Authority[rows[0]]!, DateColumn.Missing, "unknown", null, null);
        foreach (var row in rows)
        {
            if (facts.Birth == DateColumn.Missing) facts = facts with { Birth = referrals.Birth[row] };
            if (facts.Sex == "unknown") facts = facts with { Sex = SexOf(referrals.Gender[row]) };
            if (facts.Ethnicity is null) facts = facts with { Ethnicity = referrals.Ethnicity[row] };
            if (facts.Disabled is null && referrals.Disabilities[row] is { } codes) facts = facts with { Disabled = codes != "NONE" };
        }

        return facts;
    }

    private static string SexOf(string? gender) => gender switch
    {
        "1" or "M" => "male",
        "2" or "F" => "female",
        _ => "unknown",
    };
}
