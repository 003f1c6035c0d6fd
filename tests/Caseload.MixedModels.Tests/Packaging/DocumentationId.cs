using System.Reflection;

namespace Caseload.MixedModels.Tests.Packaging;

/// <summary>The names of types and members in XML documentation files (C# language specification, annex D.4.2).</summary>
internal static class DocumentationId
{
    internal static string Of(MemberInfo member) => member switch
    {
        Type type => "T:" + Name(type),
        ConstructorInfo constructor => $"M:{Name(constructor.DeclaringType!)}.#ctor{Parameters(constructor.GetParameters())}",
        MethodInfo method => $"M:{Name(method.DeclaringType!)}.{method.Name}{Arity(method)}{Parameters(method.GetParameters())}"
            + (method.Name is "op_Implicit" or "op_Explicit" ? "~" + Reference(method.ReturnType) : ""),
        PropertyInfo property => $"P:{Name(property.DeclaringType!)}.{property.Name}{Parameters(property.GetIndexParameters())}",
        EventInfo raised => $"E:{Name(raised.DeclaringType!)}.{raised.Name}",
        _ => $"F:{Name(member.DeclaringType!)}.{member.Name}",
    };

    private static string Name(Type type) => type.FullName!.Replace('+', '.');

    private static string Arity(MethodInfo method) => method.IsGenericMethod ? $"``{method.GetGenericArguments().Length}" : "";

    private static string Parameters(ParameterInfo[] parameters) =>
        parameters.Length == 0 ? "" : $"({string.Join(",", parameters.Select(parameter => Reference(parameter.ParameterType)))})";

    private static string Reference(Type type)
    {
        if (type.IsByRef) return Reference(type.GetElementType()!) + "@";
        if (type.IsArray) return Reference(type.GetElementType()!) + (type.GetArrayRank() == 1 ? "[]"
            : $"[{string.Join(",", Enumerable.Repeat("0:", type.GetArrayRank()))}]");
        if (type.IsGenericMethodParameter) return "``" + type.GenericParameterPosition;
        if (type.IsGenericParameter) return "`" + type.GenericParameterPosition;
        return type.IsGenericType
            ? $"{Name(type.GetGenericTypeDefinition()).Split('`')[0]}{{{string.Join(",", type.GetGenericArguments().Select(Reference))}}}"
            : Name(type);
    }
}
