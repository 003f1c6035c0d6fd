using Caseload.Cohorts.Linkage;
using Caseload.Frames;

namespace Caseload.Cohorts.Variables;

/// <summary>The time of a child under follow-up, and why it ends.</summary>
/// <param name="DaysFromReferral">Days from the first referral to the first re-referral, or to the day on which follow-up ends.</param>
/// <param name="DaysFromClosure">
/// Days from the closure of the first episode to the same day; null where the first episode was still open then, or its closure is not
/// recorded.
/// </param>
/// <param name="End">Why follow-up ends.</param>
internal readonly record struct FollowUp(int DaysFromReferral, int? DaysFromClosure, FollowUpEnd End)
{
    /// <summary>The follow-up of a child.</summary>
    /// <param name="index">The first episode of the cohort year.</param>
    /// <param name="rereferral">The day of the first re-referral, or null.</param>
    /// <param name="child">The child.</param>
    /// <param name="settings">The last day of follow-up and the age limit.</param>
    internal static FollowUp Of(in Episode index, int? rereferral, in LinkedChild child, CohortSettings settings)
    {
        var (day, end) = rereferral is { } again ? (again, FollowUpEnd.Rereferred) : Censored(child, settings);
        int? fromClosure = index.Closure != DateColumn.Missing && index.Closure <= day ? day - index.Closure : null;
        return new FollowUp(Math.Max(0, day - index.Referral), fromClosure, end);
    }

    // Of two reasons on one day death stands before the birthday, and that before the end of the returns.
    private static (int Day, FollowUpEnd End) Censored(in LinkedChild child, CohortSettings settings)
    {
        var (day, end) = (settings.FollowUpEnd.DayNumber, FollowUpEnd.EndOfFollowUp);
        if (child.Birth != DateColumn.Missing
            && Age.Birthday(DateOnly.FromDayNumber(child.Birth), settings.AgeLimit).DayNumber is var birthday && birthday <= day)
            (day, end) = (birthday, FollowUpEnd.EighteenthBirthday);
        return child.Death != DateColumn.Missing && child.Death <= day ? (child.Death, FollowUpEnd.Died) : (day, end);
    }
}
