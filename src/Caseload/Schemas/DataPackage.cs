using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Caseload.Frames;
using Caseload.Frames.Csv;

namespace Caseload.Schemas;

/// <summary>
/// The contract of every table that the kit reads or writes: a Frictionless Data Package in a folder, with a Table Schema for each
/// table and the code lists. It is read strictly: an unknown key, type or code list is an error.
/// </summary>
public sealed class DataPackage
{
    private readonly Dictionary<string, TableSchema> tables;
    private readonly Dictionary<string, CodeList> codeLists;

    private DataPackage(string version, Dictionary<string, TableSchema> tables, Dictionary<string, CodeList> codeLists) =>
        (Version, this.tables, this.codeLists) = (version, tables, codeLists);

    /// <summary>The version of the contract.</summary>
    public string Version { get; }

    /// <summary>The tables, in the order of the package.</summary>
    public IReadOnlyCollection<TableSchema> Tables => tables.Values;

    /// <summary>The code lists, by name.</summary>
    public IReadOnlyCollection<CodeList> CodeLists => codeLists.Values;

    /// <summary>The contract of a table.</summary>
    /// <param name="name">The table's name in the package.</param>
    public TableSchema Table(string name) => tables.TryGetValue(name, out var table)
        ? table
        : throw new ArgumentException($"The data package has no table {name}; it has {string.Join(", ", tables.Keys)}.", nameof(name));

    /// <summary>A code list.</summary>
    /// <param name="name">Its name.</param>
    public CodeList Codes(string name) => codeLists.TryGetValue(name, out var list)
        ? list
        : throw new ArgumentException(
            $"The data package has no code list {name}; it has {string.Join(", ", codeLists.Keys)}.", nameof(name));

    /// <summary>Reads the package that is copied beside the library when it is built.</summary>
    /// <exception cref="ProblemException">The folder is not there, or a file in it breaks the rules.</exception>
    public static DataPackage Load() => Load(DefaultFolder());

    /// <summary>Reads a package.</summary>
    /// <param name="folder">The folder that holds <c>datapackage.json</c>.</param>
    /// <exception cref="ProblemException">The folder is not there, or a file in it breaks the rules.</exception>
    public static DataPackage Load(string folder)
    {
        var package = Read<SchemaJson.Package>(Path.Combine(folder, "datapackage.json"));
        var lists = Directory.EnumerateFiles(Path.Combine(folder, "codelists"), "*.csv").Order(StringComparer.Ordinal)
            .Select(ReadCodes).ToDictionary(list => list.Name, StringComparer.Ordinal);
        var tables = package.Resources.ToDictionary(
            resource => resource.Name,
            resource => ReadTable(resource, Path.Combine(folder, resource.Schema), lists),
            StringComparer.Ordinal);
        return new DataPackage(package.Version, tables, lists);
    }

    /// <summary>The folder that the build copies beside the program.</summary>
    internal static string DefaultFolder()
    {
        // Notebooks run in a host of their own, whose base folder is not ours: the library's own folder is looked at first.
        string[] places = [Path.GetDirectoryName(typeof(DataPackage).Assembly.Location) ?? "", AppContext.BaseDirectory];
        return places.Select(place => Path.Combine(place, "data-schema")).FirstOrDefault(Directory.Exists)
            ?? throw InputFile.Unreadable("no folder data-schema", "the folder that the build copies beside the program",
                places[^1], "Build the kit again; the folder must stay beside caseload.dll.");
    }

