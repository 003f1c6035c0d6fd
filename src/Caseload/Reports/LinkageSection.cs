using Caseload.Figures;
using Caseload.Results;

namespace Caseload.Reports;

/// <summary>The section of the report on linking the years; there is none for a cohort that was read from a file.</summary>
internal static class LinkageSection
{
    internal static IEnumerable<Section> Of(StudyResults results)
    {
        if (results.Release().Linkage is not { } linkage) yield break;
        yield return new Section("Linkage",
        [
            new Prose(Continuity(linkage, results)),
            .. linkage.Flagged.Count == 0 ? Array.Empty<Block>() : [LinkageBlocks.Flagged(results)],
            .. linkage.Moves.Count == 0
                ? [new Prose("No return holds a pupil number or is of the year before: moves and earlier referrals cannot be counted.")]
                : new Block[] { LinkageBlocks.Moves(results) },
        ]);
    }

    private static string Continuity(LinkageRelease linkage, StudyResults results)
    {
        if (linkage.Scores is not [var lowest, ..])
            return "Years are linked by identifiers. There are too few open cases to tell whether these carry over from year to year.";
        var shown = results.Policy.ShowsAll ? "" : ", as far as they may be shown";
        var decimals = results.Policy.ShowsAll ? 1 : 0;
        var stay = results.Settings.ExcludeBrokenLinks
            ? " Flagged authorities were left out of the cohort (`--exclude-broken-links`)."
            : " Flagged authorities stay in; `--exclude-broken-links` leaves them out.";
        return "Years are linked by identifiers, and a case that is open on 31 March must stand in the next return. "
            + $"Over {NumberText.Count(linkage.Scores.Count)} pairs of years of an authority{shown}, the share found again is "
            + $"{NumberText.Percent(linkage.Median!.Value, decimals)} in the median, {NumberText.Percent(lowest, decimals)} at the lowest. "
            + (linkage.Flagged.Count == 0
                ? results.Policy.ShowsAll
                    ? "No authority is flagged."
                    : "No authority that may be named is flagged; `caseload cohort` tells whoever holds the returns of any other."
                : "Where identifiers are given anew, a child who comes back is another child: "
                    + "this is the likely cause of the published 7% of one authority." + stay);
    }
}
