using System.Reflection;
using System.Runtime.CompilerServices;

namespace Caseload.MixedModels.Tests.Packaging;

/// <summary>What a user of an assembly can name: its public types and their members, without what the compiler adds to records.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared =
        BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    /// <summary>The assemblies that are packed.</summary>
    internal static IReadOnlyList<Assembly> Assemblies { get; } = [typeof(Frames.Frame).Assembly, typeof(MixedModel).Assembly];

    internal static IEnumerable<Type> Types(Assembly assembly) => assembly.GetExportedTypes()
        .OrderBy(type => type.Namespace, StringComparer.Ordinal).ThenBy(type => type.FullName, StringComparer.Ordinal);

    internal static IEnumerable<MemberInfo> Members(Type type) => type.IsSubclassOf(typeof(Delegate)) ? []
        : type.GetMembers(Declared).Where(member => member switch
        {
            ConstructorInfo constructor => IsVisible(constructor) && !IsGenerated(constructor) && !constructor.IsStatic
                && !(type.IsValueType && constructor.GetParameters().Length == 0),
            MethodInfo method => IsVisible(method) && !IsGenerated(method)
                && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)),
            PropertyInfo property => property.GetAccessors(nonPublic: true).Any(IsVisible) && property.Name != "EqualityContract",
            FieldInfo field => (field.IsPublic || field.IsFamily) && !field.IsSpecialName,
            EventInfo => true,
            _ => false,
        });

    internal static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    internal static bool IsRecord(Type type) => type.GetMethod("PrintMembers", Declared) is { } print && IsGenerated(print);

    private static bool IsGenerated(MemberInfo member) => member.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false);
}
