using System.Text.Json;
using System.Text.Json.Serialization;

namespace Caseload.Schemas;

/// <summary>
/// The schema files as they stand on disk. A key that is not here is an error: a misspelt constraint would otherwise check nothing.
/// </summary>
internal static class SchemaJson
{
    internal static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        PropertyNameCaseInsensitive = false,
        ReadCommentHandling = JsonCommentHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectRequiredConstructorParameters = true,
    };

    internal sealed record Package(
        string Name, string Title, string Description, string Version, IReadOnlyList<License> Licenses, IReadOnlyList<Resource> Resources)
    {
        public string? Profile { get; init; }
    }

    internal sealed record License(string Name, string Title);

    internal sealed record Resource(string Name, string Path, string Schema)
    {
        public string? Title { get; init; }

        public string? Profile { get; init; }
    }

    internal sealed record Table(string Title, string Description, IReadOnlyList<FieldEntry> Fields)
    {
        public IReadOnlyList<string>? MissingValues { get; init; }

        public IReadOnlyList<string>? PrimaryKey { get; init; }
    }

    internal sealed record Map(string Name, string Description, Dictionary<string, JsonElement> Columns)
    {
        public Dictionary<string, Dictionary<string, string>>? Values { get; init; }

        public Dictionary<string, string>? Constants { get; init; }
    }

    internal sealed record FieldEntry(string Name, string Type, string Title, string Description)
    {
        public string? Format { get; init; }

        public Constraints? Constraints { get; init; }

        [JsonPropertyName("caseload:codelist")]
        public string? CodeList { get; init; }

        [JsonPropertyName("caseload:optional")]
        public bool Optional { get; init; }

        [JsonPropertyName("caseload:identifying")]
        public bool Identifying { get; init; }

        [JsonPropertyName("caseload:separator")]
        public string? Separator { get; init; }
    }

    internal sealed record Constraints
    {
        public bool Required { get; init; }

        public bool Unique { get; init; }

        public JsonElement? Minimum { get; init; }

        public JsonElement? Maximum { get; init; }

        public string? Pattern { get; init; }

        public IReadOnlyList<string>? Enum { get; init; }
    }
}
