using System.Text.Json;
using System.Text.Json.Nodes;

namespace Caseload.Areas;

/// <summary>An area table's account as JSON.</summary>
public static class AreaBuildJson
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    /// <summary>
    /// One object: <c>year, authorities, files[{role, source, layout, years[], otherLevels{}, marks[{mark, reason, meaning}]}],
    /// distributions{referralRatePer10000, firstReferralRatePer10000, cinPerSocialWorker, deprivation}</c> (each
    /// <c>count, missing, min, p5, p25, median, p75, p95, max</c>; null where no value is present),
    /// <c>gaps[{authority, name, measure, reason, detail}], unused[{role, codes, name, detail}], notes[],
    /// findings[{file, line, column, found, expected}]</c>. Of several years, an array of such objects.
    /// </summary>
    /// <param name="builds">The tables with their accounts, one a year.</param>
    public static string Text(IReadOnlyList<AreaBuild> builds)
    {
        ArgumentNullException.ThrowIfNull(builds);
        JsonNode node = builds is [var one] ? Node(one) : Array(builds, Node);
        return node.ToJsonString(Indented) + "\n";
    }

    private static JsonObject Node(AreaBuild build) => new()
    {
        ["year"] = build.Year,
        ["authorities"] = build.Table.Areas.Count,
        ["files"] = Array(build.Files, File),
        ["distributions"] = new JsonObject
        {
            ["referralRatePer10000"] = Points(build.Distribution(a => a.ReferralRatePer10000)),
            ["firstReferralRatePer10000"] = Points(build.Distribution(a => a.FirstReferralRatePer10000)),
            ["cinPerSocialWorker"] = Points(build.Distribution(a => a.CinPerSocialWorker)),
            ["deprivation"] = Points(build.Distribution(a => a.Deprivation)),
        },
        ["gaps"] = Array(build.Gaps, g => new JsonObject
        {
            ["authority"] = g.Authority,
            ["name"] = g.Name,
            ["measure"] = Camel(g.Measure),
            ["reason"] = Camel(g.Reason),
            ["detail"] = g.Detail,
        }),
        ["unused"] = Array(build.Unused, u => new JsonObject
        {
            ["role"] = Camel(u.Role), ["codes"] = u.Codes, ["name"] = u.Name, ["detail"] = u.Detail,
        }),
        ["notes"] = Array(build.Notes, n => JsonValue.Create(n)),
        ["findings"] = Array(build.Findings, f => new JsonObject
        {
            ["file"] = f.File, ["line"] = f.Line, ["column"] = f.Column, ["found"] = f.Found, ["expected"] = f.Expected,
        }),
    };

    private static JsonObject File(PublishedFile file) => new()
    {
        ["role"] = Camel(file.Role),
        ["source"] = file.Source,
        ["layout"] = file.Layout.Name,
        ["years"] = Array(file.Years, y => JsonValue.Create(y)),
        ["marks"] = Array(file.Layout.Marks.Where(m => m.Text.Length > 0), m => new JsonObject
        {
            ["mark"] = m.Text, ["reason"] = Camel(m.Reason), ["meaning"] = m.Meaning,
        }),
        ["otherLevels"] = new JsonObject(file.OtherLevels.Select(l => KeyValuePair.Create(l.Key, (JsonNode?)l.Value))),
    };

    private static JsonObject Points(Distribution distribution)
    {
        var points = new JsonObject { ["count"] = distribution.Count, ["missing"] = distribution.Missing };
        foreach (var (name, point) in Distribution.Names.Zip(distribution.Points)) points[name] = double.IsNaN(point) ? null : point;
        return points;
    }

    private static JsonArray Array<T>(IEnumerable<T> items, Func<T, JsonNode?> node) => new([.. items.Select(node)]);

    private static string Camel<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
