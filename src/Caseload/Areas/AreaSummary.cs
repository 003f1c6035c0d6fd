using System.Globalization;
using System.Text;

namespace Caseload.Areas;

/// <summary>An area table's account in plain text.</summary>
public static class AreaSummary
{
    private const int Named = 12;

    /// <summary>The year, the authorities, the distributions of the measures, and what is missing and why.</summary>
    /// <param name="build">The table with its account.</param>
    public static string Text(AreaBuild build)
    {
        ArgumentNullException.ThrowIfNull(build);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture,
            $"Area table for {build.Year}: {build.Table.Areas.Count} authorities, published figures\n");
        foreach (var file in build.Files)
        {
            var others = file.OtherLevels.Count == 0
                ? ""
                : "; rows of other levels passed over: " + string.Join(", ", file.OtherLevels.Select(l => $"{l.Key} {l.Value}"));
            text.Append(CultureInfo.InvariantCulture,
                $"  {file.Role.Option(),-9} {file.Source}: {file.Layout.Name}, {YearRange.Of(file.Years)}{others}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"\n{"",-30}{"n",5}{"missing",9}");
        foreach (var name in Distribution.Names) text.Append(CultureInfo.InvariantCulture, $"{name,9}");
        text.Append('\n');
        Line(text, AreaMeasure.ReferralRatePer10000, build.Distribution(a => a.ReferralRatePer10000));
        Line(text, AreaMeasure.FirstReferralRatePer10000, build.Distribution(a => a.FirstReferralRatePer10000));
        Line(text, AreaMeasure.CinPerSocialWorker, build.Distribution(a => a.CinPerSocialWorker));
        if (build.Table.Areas.Any(a => a.Deprivation is not null))
            Line(text, AreaMeasure.Deprivation, build.Distribution(a => a.Deprivation));
        if (build.Gaps.Count > 0) text.Append("\nMissing, and why\n");
        foreach (var (measures, detail, names) in Together(build))
            text.Append(CultureInfo.InvariantCulture, $"  {measures}: {detail}: {names}\n");
        if (build.Unused.Count > 0) text.Append("\nRows not used, and why\n");
        foreach (var unused in build.Unused)
            text.Append(CultureInfo.InvariantCulture,
                $"  {unused.Role.Option()}: {unused.Codes} {unused.Name}: {unused.Detail}\n");
        return text.ToString();
    }

    // Figures that an authority lacks for one reason are told together, and so are the authorities that lack the same.
    private static IEnumerable<(string Measures, string Detail, string Names)> Together(AreaBuild build) => build.Gaps
        .GroupBy(g => (g.Authority, g.Name, g.Detail))
        .GroupBy(g => (Measures: string.Join(", ", g.Select(gap => AreaMeasures.Words(gap.Measure))), g.Key.Detail))
        .Select(g => (g.Key.Measures, g.Key.Detail,
            Names([.. g.Select(one => (one.Key.Authority, one.Key.Name))], build.Table.Areas.Count)));

    private static void Line(StringBuilder text, AreaMeasure measure, Distribution distribution)
    {
        text.Append(CultureInfo.InvariantCulture, $"{AreaMeasures.Words(measure),-30}{distribution.Count,5}{distribution.Missing,9}");
        foreach (var point in distribution.Points)
            text.Append(CultureInfo.InvariantCulture,
                $"{(double.IsNaN(point) ? "-" : point.ToString("F1", CultureInfo.InvariantCulture)),9}");
        text.Append('\n');
    }

    private static string Names(IReadOnlyList<(string Code, string Name)> of, int authorities)
    {
        if (of.Count == authorities && of.Count > 1) return $"all {authorities} authorities";
        var named = string.Join(", ", of.Take(Named).Select(a => $"{a.Code} {a.Name}"));
        return of.Count > Named ? $"{of.Count} authorities: {named} and {of.Count - Named} more (all in the file of --json)" : named;
    }
}
