using System.Text.Json;
using System.Text.RegularExpressions;
using Caseload.Frames;
using Caseload.Frames.Csv;

namespace Caseload.Schemas;

/// <summary>
/// Takes the names that a research extract gives its columns to those of a table's contract. A field that the map does not name is read
/// from a column of its own name.
/// </summary>
/// <param name="Name">The map's name.</param>
/// <param name="Description">Which extract it is for, and what a person must check before using it.</param>
/// <param name="Columns">
/// For a field, the columns it comes from. Of several, the first that is not empty counts; where the field holds several codes in a cell,
/// all of them are joined.
/// </param>
/// <param name="Values">For a field, what a cell's text stands for; text that is not named stays as it is.</param>
/// <param name="Constants">For a field, the text of every cell.</param>
public sealed partial record ColumnMap(
    string Name,
    string Description,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Columns,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Values,
    IReadOnlyDictionary<string, string> Constants)
{
    /// <summary>Reads a map.</summary>
    /// <param name="pathOrName">A JSON file, or the name of a map in <c>data-schema/mappings</c>.</param>
    /// <param name="schema">The contract of the table to which it maps.</param>
    /// <exception cref="ProblemException">
    /// There is no such file or map, or it has a key that is none of a map's, or a target that is no field of the table.
    /// </exception>
    public static ColumnMap Load(string pathOrName, TableSchema schema)
    {
        ArgumentNullException.ThrowIfNull(pathOrName);
        ArgumentNullException.ThrowIfNull(schema);
        var path = IsName().IsMatch(pathOrName) && !File.Exists(pathOrName) ? Named(pathOrName) : pathOrName;
        var entry = Read(path);
        if (entry.Columns is null) throw Broken("null for columns", "an object", path);
        var columns = entry.Columns.ToDictionary(c => c.Key, c => Sources(c.Value, $"{path}, columns, {c.Key}"), StringComparer.Ordinal);
        var (values, constants) = (entry.Values ?? [], entry.Constants ?? []);
        RequireFields(columns.Keys, "columns", schema, path);
        RequireFields(values.Keys, "values", schema, path);
        RequireFields(constants.Keys, "constants", schema, path);
        var empty = values.Where(v => v.Value is null || v.Value.ContainsValue(null!)).Select(v => v.Key)
            .Concat(constants.Where(c => c.Value is null).Select(c => c.Key)).FirstOrDefault();
        if (empty is not null) throw Broken($"null for {empty}", "text", path);
        if (columns.Keys.FirstOrDefault(constants.ContainsKey) is { } twice)
            throw Broken($"the target {twice} under both columns and constants", "each target once", path);
        return new ColumnMap(entry.Name, entry.Description, columns,
            values.ToDictionary(v => v.Key, v => (IReadOnlyDictionary<string, string>)v.Value, StringComparer.Ordinal), constants);
    }

    private static string Named(string name)
    {
        var folder = Path.Combine(DataPackage.DefaultFolder(), "mappings");
        var path = Path.Combine(folder, name + ".json");
        return File.Exists(path)
            ? path
            : throw Broken($"no column map named {name}",
                "a JSON file, or one of " + string.Join(", ", Directory.GetFiles(folder, "*.json").Select(Path.GetFileNameWithoutExtension)
                    .Order(StringComparer.Ordinal)), folder);
    }

    private static SchemaJson.Map Read(string path)
    {
        try
        {
            using var bytes = InputFile.OpenBytes(path);
            return JsonSerializer.Deserialize<SchemaJson.Map>(bytes, SchemaJson.Strict) ?? throw Broken("null", "an object", path);
        }
        catch (JsonException e)
        {
            throw Broken(e.Message.Split(" Path:")[0], "the keys name, description, columns, values and constants",
                $"{path}, line {e.LineNumber + 1}");
        }
    }

    private static IReadOnlyList<string> Sources(JsonElement value, string where)
    {
        JsonElement[] items = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [value];
        return items.Length > 0 && Array.TrueForAll(items, item => item.ValueKind == JsonValueKind.String)
            ? [.. items.Select(item => item.GetString()!)]
            : throw Broken($"a source that is no text: {value.ValueKind}", "the name of a column, or several in square brackets", where);
    }

    private static void RequireFields(IEnumerable<string> targets, string key, TableSchema schema, string path)
    {
        if (targets.FirstOrDefault(target => schema.Find(target) is null) is { } stranger)
            throw Broken($"the target {stranger}",
                $"a field of the table \"{schema.Name}\": {string.Join(", ", schema.Fields.Select(f => f.Name))}",
                $"{path}, {key}");
    }

    private static ProblemException Broken(string found, string expected, string where) =>
        InputFile.Unreadable(found, expected, where, "Mend the column map; data-schema/README.md says what one holds.");

    [GeneratedRegex("^[A-Za-z0-9_-]+$")]
    private static partial Regex IsName();
}
