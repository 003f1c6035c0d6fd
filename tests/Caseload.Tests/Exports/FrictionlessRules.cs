using System.Text.Json;
using System.Text.RegularExpressions;

namespace Caseload.Tests.Exports;

/// <summary>
/// What the Frictionless specifications, version 1 (specs.frictionlessdata.io: Data Package, Data Resource, Tabular Data Resource, Table
/// Schema), require of a package on disk.
/// </summary>
internal static partial class FrictionlessRules
{
    private static readonly string[] Types =
        ["string", "number", "integer", "boolean", "object", "array", "date", "time", "datetime", "year", "yearmonth", "duration", "geopoint", "geojson", "any"];

    private static readonly string[] ConstraintNames = ["required", "unique", "minLength", "maxLength", "minimum", "maximum", "pattern", "enum"];

    public static void Check(JsonElement package, string folder)
    {
        Assert.Matches(Name(), package.GetProperty("name").GetString());
        Assert.Equal("tabular-data-package", package.GetProperty("profile").GetString());
        if (package.TryGetProperty("licenses", out var licenses))
            Assert.All(licenses.EnumerateArray(), l => Assert.True(l.TryGetProperty("name", out _) || l.TryGetProperty("path", out _)));
        Assert.All(package.GetProperty("sources").EnumerateArray(), s => Assert.NotEqual("", s.GetProperty("title").GetString()));
        var resources = package.GetProperty("resources").EnumerateArray().ToArray();
        Assert.NotEmpty(resources);
        Assert.Equal(resources.Length, resources.Select(r => r.GetProperty("name").GetString()).Distinct().Count());
        foreach (var resource in resources) CheckResource(resource, File.ReadLines(Path.Combine(folder, resource.GetProperty("path").GetString()!)).First());
    }

    private static void CheckResource(JsonElement resource, string header)
    {
        Assert.Matches(Name(), resource.GetProperty("name").GetString());
        Assert.Equal("tabular-data-resource", resource.GetProperty("profile").GetString());
        Assert.Matches("^sha256:[0-9a-f]{64}$", resource.GetProperty("hash").GetString());
        Assert.DoesNotContain("..", resource.GetProperty("path").GetString(), StringComparison.Ordinal);
        var schema = resource.GetProperty("schema");
        Assert.Contains("", schema.GetProperty("missingValues").EnumerateArray().Select(v => v.GetString()));
        var fields = schema.GetProperty("fields").EnumerateArray().ToArray();
        Assert.Equal(header.Split(','), fields.Select(f => f.GetProperty("name").GetString()));
        foreach (var field in fields)
        {
            Assert.Contains(field.GetProperty("type").GetString(), Types);
            Assert.NotEqual("", field.GetProperty("description").GetString());
            if (!field.TryGetProperty("constraints", out var constraints)) continue;
            Assert.All(constraints.EnumerateObject(), c => Assert.Contains(c.Name, ConstraintNames));
        }
    }

    [GeneratedRegex("^[a-z0-9._-]+$")]
    private static partial Regex Name();
}
