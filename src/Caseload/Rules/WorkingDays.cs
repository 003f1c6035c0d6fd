namespace Caseload.Rules;

/// <summary>Working days in England around 1 April: Monday to Friday but for Good Friday and Easter Monday.</summary>
public static class WorkingDays
{
    /// <summary>The last working day before a day of March or April.</summary>
    /// <param name="day">The day.</param>
    public static DateOnly Before(DateOnly day)
    {
        var easter = Easter(day.Year);
        do day = day.AddDays(-1);
        while (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || day == easter.AddDays(-2) || day == easter.AddDays(1));
        return day;
    }

    /// <summary>Easter Sunday in the Gregorian calendar.</summary>
    /// <remarks>J. Meeus, Astronomical Algorithms (1991), chapter 8.</remarks>
    /// <param name="year">The year.</param>
    public static DateOnly Easter(int year)
    {
        var (a, b, c) = (year % 19, year / 100, year % 100);
        var (d, e, f) = (b / 4, b % 4, (b + 8) / 25);
        var g = (b - f + 1) / 3;
        var h = ((19 * a) + b - d - g + 15) % 30;
        var (i, k) = (c / 4, c % 4);
        var l = (32 + (2 * e) + (2 * i) - h - k) % 7;
        var m = (a + (11 * h) + (22 * l)) / 451;
        var n = h + l - (7 * m) + 114;
        return new DateOnly(year, n / 31, (n % 31) + 1);
    }
}
