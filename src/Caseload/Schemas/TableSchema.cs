using System.Text.RegularExpressions;

namespace Caseload.Schemas;

/// <summary>What the cells of a field hold.</summary>
public enum FieldType
{
    /// <summary>Text, or a code.</summary>
    String,

    /// <summary>Whole numbers of 32 bits.</summary>
    Integer,

    /// <summary>Numbers, with a point as the decimal mark.</summary>
    Number,

    /// <summary>true, false, TRUE, FALSE, 1 or 0.</summary>
    Boolean,

    /// <summary>ISO dates: yyyy-MM-dd.</summary>
    Date,
}

/// <summary>What a cell must meet beyond its type.</summary>
/// <param name="Required">Whether the cell must be present. A row without it cannot be used and is counted as excluded.</param>
/// <param name="Unique">Whether no two rows may hold the same value.</param>
/// <param name="Minimum">The least number allowed, or null.</param>
/// <param name="Maximum">The greatest number allowed, or null.</param>
/// <param name="MinimumDate">The earliest date allowed, or null.</param>
/// <param name="MaximumDate">The latest date allowed, or null.</param>
/// <param name="Pattern">A regular expression that the whole text must match, or null.</param>
/// <param name="Codes">The texts allowed, or null where any is.</param>
public sealed record FieldConstraints(
    bool Required = false,
    bool Unique = false,
    double? Minimum = null,
    double? Maximum = null,
    DateOnly? MinimumDate = null,
    DateOnly? MaximumDate = null,
    Regex? Pattern = null,
    IReadOnlyList<string>? Codes = null);

/// <summary>One column of a table, as the contract in <c>data-schema/</c> describes it.</summary>
/// <param name="Name">The column's name, case sensitive.</param>
/// <param name="Type">What its cells hold.</param>
/// <param name="Title">The name in prose.</param>
/// <param name="Description">What it means, with its unit.</param>
/// <param name="Constraints">What its cells must meet.</param>
/// <param name="CodeList">The name of the code list that its cells come from, or null.</param>
/// <param name="Optional">Whether a table may lack the column altogether.</param>
/// <param name="Identifying">Whether a value could identify a child; such values are never shown.</param>
/// <param name="Separator">What joins several codes in one cell, or null where a cell holds one.</param>
public sealed record Field(
    string Name,
    FieldType Type,
    string Title,
    string Description,
    FieldConstraints Constraints,
    string? CodeList = null,
    bool Optional = false,
    bool Identifying = false,
    char? Separator = null);

/// <summary>The contract of one table: a Frictionless Table Schema with the extensions that <c>data-schema/README.md</c> lists.</summary>
/// <param name="Name">The table's name in the data package.</param>
/// <param name="Title">The name in prose.</param>
/// <param name="Description">What a row is.</param>
/// <param name="Fields">The columns.</param>
/// <param name="PrimaryKey">The columns that tell rows apart; empty where none do.</param>
/// <param name="MissingValues">The texts that stand for a missing cell.</param>
public sealed record TableSchema(
    string Name,
    string Title,
    string Description,
    IReadOnlyList<Field> Fields,
    IReadOnlyList<string> PrimaryKey,
    IReadOnlyList<string> MissingValues)
{
    /// <summary>A column by its name, or null.</summary>
    /// <param name="name">The name, case sensitive.</param>
    public Field? Find(string name) => Fields.FirstOrDefault(f => f.Name == name);
}

/// <summary>The codes that a field may hold, and what they mean.</summary>
/// <param name="Name">The list's name.</param>
/// <param name="Codes">Code and meaning, in the order of the file.</param>
public sealed record CodeList(string Name, IReadOnlyList<KeyValuePair<string, string>> Codes)
{
    /// <summary>What a code means, or the code itself where the list does not hold it.</summary>
    /// <param name="code">The code.</param>
    public string Label(string code) => Codes.FirstOrDefault(c => c.Key == code).Value ?? code;
}
