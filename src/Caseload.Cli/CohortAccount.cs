using System.Globalization;
using System.Text.Json;
using Caseload.Cohorts;
using Caseload.Cohorts.Linkage;
using Caseload.Frames.Csv;
using Caseload.Results;

namespace Caseload.Cli;

/// <summary>How a cohort was cleaned and linked, as text and as JSON. Counts of real data pass disclosure control.</summary>
internal static class CohortAccount
{
    private const int MostNamed = 10;
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Writes the account as JSON.</summary>
    internal static void Write(StudyResults results, string path)
    {
        var (policy, settings, release) = (results.Policy, results.Settings, results.Release());
        var linkage = release.Linkage!;
        var account = new
        {
            sourceKind = results.IsSimulated ? "simulated" : "real",
            disclosure = policy.Words,
            cohortYear = settings.CohortYear,
            followedTo = settings.FollowUpEnd,
            linkage = settings.Linkage.ToString(),
            excludeBrokenLinks = settings.ExcludeBrokenLinks,
            modelled = settings.Modelled.Choice.ToString(),
            steps = results.Cleaning.Select(c => new
            {
                name = c.Step.Name,
                what = c.Step.What,
                why = c.Step.Why,
                isTaken = c.IsTaken,
                counts = release.Cleaning.Where(r => r.Step == c.Step.Name).Select(r => new { what = r.What, count = r.Count }),
            }),
            flow = release.Flow,
            cases = results.Cases.Zip(release.Cases, (counted, shown) => new { what = counted.What, count = shown }),
            incomplete = release.Incomplete?.Select(i => new { what = i.Missing, count = i.Count }),
            moves = linkage.Moves,
            continuity = new
            {
                lowestScore = YearEvidence.LowestScore,
                fewestOpenCases = YearEvidence.FewestOpenCases,
                flagged = linkage.Flagged.Select(f => new { authority = f.Authority, how = f.How }),
                years = linkage.Years,
            },
        };
        OutputFile.WriteText(path, writer => writer.WriteLine(JsonSerializer.Serialize(account, Indented)));
    }

    /// <summary>Says which steps were left out, and whether the identifiers carry over. Scores of real data pass disclosure control.</summary>
    internal static void Print(Cohort cohort, LinkageRelease linkage, TextWriter terminal)
    {
        var skipped = cohort.Cleaning.Where(c => !c.IsTaken).Select(c => c.Step.Name).ToArray();
        if (skipped.Length > 0) terminal.WriteLine($"  steps of cleaning left out: {string.Join(", ", skipped)}");
        terminal.WriteLine(linkage.Median is { } median
            ? string.Create(CultureInfo.InvariantCulture,
                $"  open cases found again in the next return: lowest {linkage.Scores[0]:0.0%}, median {median:0.0%} "
                + $"of {linkage.Scores.Count} pairs of years")
            : "  identifiers from year to year: too few open cases to tell");
        var flagged = cohort.Linkage!.Continuity.Flagged;
        foreach (var (authority, flags) in flagged.Take(MostNamed))
        {
            var lowest = linkage.Years.Where(y => y.Authority == authority).Min(y => y.Score);
            var score = lowest is null ? "" : string.Create(CultureInfo.InvariantCulture, $", lowest score {lowest:0.0%}");
            terminal.WriteLine($"  identifiers do not carry over: authority {authority} ({FlaggedAuthority.Words(flags)}{score})");
        }

        if (flagged.Count > MostNamed) terminal.WriteLine($"  ... and {flagged.Count - MostNamed} more; --continuity FILE lists them");
        if (flagged.Count > 0 && !cohort.Settings.ExcludeBrokenLinks)
            terminal.WriteLine("  they stay in; --exclude-broken-links leaves them out, --link upn may join what was torn");
    }
}
