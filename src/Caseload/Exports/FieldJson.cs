using System.Globalization;
using System.Text.Json.Nodes;
using Caseload.Frames;
using Caseload.Schemas;

namespace Caseload.Exports;

/// <summary>Columns as fields of a Table Schema.</summary>
internal static class FieldJson
{
    /// <summary>A column as the contract in <c>data-schema/</c> has it.</summary>
    internal static JsonObject Of(Field field, DataPackage contract)
    {
        var json = Plain(field.Name, field.Type, field.Title, field.Description);
        var constraints = Constraints(field, contract);
        if (constraints.Count > 0) json["constraints"] = constraints;
        if (field.CodeList is { } list) json["caseload:codelist"] = list;
        if (field.Optional) json["caseload:optional"] = true;
        if (field.Identifying) json["caseload:identifying"] = true;
        if (field.Separator is { } separator) json["caseload:separator"] = separator.ToString();
        return json;
    }

    /// <summary>A column that no contract describes.</summary>
    internal static JsonObject Plain(string name, FieldType type, string title, string description) => new()
    {
        ["name"] = name,
        ["type"] = type.ToString().ToLowerInvariant(),
        ["title"] = title,
        ["description"] = description,
    };

    /// <summary>What the cells of a column hold.</summary>
    internal static FieldType TypeOf(Column column) => column.Type switch
    {
        ColumnType.Integer => FieldType.Integer,
        ColumnType.Number => FieldType.Number,
        ColumnType.Flag => FieldType.Boolean,
        ColumnType.Date => FieldType.Date,
        _ => FieldType.String,
    };

    private static JsonObject Constraints(Field field, DataPackage contract)
    {
        var rules = field.Constraints;
        var json = new JsonObject();
        if (rules.Required) json["required"] = true;
        if (rules.Unique) json["unique"] = true;
        if (rules.Minimum is { } minimum) json["minimum"] = minimum;
        if (rules.Maximum is { } maximum) json["maximum"] = maximum;
        if (rules.MinimumDate is { } first) json["minimum"] = first.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (rules.MaximumDate is { } last) json["maximum"] = last.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

        // The contract's reader anchors a pattern; the specification has it anchored anyway.
        if (rules.Pattern is { } pattern) json["pattern"] = pattern.ToString()["^(?:".Length..^")$".Length];
        var codes = field.CodeList is { } list ? [.. contract.Codes(list).Codes.Select(c => c.Key)] : rules.Codes;
        if (codes is not null) json["enum"] = new JsonArray([.. codes.Select(code => JsonValue.Create(code))]);
        return json;
    }
}
