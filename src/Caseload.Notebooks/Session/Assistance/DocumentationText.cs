using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Caseload.Notebooks.Session.Assistance;

/// <summary>Writes XML documentation as text.</summary>
/// <param name="style">How it is marked up.</param>
internal sealed partial class DocumentationText(DocumentationStyle style)
{
    /// <summary>The text of an element.</summary>
    /// <param name="element">A <c>summary</c>, a <c>param</c> and the like; null for none.</param>
    /// <returns>Paragraphs with a blank line between them; empty where there is nothing.</returns>
    public string Of(XElement? element)
    {
        if (element is null) return "";
        var text = new StringBuilder();
        foreach (var node in element.Nodes()) Write(text, node);
        return Breaks().Replace(Blanks().Replace(text.ToString(), "\n"), "\n\n").Trim();
    }

    /// <summary>Code within a sentence.</summary>
    /// <param name="code">The code.</param>
    public string Code(string code) => style.Mark(code);

    /// <summary>A documentation id as a person would write the name.</summary>
    /// <param name="id">The id, such as <c>M:System.String.Join``1(System.String)</c>.</param>
    public static string NameOf(string id)
    {
        var kind = id.Length > 1 && id[1] == ':' ? id[0] : 'T';
        var name = id.Length > 1 && id[1] == ':' ? id[2..] : id;
        name = Arity().Replace(name.Split('(')[0], "").Replace(".#ctor", "", StringComparison.Ordinal);
        var parts = name.Split('.');
        var isMember = kind is 'M' or 'P' or 'F' or 'E' && !id.Contains("#ctor", StringComparison.Ordinal);
        return string.Join('.', parts.TakeLast(isMember ? 2 : 1));
    }

    private void Write(StringBuilder text, XNode node)
    {
        switch (node)
        {
            case XText plain:
                text.Append(style.Escape(Space().Replace(plain.Value, " ")));
                break;
            case XElement { Name.LocalName: "para" or "p" } paragraph:
                text.Append("\n\n").Append(Of(paragraph)).Append("\n\n");
                break;
            case XElement { Name.LocalName: "br" }:
                text.Append("\n\n");
                break;
            case XElement { Name.LocalName: "c" } code:
                text.Append(style.Mark(Space().Replace(code.Value, " ")));
                break;
            case XElement { Name.LocalName: "code" } block:
                text.Append("\n\n").Append(style.Block(block.Value.Trim('\n', '\r'))).Append("\n\n");
                break;
            case XElement { Name.LocalName: "see" or "seealso" } see:
                text.Append(See(see));
                break;
            case XElement { Name.LocalName: "paramref" or "typeparamref" } parameter:
                text.Append(style.Mark(parameter.Attribute("name")?.Value ?? ""));
                break;
            case XElement { Name.LocalName: "list" } list:
                WriteList(text, list);
                break;
            case XElement other:
                foreach (var inner in other.Nodes()) Write(text, inner);
                break;
        }
    }

    private string See(XElement see)
    {
        if (see.Attribute("langword")?.Value is { } word) return style.Mark(word);
        if (see.Attribute("cref")?.Value is { } id) return style.Mark(see.Value.Length > 0 ? see.Value : NameOf(id));
        var address = see.Attribute("href")?.Value ?? "";
        return see.Value.Length == 0 ? address : style.Escape(see.Value) + (address.Length > 0 ? $" ({address})" : "");
    }

    private void WriteList(StringBuilder text, XElement list)
    {
        var numbered = list.Attribute("type")?.Value == "number";
        text.Append("\n\n");
        foreach (var (i, item) in list.Elements().Where(e => e.Name.LocalName is "item" or "listheader").Index())
        {
            string[] parts = [Of(item.Element("term")), Of(item.Element("description"))];
            var said = parts.Where(p => p.Length > 0).ToArray();
            text.Append(numbered ? $"{i + 1}. " : "- ").Append(said.Length > 0 ? string.Join(": ", said) : Of(item)).Append('\n');
        }

        text.Append("\n\n");
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    [GeneratedRegex(@" *\n *(?=\n|[^ `])")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"\n{3,}")]
    private static partial Regex Breaks();

    [GeneratedRegex(@"``?\d+|\{[^}]*\}")]
    private static partial Regex Arity();
}