    private static TableSchema ReadTable(SchemaJson.Resource resource, string path, Dictionary<string, CodeList> lists)
    {
        var table = Read<SchemaJson.Table>(path);
        var fields = table.Fields.Select((entry, i) => ReadField(entry, $"{path}, field {i + 1} ({entry.Name})", lists)).ToArray();
        var twice = fields.GroupBy(f => f.Name).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null) throw Broken($"the field {twice.Key} twice", "every field once", path);
        var stray = (table.PrimaryKey ?? []).FirstOrDefault(key => fields.All(f => f.Name != key));
        if (stray is not null) throw Broken($"the key {stray}", "a key that is one of the fields", path);
        return new TableSchema(resource.Name, table.Title, table.Description, fields, table.PrimaryKey ?? [], table.MissingValues ?? [""]);
    }

    private static Field ReadField(SchemaJson.FieldEntry entry, string where, Dictionary<string, CodeList> lists)
    {
        var type = entry.Type switch
        {
            "string" => FieldType.String,
            "integer" => FieldType.Integer,
            "number" => FieldType.Number,
            "boolean" => FieldType.Boolean,
            "date" => FieldType.Date,
            _ => throw Broken($"the type \"{entry.Type}\"", "string, integer, number, boolean or date", where),
        };
        if (entry.CodeList is { } name && !lists.ContainsKey(name))
            throw Broken($"the code list \"{name}\"", "one of " + string.Join(", ", lists.Keys), where);
        if (entry.Separator is { Length: not 1 })
            throw Broken($"the separator \"{entry.Separator}\"", "one character", where);
        var rules = entry.Constraints ?? new SchemaJson.Constraints();
        var codes = entry.CodeList is { } list ? [.. lists[list].Codes.Select(c => c.Key)] : rules.Enum;
        var constraints = new FieldConstraints(
            rules.Required,
            rules.Unique,
            Number(rules.Minimum, type, where),
            Number(rules.Maximum, type, where),
            Date(rules.Minimum, type, where),
            Date(rules.Maximum, type, where),
            Pattern(rules.Pattern, where),
            codes);
        return new Field(entry.Name, type, entry.Title, entry.Description, constraints, entry.CodeList, entry.Optional, entry.Identifying,
            entry.Separator?[0]);
    }

    // Without backtracking a match takes time in proportion to its text: it needs no limit of time, on which a busy machine would stumble.
    private static Regex? Pattern(string? pattern, string where)
    {
        try
        {
            return pattern is null ? null : new Regex($"^(?:{pattern})$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw Broken($"the pattern \"{pattern}\"", "a regular expression without look-around and references back", where);
        }
    }

    private static double? Number(JsonElement? bound, FieldType type, string where) => bound switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } number when type is FieldType.Integer or FieldType.Number => number.GetDouble(),
        { ValueKind: JsonValueKind.String } when type is FieldType.Date => null,
        _ => throw Broken("a bound that does not fit the field's type", "a number for numbers, a date in quotes for dates", where),
    };

    private static DateOnly? Date(JsonElement? bound, FieldType type, string where)
    {
        if (bound is not { ValueKind: JsonValueKind.String } text || type != FieldType.Date) return null;
        return DateOnly.TryParseExact(text.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw Broken("a bound that is no date", "yyyy-MM-dd", where);
    }

    private static CodeList ReadCodes(string path)
    {
        using var rows = CsvRows.Open(path);
        if (!rows.Header.SequenceEqual(["code", "label"]))
            throw Broken("the columns " + string.Join(", ", rows.Header), "code, label", path);
        var codes = new List<KeyValuePair<string, string>>();
        while (rows.Read()) codes.Add(new(rows[0], rows[1]));
        return new CodeList(Path.GetFileNameWithoutExtension(path), codes);
    }

    private static T Read<T>(string path)
    {
        try
        {
            using var bytes = InputFile.OpenBytes(path);
            return JsonSerializer.Deserialize<T>(bytes, SchemaJson.Strict) ?? throw Broken("null", "an object", path);
        }
        catch (JsonException e)
        {
            throw Broken(e.Message.Split(" Path:")[0], "the keys that data-schema/README.md lists", $"{path}, line {e.LineNumber + 1}");
        }
    }

    private static ProblemException Broken(string found, string expected, string where) =>
        InputFile.Unreadable(found, expected, where, "Mend the schema: it governs what the kit reads.");
}
