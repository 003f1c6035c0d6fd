namespace Caseload.Cohorts.Variables;

/// <summary>Ages in completed years.</summary>
public static class Age
{
    /// <summary>The day on which someone reaches an age; born on 29 February, that is 1 March of a year without one.</summary>
    /// <param name="born">The day of birth.</param>
    /// <param name="years">The age.</param>
    public static DateOnly Birthday(DateOnly born, int years)
    {
        var day = born.AddYears(years);
        return day.Day == born.Day ? day : day.AddDays(1);
    }

    /// <summary>Completed years on a day; -1 before birth.</summary>
    /// <param name="born">The day of birth.</param>
    /// <param name="on">The day.</param>
    public static int On(DateOnly born, DateOnly on)
    {
        if (on < born) return -1;
        var years = on.Year - born.Year;
        return Birthday(born, years) > on ? years - 1 : years;
    }

    /// <summary>The place of an age in <see cref="Groups"/>.</summary>
    /// <param name="years">Completed years; -1 for an unborn child.</param>
    public static int GroupOf(int years) => years switch
    {
        < 0 => 0,
        0 => 1,
        < 5 => 2,
        < 10 => 3,
        < 13 => 4,
        < 16 => 5,
        < 18 => 6,
        _ => 7,
    };

    /// <summary>The age groups, as in the code list <c>age-group</c>.</summary>
    public static IReadOnlyList<string> Groups { get; } = ["unborn", "0", "1-4", "5-9", "10-12", "13-15", "16-17", "18+"];
}
