namespace Caseload.Simulation;

/// <summary>The six census years as day numbers; a year is a place from 0 (2010-11) to 5 (2015-16).</summary>
internal static class StudyYears
{
    /// <summary>The census year of the first referrals.</summary>
    internal const int First = 2011;

    /// <summary>How many years there are.</summary>
    internal const int Count = 6;

    private static readonly int[] Starts = [.. Enumerable.Range(First - 1, Count + 1).Select(y => new DateOnly(y, 4, 1).DayNumber)];

    /// <summary>The last day of follow-up, 31 March 2016.</summary>
    internal static int LastDay => End(Count - 1);

    /// <summary>The first day of a year.</summary>
    internal static int Start(int year) => Starts[year];

    /// <summary>The last day of a year.</summary>
    internal static int End(int year) => Starts[year + 1] - 1;

    /// <summary>The year of a day; days before the first year count to it, days after the last one to none that is listed.</summary>
    internal static int Of(int day)
    {
        var year = 0;
        while (year < Count && day > End(year)) year++;
        return year;
    }

    /// <summary>The day of the n-th birthday.</summary>
    internal static int Birthday(int birth, int years) => DateOnly.FromDayNumber(birth).AddYears(years).DayNumber;
}
