using System.Text.Json;
using System.Text.Json.Nodes;

namespace Caseload.Areas;

/// <summary>An area table's account as JSON.</summary>
public static class AreaBuildJson
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    /// <summary>
    /// One object: <c>year, authorities, files[{role, source, layout, years[], otherLevels{}}], distributions{referralRatePer10000,
    /// cinPerSocialWorker}</c> (each <c>count, missing, min, p5, p25, median, p75, p95, max</c>; null where no value is present),
    /// <c>gaps[{authority, name, measure, reason, detail}], unused[{role, codes, name, detail}], notes[]</c>.
    /// </summary>
    /// <param name="build">The table with its account.</param>
    public static string Text(AreaBuild build)
    {
        ArgumentNullException.ThrowIfNull(build);
        return new JsonObject
        {
            ["year"] = build.Year,
            ["authorities"] = build.Table.Areas.Count,
            ["files"] = Array(build.Files, File),
            ["distributions"] = new JsonObject
            {
                ["referralRatePer10000"] = Points(build.Distribution(a => a.ReferralRatePer10000)),
                ["cinPerSocialWorker"] = Points(build.Distribution(a => a.CinPerSocialWorker)),
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
        }.ToJsonString(Indented) + "\n";
    }

    private static JsonObject File(PublishedFile file) => new()
    {
        ["role"] = Camel(file.Role),
        ["source"] = file.Source,
        ["layout"] = file.Layout.Name,
        ["years"] = Array(file.Years, y => JsonValue.Create(y)),
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
