using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Caseload.MixedModels.Tests.Packaging;

/// <summary>The public surface of the packages as text that reads like C#, in an order that does not depend on the source.</summary>
internal static class PublicSurface
{
    internal static string Text()
    {
        var text = new StringBuilder();
        foreach (var assembly in PublicApi.Assemblies)
        {
            foreach (var room in PublicApi.Types(assembly).GroupBy(type => type.Namespace))
            {
                text.Append(CultureInfo.InvariantCulture, $"{(text.Length == 0 ? "" : "\n")}namespace {room.Key}\n");
                foreach (var type in room) Append(text, type);
            }
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, Type type)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n{Header(type)}\n");
        var lines = PublicApi.Members(type).Select(member => (Order: Rank(member), member.Name, Line: Line(member)))
            .OrderBy(l => l.Order).ThenBy(l => l.Name, StringComparer.Ordinal).ThenBy(l => l.Line, StringComparer.Ordinal);
        foreach (var (_, _, line) in lines)
            text.Append(CultureInfo.InvariantCulture, $"    {line}\n");
    }

    // The values of an enumeration keep their order, which is their meaning.
    private static int Rank(MemberInfo member) => member switch
    {
        FieldInfo { DeclaringType.IsEnum: true } value => Convert.ToInt32(value.GetRawConstantValue(), CultureInfo.InvariantCulture),
        FieldInfo => 0,
        ConstructorInfo => 1,
        PropertyInfo => 2,
        _ => 3,
    };

    private static string Header(Type type)
    {
        if (type.IsEnum) return $"public enum {SignatureType.Of(type)}";
        var interfaces = type.GetInterfaces().Where(i => !IsOwnEquality(i)).Select(SignatureType.Of).Order(StringComparer.Ordinal);
        string[] bases = type.BaseType is { } b && b != typeof(object) && b != typeof(ValueType)
            ? [SignatureType.Of(b), .. interfaces] : [.. interfaces];
        return $"public {Kind(type)} {SignatureType.Of(type)}" + (bases.Length == 0 ? "" : " : " + string.Join(", ", bases));
    }

    private static string Kind(Type type)
    {
        if (type.IsInterface) return "interface";
        var record = PublicApi.IsRecord(type) ? "record" : "";
        if (type.IsValueType)
            return (type.IsDefined(typeof(IsReadOnlyAttribute), false) ? "readonly " : "") + $"{record} struct".TrimStart();
        var modifier = type.IsAbstract ? type.IsSealed ? "static " : "abstract " : type.IsSealed ? "sealed " : "";
        return modifier + (record.Length > 0 ? record : "class");
    }

    // Every record has it.
    private static bool IsOwnEquality(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IEquatable<>);

    private static string Line(MemberInfo member) => member switch
    {
        FieldInfo { DeclaringType.IsEnum: true } value => $"{value.Name} = {Rank(value)}",
        FieldInfo { IsLiteral: true } constant =>
            $"const {SignatureType.Of(constant)} {constant.Name} = {Literal(constant.GetRawConstantValue())}",
        FieldInfo field =>
            $"{(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}{SignatureType.Of(field)} {field.Name}",
        ConstructorInfo constructor =>
            $"{Access(constructor)}{constructor.DeclaringType!.Name.Split('`')[0]}({Parameters(constructor.GetParameters())})",
        PropertyInfo property => Property(property),
        MethodInfo method => $"{Access(method)}{SignatureType.Of(method.ReturnParameter)} {method.Name}{TypeParameters(method)}"
            + $"({Parameters(method.GetParameters())})",
        _ => member.ToString()!,
    };

    private static string Property(PropertyInfo property)
    {
        var visible = property.GetAccessors(nonPublic: true).Where(PublicApi.IsVisible).ToArray();
        var required = property.IsDefined(typeof(RequiredMemberAttribute), false) ? "required " : "";
        var name = property.GetIndexParameters() is { Length: > 0 } index ? $"this[{Parameters(index)}]" : property.Name;
        var accessors = visible.Select(accessor => accessor == property.GetMethod ? "get;" : IsInit(accessor) ? "init;" : "set;").Order();
        return $"{Access(visible[0])}{required}{SignatureType.Of(property)} {name} {{ {string.Join(' ', accessors)} }}";
    }

    private static bool IsInit(MethodInfo setter) =>
        setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static string Access(MethodBase method)
    {
        var access = method.IsPublic ? "" : "protected ";
        if (method.IsStatic) return access + "static ";
        if (method.DeclaringType!.IsInterface) return access;
        if (method.IsAbstract) return access + "abstract ";
        return access + (method is MethodInfo m && m.GetBaseDefinition() != m ? "override "
            : method is { IsVirtual: true, IsFinal: false } ? "virtual " : "");
    }

    private static string TypeParameters(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(a => a.Name))}>" : "";

    private static string Parameters(ParameterInfo[] parameters) => string.Join(", ", parameters.Select(parameter =>
        $"{Passing(parameter)}{SignatureType.Of(parameter)} {parameter.Name}"
        + (parameter.HasDefaultValue ? " = " + Literal(parameter.DefaultValue) : "")));

    private static string Passing(ParameterInfo parameter) => IsParams(parameter) ? "params "
        : parameter.IsOut ? "out " : parameter.IsIn ? "in " : parameter.ParameterType.IsByRef ? "ref " : "";

    private static bool IsParams(ParameterInfo parameter) =>
        parameter.IsDefined(typeof(ParamArrayAttribute), false) || parameter.IsDefined(typeof(ParamCollectionAttribute), false);

    private static string Literal(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        char letter => $"'{letter}'",
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
