using Caseload.Areas;

namespace Caseload.Cohorts;

/// <summary>Chooses the year of an area table for a cohort.</summary>
public static class AreaYear
{
    /// <summary>
    /// The figures of the cohort year; where the table has none, of the earliest year after it, else of its last year. No file gives CIN
    /// per social worker for 2010-11, so a later year is the rule with published figures; the year is printed wherever the figures are
    /// used.
    /// </summary>
    /// <param name="areas">The area table.</param>
    /// <param name="settings">The cohort's settings.</param>
    public static AreaTable ForCohort(this AreaTable areas, CohortSettings settings)
    {
        ArgumentNullException.ThrowIfNull(areas);
        ArgumentNullException.ThrowIfNull(settings);
        var years = areas.Years;
        return areas.ForYear(years.Contains(settings.CohortYear)
            ? settings.CohortYear
            : years.FirstOrDefault(y => y > settings.CohortYear, years[^1]));
    }
}
