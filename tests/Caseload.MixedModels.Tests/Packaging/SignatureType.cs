using System.Reflection;
using System.Runtime.CompilerServices;

namespace Caseload.MixedModels.Tests.Packaging;

/// <summary>A type as C# writes it, with nullability and the names of tuples.</summary>
internal sealed class SignatureType
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void", [typeof(object)] = "object", [typeof(string)] = "string", [typeof(bool)] = "bool", [typeof(int)] = "int",
        [typeof(long)] = "long", [typeof(double)] = "double", [typeof(sbyte)] = "sbyte", [typeof(byte)] = "byte", [typeof(char)] = "char",
    };

    // The names of all tuples' elements in the order in which the tuples are met.
    private readonly Queue<string?> tupleNames;

    private SignatureType(ICustomAttributeProvider source) => tupleNames = new(source
        .GetCustomAttributes(typeof(TupleElementNamesAttribute), inherit: false).Cast<TupleElementNamesAttribute>()
        .SelectMany(attribute => attribute.TransformNames));

    internal static string Of(ParameterInfo parameter) =>
        new SignatureType(parameter).Write(parameter.ParameterType, new NullabilityInfoContext().Create(parameter));

    internal static string Of(PropertyInfo property) =>
        new SignatureType(property).Write(property.PropertyType, new NullabilityInfoContext().Create(property));

    internal static string Of(FieldInfo field) =>
        new SignatureType(field).Write(field.FieldType, new NullabilityInfoContext().Create(field));

    /// <summary>A type that stands in no signature: a base type or an interface.</summary>
    internal static string Of(Type type) => new SignatureType(type).Write(type, null);

    private string Write(Type type, NullabilityInfo? nullability)
    {
        var mark = nullability?.ReadState == NullabilityState.Nullable ? "?" : "";
        if (Nullable.GetUnderlyingType(type) is { } value) return Write(value, null) + "?";
        if (type.IsByRef) return Write(type.GetElementType()!, nullability);
        if (type.IsArray)
            return $"{Write(type.GetElementType()!, nullability?.ElementType)}[{new string(',', type.GetArrayRank() - 1)}]{mark}";
        if (Keywords.TryGetValue(type, out var keyword)) return keyword + mark;
        if (!type.IsGenericType) return (type.IsNested && !type.IsGenericParameter ? Of(type.DeclaringType!) + "." : "") + type.Name + mark;
        var arguments = type.GetGenericArguments();
        if (type.IsAssignableTo(typeof(ITuple)) && type.IsValueType)
        {
            string?[] names = [.. arguments.Select(_ => tupleNames.TryDequeue(out var name) ? name : null)];
            return $"({string.Join(", ", arguments.Select((_, i) => $"{Argument(i)} {names[i]}".TrimEnd()))})";
        }

        return $"{type.Name.Split('`')[0]}<{string.Join(", ", arguments.Select((_, i) => Argument(i)))}>{mark}";

        string Argument(int i) => Write(arguments[i], nullability?.GenericTypeArguments.ElementAtOrDefault(i));
    }
}
