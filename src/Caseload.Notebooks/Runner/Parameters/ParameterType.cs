namespace Caseload.Notebooks.Runner.Parameters;

/// <summary>A type that a parameter can have.</summary>
/// <param name="Name">The keyword or the simple name: <c>int</c>, <c>DateOnly</c>.</param>
/// <param name="Written">The type as the cell writes it.</param>
internal sealed record ParameterType(string Name, string Written)
{
    /// <summary>All of them, in words.</summary>
    public const string List = "a number, bool, string, char, DateTime or DateOnly, or an array of one of these";

    /// <summary>Whether there may be no value.</summary>
    public bool IsNullable { get; init; }

    /// <summary>Whether it is a list of values in one dimension.</summary>
    public bool IsArray { get; init; }

    /// <summary>What a person is asked for.</summary>
    public string Words => (IsArray ? $"values with commas between them, each {One}" : One) + (IsNullable ? ", or null" : "");

    /// <summary>A value that would do.</summary>
    public string Example => IsArray ? $"{OneExample},{OneExample}" : OneExample;

    private string One => Name switch
    {
        "bool" => "true or false",
        "string" => "any text",
        "char" => "one character (char)",
        "DateTime" => "a date, or a date and a time, as 2017-03-31T09:30:00 (DateTime)",
        "DateOnly" => "a date as 2017-03-31 (DateOnly)",
        "float" or "double" or "decimal" => $"a number ({Name})",
        _ => $"a whole number in the range of {Name}",
    };

    private string OneExample => Name switch
    {
        "bool" => "true",
        "string" => "text",
        "char" => "a",
        "DateTime" or "DateOnly" => "2017-03-31",
        "float" or "double" or "decimal" => "1.5",
        _ => "2",
    };

    /// <summary>The type of a name.</summary>
    /// <param name="written">The type as the cell writes it, without a question mark.</param>
    /// <returns>Null where no parameter can be of this type.</returns>
    public static ParameterType? Of(string written)
    {
        var name = written.StartsWith("System.", StringComparison.Ordinal) ? written["System.".Length..] : written;
        return name switch
        {
            "SByte" => new("sbyte", written),
            "Byte" => new("byte", written),
            "Int16" => new("short", written),
            "UInt16" => new("ushort", written),
            "Int32" => new("int", written),
            "UInt32" => new("uint", written),
            "Int64" => new("long", written),
            "UInt64" => new("ulong", written),
            "Single" => new("float", written),
            "Double" => new("double", written),
            "Decimal" => new("decimal", written),
            "Boolean" => new("bool", written),
            "Char" => new("char", written),
            "String" => new("string", written),
            "sbyte" or "byte" or "short" or "ushort" or "int" or "uint" or "long" or "ulong" or "float" or "double" or "decimal"
                or "bool" or "char" or "string" or "DateTime" or "DateOnly" => new(name, written),
            _ => null,
        };
    }
}
