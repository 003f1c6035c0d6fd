using Caseload.Frames.Csv;

namespace Caseload.Areas;

/// <summary>
/// Builds one area table from the published files of rates, stock and workforce. Every authority of the rates or the stock file in the
/// year has a row; what it lacks is missing and accounted for by name and reason.
/// </summary>
public static class AreaBuilder
{
    /// <summary>Reads the files and builds the table.</summary>
    /// <param name="sources">The files and the year.</param>
    /// <exception cref="Frames.ProblemException">
    /// A file cannot be read or is of the wrong layout (exit code 3); a file does not hold the year, or cells break its layout (exit
    /// code 1).
    /// </exception>
    public static AreaBuild Build(AreaSources sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        var files = new List<PublishedFile>
        {
            PublishedFile.Read(sources.Rates, PublishedRole.Rates),
            PublishedFile.Read(sources.Stock, PublishedRole.Stock),
        };
        if (sources.Workforce is not null) files.Add(PublishedFile.Read(sources.Workforce, PublishedRole.Workforce));
        return Build(files, sources.Year);
    }

    /// <summary>Builds the table from files that were read.</summary>
    /// <param name="files">Rates, stock and, where there is one, workforce, in this order.</param>
    /// <param name="asked">The year; null for the latest that all files hold.</param>
    /// <exception cref="Frames.ProblemException">A file does not hold the year (exit code 1).</exception>
    public static AreaBuild Build(IReadOnlyList<PublishedFile> files, int? asked)
    {
        ArgumentNullException.ThrowIfNull(files);
        var year = YearChoice.Choose(files, asked);
        var joiner = new AreaJoiner(files, year);
        var areas = joiner.Join();
        return new AreaBuild(new AreaTable(areas), year,
            [.. joiner.Gaps.OrderBy(g => g.Measure).ThenBy(g => g.Authority, StringComparer.Ordinal)], joiner.Unused())
        {
            Files = files,
            Notes = [.. Notes(files, year, areas)],
        };
    }

    private static IEnumerable<string> Notes(IReadOnlyList<PublishedFile> files, int year, List<Area> areas)
    {
        if (files.Count < 3)
            yield return $"No workforce file: {AreaColumns.CinPerSocialWorker} is empty for {year}. The kit does not make the measure up; "
                + "fill the column with figures of your own where you have them.";
        foreach (var file in files)
        {
            foreach (var measure in file.Absent)
                yield return $"{file.Source} has no column for {AreaMeasures.Words(measure)}: it is empty in the table.";
            if (file.Encoding == TextEncoding.Windows1252) yield return $"{file.Source} was read as Windows-1252.";
        }

        if (files[0].Layout.For(PublishedRole.Rates).All(m => m.Measure != AreaMeasure.NfaPercent))
            yield return $"The release {files[0].Layout.Name} holds no figures for {AreaMeasures.Words(AreaMeasure.NfaPercent)}: "
                + $"{AreaColumns.NfaPercent} is empty.";
        if (areas.TrueForAll(a => a.Region is null)) yield return "The files name no regions: region is empty.";
        foreach (var group in areas.Where(a => a.WorkforceBasis is WorkforceBasis.Joint or WorkforceBasis.Successors)
            .GroupBy(a => a.WorkforceCovers))
        {
            var names = string.Join(" and ", group.Select(a => a.Name));
            yield return group.First().WorkforceBasis == WorkforceBasis.Joint
                ? $"{names} have one joint workforce count ({group.Key}): both take their joint stock per joint social worker."
                : $"{names} was divided before the workforce count: its stock is set against its successors {group.Key} together.";
        }
    }
}
