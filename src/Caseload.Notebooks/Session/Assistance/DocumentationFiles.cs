using System.Collections.Concurrent;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace Caseload.Notebooks.Session.Assistance;

/// <summary>
/// The XML documentation of what cells use: from the file beside an assembly, for the framework from the reference packs of an SDK
/// where one is installed, and for what a cell declares from the comments above it.
/// </summary>
internal sealed class DocumentationFiles
{
    private const int DeepestInheritance = 5;

    private readonly ConcurrentDictionary<(string Assembly, string Id), XElement?> members = new();
    private readonly Lazy<string?> framework = new(SdkFolder.Documentation);

    /// <summary>What is written of a symbol.</summary>
    /// <param name="symbol">The symbol.</param>
    /// <param name="compilation">The cell that it was found in.</param>
    /// <returns>Null where nothing is written.</returns>
    public XElement? Of(ISymbol symbol, Compilation compilation) => Of(symbol, compilation, 0);

    private XElement? Of(ISymbol symbol, Compilation compilation, int depth)
    {
        var definition = symbol is IMethodSymbol { ReducedFrom: { } extension } ? extension.OriginalDefinition : symbol.OriginalDefinition;
        var written = SymbolText.IsDeclaredInCell(definition) ? CellComments.Of(definition) : FromFile(definition, compilation);
        if (written?.Element("inheritdoc") is not { } inherit || depth >= DeepestInheritance) return written;
        var source = inherit.Attribute("cref")?.Value is { } id
            ? DocumentationCommentId.GetFirstSymbolForDeclarationId(id, compilation) : Overridden(definition);
        if (source is null || Of(source, compilation, depth + 1) is not { } inherited) return written;
        return new XElement("member", inherited.Elements().Where(e => !written.Elements(e.Name).Any()), written.Elements());
    }

    private XElement? FromFile(ISymbol symbol, Compilation compilation)
    {
        if (symbol.GetDocumentationCommentId() is not { } id || symbol.ContainingAssembly is not { } assembly) return null;
        var path = (compilation.GetMetadataReference(assembly) as PortableExecutableReference)?.FilePath;
        return path is null ? null
            : members.GetOrAdd((path, id), key => Files(key.Assembly).Select(f => Read(f, id)).FirstOrDefault(e => e is not null));
    }

    private IEnumerable<string> Files(string assembly)
    {
        var beside = Path.ChangeExtension(assembly, ".xml");
        if (File.Exists(beside)) return [beside];
        var isFramework = Path.GetDirectoryName(assembly) == Path.GetDirectoryName(typeof(object).Assembly.Location);
        if (!isFramework || framework.Value is not { } folder) return [];

        // The framework is documented by the assemblies that its users name, and built as others: most of it is in System.Runtime.
        string[] likely = [Path.Combine(folder, Path.GetFileName(beside)), Path.Combine(folder, "System.Runtime.xml")];
        return likely.Where(File.Exists).Concat(Directory.EnumerateFiles(folder, "*.xml").Order(StringComparer.Ordinal).Except(likely));
    }

    private static XElement? Read(string file, string id)
    {
        try
        {
            return MemberSearch.Find(file, id) is { } xml ? XElement.Parse(xml, LoadOptions.PreserveWhitespace) : null;
        }
        catch (Exception e) when (e is IOException or XmlException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static ISymbol? Overridden(ISymbol symbol) => symbol switch
    {
        IMethodSymbol { OverriddenMethod: { } method } => method,
        IPropertySymbol { OverriddenProperty: { } property } => property,
        IEventSymbol { OverriddenEvent: { } happening } => happening,
        INamedTypeSymbol type => type.BaseType is { SpecialType: SpecialType.None } parent ? parent : type.Interfaces.FirstOrDefault(),
        _ => symbol.ContainingType?.AllInterfaces.SelectMany(i => i.GetMembers(symbol.Name))
            .FirstOrDefault(m => symbol.Equals(symbol.ContainingType.FindImplementationForInterfaceMember(m), SymbolEqualityComparer.Default)),
    };
}
