using Caseload.Frames;

namespace Caseload.Areas;

/// <summary>Takes from an area table of one year or several the figures that a cohort is joined to: each authority once.</summary>
public static class AreaSelection
{
    /// <summary>
    /// One row an authority: the rate of one year and CIN per social worker of one, which may be another. A year that is not chosen is the
    /// cohort year; where the table has no such figure of it, the earliest year after it that has; else the last year that has. No file
    /// gives CIN per social worker for 2010-11, so a later year is the rule with published figures: <see cref="AreaTable.Figures"/> says
    /// which years were taken. Boundaries that changed between the cohort and a year are bridged as <see cref="AreaGround"/> says.
    /// </summary>
    /// <param name="areas">The area table.</param>
    /// <param name="choice">What to take.</param>
    /// <param name="cohortYear">The year in which the cohort year ends.</param>
    /// <returns>
    /// A table whose rate is the chosen one in <see cref="Area.ReferralRatePer10000"/>, and whose year is that of the rate.
    /// </returns>
    /// <exception cref="ProblemException">
    /// The table does not hold a chosen year, or no figure of the chosen kind of rate (exit code 1).
    /// </exception>
    public static AreaTable Choose(this AreaTable areas, AreaChoice choice, int cohortYear)
    {
        ArgumentNullException.ThrowIfNull(areas);
        ArgumentNullException.ThrowIfNull(choice);
        double? Rate(Area area) => choice.Rate == RateChoice.First ? area.FirstReferralRatePer10000 : area.ReferralRatePer10000;
        if (choice.Rate == RateChoice.First && areas.Areas.All(a => Rate(a) is null)) throw NoFirstRate(areas);
        var figures = new AreaFigures(choice.Rate, choice.RateYear ?? Year(areas, cohortYear, Rate),
            choice.WorkforceYear ?? Year(areas, cohortYear, a => a.CinPerSocialWorker));
        var rates = new AreaGround(areas.ForYear(figures.RateYear).Areas);
        var workforce = new AreaGround(areas.ForYear(figures.WorkforceYear).Areas);
        var chosen = new List<Area>();
        var bridged = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var code in rates.Codes.Union(workforce.Codes).Union(BoundaryChange.CodesOf(cohortYear)).Order(StringComparer.Ordinal))
        {
            var (rate, cin) = (rates.Find(code), workforce.Find(code));
            if ((rate ?? cin) is not { } figure) continue;
            if (BoundaryChange.IsCodeOf(code, cohortYear))
                bridged.UnionWith(new[] { (rate, "the referral rate"), (cin, "CIN per social worker") }
                    .Where(f => f.Item1 is { Basis: not GroundBasis.Own })
                    .Select(f => $"{code} {figure.Base.Name}: {f.Item2} is {f.Item1!.Words}."));
            chosen.Add((rate?.Base ?? Unrated(figure.Base)) with
            {
                Deprivation = rate?.Base.Deprivation ?? cin?.Base.Deprivation,
                Region = rate?.Base.Region ?? cin?.Base.Region,
                ReferralRatePer10000 = rate?.Rate(Rate),
                FirstReferralRatePer10000 = rate?.Rate(a => a.FirstReferralRatePer10000),
                CinPerSocialWorker = cin?.CinPerSocialWorker(),
                CinStock = cin?.Base.CinStock,
                SocialWorkersFte = cin?.Base.SocialWorkersFte,
                WorkforceBasis = cin?.Base.WorkforceBasis,
                WorkforceCovers = cin?.Base.WorkforceCovers,
                CaseloadFte = cin?.Base.CaseloadFte,
                Year = figures.RateYear,
            });
        }

        return areas with { Areas = chosen, Figures = figures, Notes = [.. areas.Notes, .. Notes(figures, cohortYear), .. bridged] };
    }

    private static Area Unrated(Area area) =>
        area with { Referrals = null, ReReferrals = null, ReReferralPercent = null, NfaPercent = null };

    private static int Year(AreaTable areas, int cohortYear, Func<Area, double?> figure)
    {
        var years = areas.Areas.Where(a => figure(a) is not null).Select(a => a.Year).Distinct().Order().ToArray();
        if (years.Length == 0) years = [.. areas.Years];
        return years.Contains(cohortYear) ? cohortYear : years.FirstOrDefault(y => y > cohortYear, years[^1]);
    }

    private static IEnumerable<string> Notes(AreaFigures figures, int cohortYear)
    {
        if (figures.RateYear > cohortYear)
            yield return $"The referral rate is of {AreaFigures.Label(figures.RateYear)}, after the cohort year "
                + $"{AreaFigures.Label(cohortYear)}: it was measured when re-referrals had begun.";
    }

    private static ProblemException NoFirstRate(AreaTable areas) => new(new Problem(ProblemKind.CheckFailed,
        $"no figure in {AreaColumns.FirstReferralRatePer10000} for {YearRange.Of(areas.Years)}",
        "first-referral rates, as the choice of the rate asks for", $"the area table, column {AreaColumns.FirstReferralRatePer10000}",
        "Build the area table again (caseload areas fills the column), add the column, or choose the rate of all referrals."));
}
