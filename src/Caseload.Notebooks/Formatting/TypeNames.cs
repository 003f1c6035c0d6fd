using System.Runtime.CompilerServices;

namespace Caseload.Notebooks.Formatting;

/// <summary>Types as they are written in C#.</summary>
internal static class TypeNames
{
    private static readonly Dictionary<Type, string> Words = new()
    {
        [typeof(bool)] = "bool", [typeof(byte)] = "byte", [typeof(sbyte)] = "sbyte", [typeof(char)] = "char", [typeof(decimal)] = "decimal",
        [typeof(double)] = "double", [typeof(float)] = "float", [typeof(int)] = "int", [typeof(uint)] = "uint", [typeof(nint)] = "nint",
        [typeof(nuint)] = "nuint", [typeof(long)] = "long", [typeof(ulong)] = "ulong", [typeof(short)] = "short",
        [typeof(ushort)] = "ushort", [typeof(string)] = "string", [typeof(object)] = "object",
    };

    /// <summary>A type's name, without its namespace.</summary>
    /// <param name="type">The type.</param>
    public static string Of(Type type)
    {
        if (Words.TryGetValue(type, out var word)) return word;
        if (Nullable.GetUnderlyingType(type) is { } inner) return Of(inner) + "?";
        if (type.IsArray) return $"{Of(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (IsAnonymous(type)) return "anonymous";
        if (!type.IsGenericType) return type.Name;
        var arguments = string.Join(", ", type.GetGenericArguments().Select(Of));
        return type.IsAssignableTo(typeof(ITuple)) ? $"({arguments})" : $"{type.Name.Split('`')[0]}<{arguments}>";
    }

    /// <summary>Whether values of a type are numbers.</summary>
    /// <param name="type">The type, which may be nullable.</param>
    public static bool IsNumeric(Type type)
    {
        var inner = Nullable.GetUnderlyingType(type) ?? type;
        return !inner.IsEnum && (Type.GetTypeCode(inner) is >= TypeCode.SByte and <= TypeCode.Decimal
            || inner == typeof(Half) || inner == typeof(Int128) || inner == typeof(UInt128) || inner == typeof(System.Numerics.BigInteger));
    }

    /// <summary>Whether the compiler made the type for <c>new { ... }</c>.</summary>
    /// <param name="type">The type.</param>
    public static bool IsAnonymous(Type type) => type.Name.Contains("AnonymousType", StringComparison.Ordinal) && type.Name.StartsWith('<');
}
