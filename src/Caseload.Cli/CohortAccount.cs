using System.Globalization;
using System.Text.Json;
using Caseload.Cohorts;
using Caseload.Cohorts.Cleaning;
using Caseload.Cohorts.Linkage;
using Caseload.Descriptives;
using Caseload.Disclosure;
using Caseload.Frames.Csv;
using Caseload.Results;
using Caseload.Schemas;

namespace Caseload.Cli;

/// <summary>How a cohort was cleaned and linked, as text and as JSON. Counts of real data pass disclosure control.</summary>
internal static class CohortAccount
{
    private const int MostNamed = 10;
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Writes the account as JSON.</summary>
    internal static void Write(Cohort cohort, DataPackage package, string path)
    {
        var policy = DisclosurePolicy.For(cohort.IsSimulated);
        var settings = cohort.Settings;
        var linkage = cohort.Linkage!;
        var account = new
        {
            sourceKind = cohort.IsSimulated ? "simulated" : "real",
            disclosure = policy.Words,
            cohortYear = settings.CohortYear,
            followedTo = settings.FollowUpEnd,
            linkage = settings.Linkage.ToString(),
            excludeBrokenLinks = settings.ExcludeBrokenLinks,
            modelled = settings.Modelled.Choice.ToString(),
            steps = cohort.Cleaning.Select(c => new
            {
                name = c.Step.Name, what = c.Step.What, why = c.Step.Why, isTaken = c.IsTaken, counts = Cases(c.Counts, policy),
            }),
            flow = StudyAnalysis.Describe(cohort, package).Release().Flow,
            cases = Cases(cohort.Cases, policy),
            incomplete = Cases([.. IncompleteCases.Of(cohort).Select(i => new CountedCase(i.Missing, i.Count))], policy),
            leftTruncation = Cases(
                [
                    new CountedCase("children in authorities with a return of the year before", linkage.LeftTruncation.Children),
                    new CountedCase("of these, with a referral in the 12 months before", linkage.LeftTruncation.EarlierWithin12Months),
                ], policy),
            moves = linkage.Moves is { } m
                ? Cases(
                    [
                        new CountedCase("children", m.Children), new CountedCase("with a pupil number", m.WithNumber),
                        new CountedCase("in several authorities", m.Moved),
                        new CountedCase("pupil numbers that join nobody across authorities", m.Across.Implausible + m.Across.Shared),
                        new CountedCase("not re-referred in their authority, with a pupil number", m.NotRereferred),
                        new CountedCase("of these, referred to another authority", m.ReferredElsewhere),
                    ], policy)
                : null,
            continuity = new
            {
                lowestScore = YearEvidence.LowestScore,
                fewestOpenCases = YearEvidence.FewestOpenCases,
                flagged = linkage.Continuity.Flagged.Select(f => new { authority = f.Key, how = How(f.Value) }),
                years = ContinuityRelease.Of(linkage.Continuity, policy)
                    .Select(y => new { y.Authority, y.Year, openCases = y.Found.Total, foundAgain = y.Found.Count, y.Score }),
            },
        };
        OutputFile.WriteText(path, writer => writer.WriteLine(JsonSerializer.Serialize(account, Indented)));
    }

    /// <summary>Says which steps were left out, and whether the identifiers carry over.</summary>
    internal static void Print(Cohort cohort, TextWriter terminal)
    {
        var skipped = cohort.Cleaning.Where(c => !c.IsTaken).Select(c => c.Step.Name).ToArray();
        if (skipped.Length > 0) terminal.WriteLine($"  steps of cleaning left out: {string.Join(", ", skipped)}");
        var continuity = cohort.Linkage!.Continuity;
        var years = ContinuityRelease.Of(continuity, DisclosurePolicy.For(cohort.IsSimulated));
        var scores = years.Where(y => y.Score is not null).Select(y => y.Score!.Value).Order().ToArray();
        if (scores.Length == 0)
        {
            terminal.WriteLine("  identifiers from year to year: too few open cases to tell");
            return;
        }

        terminal.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  open cases found again in the next return: lowest {scores[0]:0.0%}, median {scores[scores.Length / 2]:0.0%} "
            + $"of {scores.Length} pairs of years"));
        foreach (var (authority, flags) in continuity.Flagged.Take(MostNamed))
        {
            var lowest = years.Where(y => y.Authority == authority).Min(y => y.Score);
            var score = lowest is null ? "" : string.Create(CultureInfo.InvariantCulture, $", lowest score {lowest:0.0%}");
            terminal.WriteLine($"  identifiers do not carry over: authority {authority} ({How(flags)}{score})");
        }

        if (continuity.Flagged.Count > MostNamed)
            terminal.WriteLine($"  ... and {continuity.Flagged.Count - MostNamed} more; --continuity FILE lists them");
        if (continuity.Flagged.Count > 0 && !cohort.Settings.ExcludeBrokenLinks)
            terminal.WriteLine("  they stay in; --exclude-broken-links leaves them out, --link upn may join what was torn");
    }

    private static object[] Cases(IReadOnlyList<CountedCase> cases, DisclosurePolicy policy)
    {
        return [.. cases.Select(c => new { what = c.What, count = policy.Release(c.Count) })];
    }

    private static string How(ContinuityFlags flags) => flags switch
    {
        ContinuityFlags.BetweenYears => "between years",
        ContinuityFlags.WithinYear => "within a year",
        _ => "between years and within a year",
    };
}
