using System.Globalization;
using System.Text;

namespace Caseload.Areas;

/// <summary>An area table's account in plain text.</summary>
public static class AreaSummary
{
    private const int Named = 12;

    /// <summary>The year, the authorities, the distributions of both measures, and what is missing and why.</summary>
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

        text.Append(CultureInfo.InvariantCulture, $"\n{"",-26}{"n",5}{"missing",9}");
        foreach (var name in Distribution.Names) text.Append(CultureInfo.InvariantCulture, $"{name,9}");
        text.Append('\n');
        Line(text, AreaMeasure.ReferralRatePer10000, build.Distribution(a => a.ReferralRatePer10000));
        Line(text, AreaMeasure.CinPerSocialWorker, build.Distribution(a => a.CinPerSocialWorker));
        if (build.Gaps.Count > 0) text.Append("\nMissing, and why\n");
        foreach (var group in build.Gaps.GroupBy(g => (g.Measure, g.Reason, g.Detail)))
            text.Append(CultureInfo.InvariantCulture,
                $"  {AreaMeasures.Words(group.Key.Measure)}: {group.Key.Detail}: {Names([.. group], build.Table.Areas.Count)}\n");
        if (build.Unused.Count > 0) text.Append("\nRows not used, and why\n");
        foreach (var unused in build.Unused)
            text.Append(CultureInfo.InvariantCulture,
                $"  {unused.Role.Option()}: {unused.Codes} {unused.Name}: {unused.Detail}\n");
        return text.ToString();
    }

    private static void Line(StringBuilder text, AreaMeasure measure, Distribution distribution)
    {
        text.Append(CultureInfo.InvariantCulture, $"{AreaMeasures.Words(measure),-26}{distribution.Count,5}{distribution.Missing,9}");
        foreach (var point in distribution.Points)
            text.Append(CultureInfo.InvariantCulture,
                $"{(double.IsNaN(point) ? "-" : point.ToString("F1", CultureInfo.InvariantCulture)),9}");
        text.Append('\n');
    }

    private static string Names(IReadOnlyList<AreaGap> gaps, int authorities)
    {
        if (gaps.Count == authorities) return $"all {authorities} authorities";
        var named = string.Join(", ", gaps.Take(Named).Select(g => $"{g.Authority} {g.Name}"));
        return gaps.Count > Named ? $"{gaps.Count} authorities: {named} and {gaps.Count - Named} more (all in the file of --json)" : named;
    }
}
