using Caseload.Frames.Csv;

namespace Caseload.Areas;

/// <summary>
/// Builds one area table from the published files of rates, stock and workforce. Every authority of the rates or the stock file in the
/// year has a row; what it lacks is missing and accounted for by name and reason.
/// </summary>
public static class AreaBuilder
{
    /// <summary>Reads the files and builds a table of each year.</summary>
    /// <param name="sources">The files and the years.</param>
    /// <returns>One a year, in the order of the years asked for.</returns>
    /// <exception cref="Frames.ProblemException">
    /// A file cannot be read or is of the wrong layout (exit code 3); the files do not hold a year, or two hold the same (exit code 1).
    /// </exception>
    public static IReadOnlyList<AreaBuild> Build(AreaSources sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        var series = new List<PublishedSeries>
        {
            PublishedSeries.Read(PublishedRole.Rates, sources.Rates),
            PublishedSeries.Read(PublishedRole.Stock, sources.Stock),
        };
        if (sources.Workforce.Count > 0) series.Add(PublishedSeries.Read(PublishedRole.Workforce, sources.Workforce));
        var deprivation = sources.Deprivation is { } path ? DeprivationFile.Read(path) : null;
        var findings = series.SelectMany(s => s.Files).DistinctBy(f => (f.Source, f.Role)).SelectMany(f => f.Findings)
            .Concat(deprivation?.Findings ?? []).Distinct().ToArray();
        return
        [
            .. YearChoice.Choose(series, [.. sources.Years.Distinct()])
                .Select(year => Build(year, [.. series.Where(s => s.Years.Contains(year)).Select(s => s.Of(year))], deprivation) with
                {
                    Findings = findings,
                }),
        ];
    }

    private static AreaBuild Build(int year, PublishedFile[] files, DeprivationFile? deprivation)
    {
        var joiner = new AreaJoiner(files, year, deprivation);
        var areas = joiner.Join();
        return new AreaBuild(new AreaTable(areas), year,
            [.. joiner.Gaps.OrderBy(g => g.Measure).ThenBy(g => g.Authority, StringComparer.Ordinal)], joiner.Unused())
        {
            Files = files,
            Notes = [.. Notes(files, year, areas), .. DeprivationNotes(deprivation, areas)],
        };
    }

    private static IEnumerable<string> Notes(PublishedFile[] files, int year, List<Area> areas)
    {
        if (files.Length < 3)
            yield return $"No workforce file for {year}: {AreaColumns.CinPerSocialWorker} is empty. The kit does not make the measure up; "
                + "fill the column with figures of your own where you have them.";
        foreach (var file in files)
        {
            foreach (var measure in file.Absent)
                yield return $"{file.Source} has no column for {AreaMeasures.Words(measure)}: it is empty in the table.";
            if (file.Encoding == TextEncoding.Windows1252) yield return $"{file.Source} was read as Windows-1252.";
        }

        if (files[0].Layout.For(PublishedRole.Rates).All(m => m.Measure != AreaMeasure.NfaPercent))
            yield return $"The release {files[0].Layout.Name} does not say how many referrals ended in no further action: "
                + $"{AreaColumns.NfaPercent} is empty.";
        if (files.All(f => f.Of(year).All(r => r.Region is null)))
            yield return $"The files of {year} name no regions: region is taken from the kit's register of authorities.";
        foreach (var group in areas.Where(a => a.WorkforceBasis is WorkforceBasis.Joint or WorkforceBasis.Successors)
            .GroupBy(a => a.WorkforceCovers))
        {
            var names = string.Join(" and ", group.Select(a => a.Name));
            yield return group.First().WorkforceBasis == WorkforceBasis.Joint
                ? $"{names} have one joint workforce count ({group.Key}): both take their joint stock per joint social worker."
                : $"{names} was divided before the workforce count: its stock is set against its successors {group.Key} together.";
        }
    }

    private static IEnumerable<string> DeprivationNotes(DeprivationFile? file, List<Area> areas)
    {
        if (file is null) yield break;
        var unused = file.Scores.Keys.Except(areas.Select(a => a.Authority)).Order(StringComparer.Ordinal).ToArray();
        if (unused.Length > 0) yield return $"{file.Source} has authorities that are not in this table: {string.Join(", ", unused)}.";
    }
}
