using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Caseload.Frames;
using Caseload.Frames.Csv;

namespace Caseload.Simulation;

/// <summary>
/// Reads a truth file strictly: a key that nothing is planted by, a list of another length or a number out of range is refused.
/// </summary>
internal static class TruthFile
{
    private const double ShareTolerance = 0.005;

    private static readonly Dictionary<string, (PropertyInfo Property, PlantedAttribute Rule)> Keys = typeof(Truth).GetProperties()
        .Select(p => (Property: p, Rule: p.GetCustomAttribute<PlantedAttribute>()))
        .Where(p => p.Rule is not null)
        .ToDictionary(p => JsonNamingPolicy.CamelCase.ConvertName(p.Property.Name), p => (p.Property, p.Rule!), StringComparer.Ordinal);

    internal static Truth Read(string path)
    {
        using var json = Parse(path);
        if (json.RootElement.ValueKind != JsonValueKind.Object)
            throw Wrong("JSON that is no object", "an object of planted parameters", path);
        var truth = new Truth();
        foreach (var entry in json.RootElement.EnumerateObject())
        {
            var where = $"{path}, key {entry.Name}";
            if (!Keys.TryGetValue(entry.Name, out var key))
                throw Wrong($"the key {entry.Name}", "one of " + string.Join(", ", Keys.Keys), path);
            key.Property.SetValue(truth, key.Rule.Length == 0
                ? Number(entry.Value, key.Rule, where)
                : Numbers(entry.Value, key.Rule, where));
        }

        return truth;
    }

    private static JsonDocument Parse(string path)
    {
        try
        {
            using var bytes = InputFile.OpenBytes(path);
            return JsonDocument.Parse(bytes, new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException e)
        {
            var at = e.LineNumber is { } line
                ? string.Create(CultureInfo.InvariantCulture, $"{path}, line {line + 1}, byte {e.BytePositionInLine + 1}")
                : path;
            throw Wrong(e.LineNumber is null ? "a key twice" : "text that is not well-formed JSON", "a JSON object with each key once", at);
        }
    }

    private static double Number(JsonElement value, PlantedAttribute rule, string where) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number >= rule.Least && number <= rule.Most
            ? number
            : throw Wrong(Short(value), Range("a number", rule), where);

    private static double[] Numbers(JsonElement value, PlantedAttribute rule, string where)
    {
        var expected = Range($"{rule.Length} numbers", rule);
        if (value.ValueKind != JsonValueKind.Array) throw Wrong(Short(value), expected, where);
        if (value.GetArrayLength() != rule.Length) throw Wrong($"a list of {value.GetArrayLength()}", expected, where);
        double[] numbers = [.. value.EnumerateArray().Select((item, i) => Number(item, rule, $"{where}, place {i + 1}"))];
        if (rule.IsShares && Math.Abs(numbers.Sum() - 1) > ShareTolerance)
            throw Wrong(
                string.Create(CultureInfo.InvariantCulture, $"shares that make {numbers.Sum():0.###}"), "shares that make 1", where);
        if (rule.IsAscending && numbers.Zip(numbers.Skip(1)).Any(pair => pair.Second < pair.First))
            throw Wrong("numbers that fall", "numbers in ascending order", where);
        return numbers;
    }

    private static string Range(string what, PlantedAttribute rule) =>
        string.Create(CultureInfo.InvariantCulture, $"{what} from {rule.Least} to {rule.Most}");

    private static string Short(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "an object",
        JsonValueKind.String => "text",
        var kind => kind.ToString().ToLowerInvariant(),
    };

    private static ProblemException Wrong(string found, string expected, string where) =>
        InputFile.Unreadable(found, expected, where,
            "Mend the truth file; docs/simulation.md says what each key plants. A file need name only what it changes.");
}
