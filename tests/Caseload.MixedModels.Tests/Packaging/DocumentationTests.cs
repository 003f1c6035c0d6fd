using System.Reflection;
using System.Xml.Linq;

namespace Caseload.MixedModels.Tests.Packaging;

/// <summary>The XML documentation that the packages carry.</summary>
public sealed class DocumentationTests
{
    public static TheoryData<string> Packages { get; } = [.. PublicApi.Assemblies.Select(assembly => assembly.GetName().Name!)];

    [Theory]
    [MemberData(nameof(Packages))]
    public void Every_public_type_and_member_has_a_summary(string package)
    {
        var (assembly, documentation) = Load(package);
        var lacking = Named(assembly).Where(member => !HasSummary(documentation, member)).Select(DocumentationId.Of);
        Assert.Empty(lacking);
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Every_parameter_is_explained(string package)
    {
        var (assembly, documentation) = Load(package);
        var lacking = Named(assembly).Where(member => !Inherits(documentation, member)).SelectMany(member => Parameters(member)
            .Where(name => !Entry(documentation, member).Elements().Any(element => Explains(element, name)))
            .Select(name => $"{DocumentationId.Of(member)}: {name}"));
        Assert.Empty(lacking);
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Every_public_name_is_found_in_the_file_or_the_test_would_prove_nothing(string package)
    {
        var (assembly, documentation) = Load(package);
        Assert.True(Named(assembly).Count(member => documentation.ContainsKey(DocumentationId.Of(member))) > 50);
        Assert.False(HasSummary(documentation, typeof(DocumentationTests)));
    }

    // A constructor without parameters has no source of its own; of one that has, the compiler asks for documentation.
    private static IEnumerable<MemberInfo> Named(Assembly assembly) => PublicApi.Types(assembly).SelectMany(type => PublicApi.Members(type)
        .Where(member => member is not ConstructorInfo constructor || constructor.GetParameters().Length > 0).Prepend(type));

    private static (Assembly Assembly, Dictionary<string, XElement> Documentation) Load(string package)
    {
        var assembly = PublicApi.Assemblies.Single(a => a.GetName().Name == package);
        var file = XDocument.Load(Path.Combine(AppContext.BaseDirectory, package + ".xml"));
        return (assembly, file.Descendants("member").ToDictionary(member => member.Attribute("name")!.Value));
    }

    private static XElement Entry(Dictionary<string, XElement> documentation, MemberInfo member) =>
        documentation.GetValueOrDefault(DocumentationId.Of(member)) ?? new XElement("member");

    private static bool HasSummary(Dictionary<string, XElement> documentation, MemberInfo member) =>
        Inherits(documentation, member) || !string.IsNullOrWhiteSpace(Entry(documentation, member).Element("summary")?.Value);

    // What overrides or implements a member that is explained where it was declared.
    private static bool Inherits(Dictionary<string, XElement> documentation, MemberInfo member) =>
        Entry(documentation, member).Element("inheritdoc") is not null && Accessor(member) is { IsVirtual: true };

    private static MethodInfo? Accessor(MemberInfo member) => member as MethodInfo ?? (member as PropertyInfo)?.GetMethod;

    private static bool Explains(XElement element, string parameter) =>
        element.Name.LocalName is "param" or "typeparam" && element.Attribute("name")?.Value == parameter
        && (element.Value.Trim().Length > 0 || element.HasElements);

    private static IEnumerable<string> Parameters(MemberInfo member) => member switch
    {
        Type { IsGenericType: true } type => type.GetGenericArguments().Select(argument => argument.Name),
        MethodInfo method => method.GetParameters().Select(p => p.Name!).Concat(method.GetGenericArguments().Select(a => a.Name)),
        ConstructorInfo constructor => constructor.GetParameters().Select(p => p.Name!),
        PropertyInfo property => property.GetIndexParameters().Select(p => p.Name!),
        _ => [],
    };
}
