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
