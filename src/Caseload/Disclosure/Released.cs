namespace Caseload.Disclosure;

/// <summary>A proportion as it may be shown: all null where it is suppressed.</summary>
/// <param name="Count">How many of them.</param>
/// <param name="Total">Of how many.</param>
/// <param name="Value">The share, from 0 to 1; null where there is nobody, too.</param>
/// <param name="Lower">Lower 95% limit.</param>
/// <param name="Upper">Upper 95% limit.</param>
/// <param name="IsSuppressed">Whether the policy hides it.</param>
public sealed record Released(int? Count, int? Total, double? Value, double? Lower, double? Upper, bool IsSuppressed)
{
    /// <summary>A proportion that the policy hides.</summary>
    public static Released Suppressed { get; } = new(null, null, null, null, null, true);
}

/// <summary>A risk group as it may be shown.</summary>
/// <param name="Variable">The column that makes the groups.</param>
/// <param name="Section">The column's name in prose.</param>
/// <param name="Code">The group's value in that column.</param>
/// <param name="Label">The group's name in prose.</param>
/// <param name="All">Of all children of the cohort.</param>
/// <param name="Eligible">Of those eligible by age.</param>
public sealed record ReleasedGroup(string Variable, string Section, string Code, string Label, Released All, Released Eligible);

/// <summary>A group's share of the modelled children and of the others, as it may be shown.</summary>
/// <param name="Section">The variable's name in prose.</param>
/// <param name="Label">The group's name in prose.</param>
/// <param name="Modelled">Of the modelled children for whom the variable is recorded.</param>
/// <param name="Excluded">Of the eligible children outside the model for whom it is.</param>
public sealed record ReleasedShare(string Section, string Label, Released Modelled, Released Excluded);

/// <summary>Re-referral by the end of a census year, as it may be shown.</summary>
/// <param name="Year">The census year.</param>
/// <param name="All">Of all children.</param>
/// <param name="Eligible">Of those eligible by age.</param>
/// <param name="Nfa">No further action, of the first re-referrals of the year.</param>
public sealed record ReleasedYear(int Year, Released All, Released Eligible, Released Nfa);

/// <summary>A step of the flow as it may be shown; null is hidden.</summary>
/// <param name="Label">What is counted from here on.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Excluded">What was left out on the way to this step, by reason.</param>
public sealed record ReleasedStep(string Label, int? Count, IReadOnlyList<ReleasedReason> Excluded);

/// <summary>A reason for leaving as it may be shown; null is hidden.</summary>
/// <param name="Reason">The reason.</param>
/// <param name="Count">How many left.</param>
public sealed record ReleasedReason(string Reason, int? Count);
