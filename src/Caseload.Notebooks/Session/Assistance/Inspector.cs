using System.Globalization;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace Caseload.Notebooks.Session.Assistance;

/// <summary>Writes what is known of a symbol.</summary>
/// <param name="files">The XML documentation.</param>
internal sealed class Inspector(DocumentationFiles files)
{
    private const int MostOverloads = 5;

    /// <summary>What is known of a symbol.</summary>
    /// <param name="inspected">The symbol.</param>
    /// <param name="compilation">The cell that it was found in.</param>
    /// <param name="detail">How much is told.</param>
    public Inspection Write(InspectedSymbol inspected, Compilation compilation, InspectionDetail detail)
    {
        var written = files.Of(inspected.Symbol, compilation);
        if (written is null && inspected.Symbol is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor)
        {
            written = files.Of(constructor.ContainingType, compilation);
        }

        return new(Text(DocumentationStyle.Plain), Text(DocumentationStyle.Markdown));

        string Text(DocumentationStyle style) => Inspector.Text(inspected, written, detail, style);
    }

    private static string Text(InspectedSymbol inspected, XElement? written, InspectionDetail detail, DocumentationStyle style)
    {
        var text = new DocumentationText(style);
        List<string> parts = [style.Block(Signatures(inspected)), Current(inspected, written, text)];
        parts.Add(inspected.Symbol is IParameterSymbol parameter ? OfParameter(parameter, text) : text.Of(written?.Element("summary")));
        parts.Add(List("Type parameters", "typeparam", "name"));
        parts.Add(List("Parameters", "param", "name"));
        if (detail == InspectionDetail.Full)
        {
            parts.Add(Section("Value", "value"));
            parts.Add(Section("Returns", "returns"));
            parts.Add(List("Throws", "exception", "cref"));
            parts.Add(Section("Remarks", "remarks"));
            parts.Add(Section("Example", "example"));
            parts.Add(Home(inspected.Symbol) is { } home ? style.Escape(home) : "");
        }

        return string.Join("\n\n", parts.Where(p => p.Length > 0));

        string Section(string title, string name) =>
            text.Of(written?.Element(name)) is { Length: > 0 } body ? $"{style.Head(title)}\n\n{body}" : "";

        string List(string title, string element, string attribute)
        {
            var items = (written?.Elements(element) ?? []).Select(e => (Name: e.Attribute(attribute)?.Value ?? "", Body: text.Of(e)))
                .Where(e => e.Body.Length > 0).Select(e => (e.Body, Name: attribute == "cref" ? DocumentationText.NameOf(e.Name) : e.Name))
                .Select(e => $"- {style.Mark(e.Name)}: {e.Body.ReplaceLineEndings("\n  ")}");
            var joined = string.Join('\n', items);
            return joined.Length == 0 ? "" : $"{style.Head(title)}\n\n{joined}";
        }
    }

    private static string Signatures(InspectedSymbol inspected)
    {
        var lines = inspected.Overloads.Take(MostOverloads).Select(SymbolText.Signature)
            .Prepend($"({SymbolText.Kind(inspected.Symbol)}) {SymbolText.Signature(inspected.Symbol)}").ToList();
        var more = inspected.Overloads.Count - MostOverloads;
        if (more > 0) lines.Add(string.Create(CultureInfo.InvariantCulture, $"and {more} more overload{(more == 1 ? "" : "s")}"));
        return string.Join('\n', lines);
    }

    private static string Current(InspectedSymbol inspected, XElement? written, DocumentationText text)
    {
        if (inspected.Parameter is not { } name) return "";
        var said = text.Of(written?.Elements("param").FirstOrDefault(p => p.Attribute("name")?.Value == name));
        var parameter = (inspected.Symbol as IMethodSymbol)?.Parameters.FirstOrDefault(p => p.Name == name);
        var title = $"Now: {text.Code(parameter is null ? name : SymbolText.Signature(parameter))}";
        return said.Length > 0 ? $"{title} - {said}" : title;
    }

    private static string OfParameter(IParameterSymbol parameter, DocumentationText text) =>
        text.Of(CellComments.Of(parameter.ContainingSymbol)?.Elements("param")
            .FirstOrDefault(p => p.Attribute("name")?.Value == parameter.Name));

    private static string? Home(ISymbol symbol) =>
        SymbolText.IsDeclaredInCell(symbol) || symbol is INamespaceSymbol
        || symbol.ContainingNamespace is not { IsGlobalNamespace: false } space
            ? null : $"In {space.ToDisplayString()}, {symbol.ContainingAssembly?.Name}";
}
