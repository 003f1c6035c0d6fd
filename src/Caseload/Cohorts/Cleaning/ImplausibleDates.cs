using Caseload.Frames;
using static Caseload.Cohorts.Cleaning.CleaningStep;

namespace Caseload.Cohorts.Cleaning;

/// <summary>
/// Dates before 1930, or after the end of the census year of the return that they stand in, become missing. An expected date of birth may
/// lie after the end. A row that loses its referral date is left out, and counted under the reason.
/// </summary>
public static class ImplausibleDates
{
    /// <summary>The first day that is believed, as a day number.</summary>
    public static int Earliest { get; } = new DateOnly(1930, 1, 1).DayNumber;

    /// <summary>The step in words.</summary>
    public static CleaningStep Step { get; } = new(
        CleaningSteps.ImplausibleDates, "implausible-dates",
        "A date before 1930, or after the end of the census year of its return, becomes missing; a row without a referral date is left "
            + "out.",
        "Such dates are typing errors or placeholders of a system, and a return cannot know what comes after its year.",
        [
            Count(CleaningCase.EarlyReferral, "Referral dated before 1930"),
            Count(CleaningCase.LateReferral, "Referral dated after the end of its census year"),
            Count(CleaningCase.EarlyClosure, "Closure dated before 1930: taken as missing"),
            Count(CleaningCase.LateClosure, "Closure dated after the end of its census year: taken as missing"),
            Count(CleaningCase.EarlyBirth, "Birth dated before 1930: taken as missing"),
            Count(CleaningCase.LateBirth, "Birth dated after the end of its census year: taken as missing"),
            Count(CleaningCase.EarlyDeath, "Death dated before 1930: taken as missing"),
            Count(CleaningCase.LateDeath, "Death dated after the end of its census year: taken as missing"),
        ]);

    internal static void Apply(ReferralRows rows, CleaningTally tally)
    {
        var ends = rows.YearEnds;
        Clean(rows.Referral, ends, tally, CleaningCase.EarlyReferral);
        Clean(rows.Closure, ends, tally, CleaningCase.EarlyClosure);
        Clean(rows.Birth, ends, tally, CleaningCase.EarlyBirth);
        Clean(rows.Expected, null, tally, CleaningCase.EarlyBirth);
        Clean(rows.Death, ends, tally, CleaningCase.EarlyDeath);
    }

    // The case of a late date stands after that of an early one.
    private static void Clean(int[] days, YearEnds? ends, CleaningTally tally, CleaningCase early)
    {
        var (before, after) = (0, 0);
        for (var row = 0; row < days.Length; row++)
        {
            var day = days[row];
            if (day == DateColumn.Missing) continue;
            if (day < Earliest) before++;
            else if (ends is not null && day > ends[row]) after++;
            else continue;
            days[row] = DateColumn.Missing;
        }

        tally.Add(early, before);
        tally.Add(early + 1, after);
    }
}
