using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace Caseload.Notebooks.Session.Assistance;

/// <summary>The comments with three strokes above what a cell declares. The compiler takes them for plain comments, which costs
/// nothing.</summary>
internal static class CellComments
{
    /// <summary>What is written above a declaration.</summary>
    /// <param name="symbol">What is declared.</param>
    /// <returns>Null where nothing is written, or where it is no XML.</returns>
    public static XElement? Of(ISymbol symbol)
    {
        var lines = symbol.DeclaringSyntaxReferences
            .Select(r => r.GetSyntax().FirstAncestorOrSelf<SyntaxNode>(n => n.HasLeadingTrivia)?.GetLeadingTrivia()
                .Select(t => t.ToString()).Where(t => t.StartsWith("///", StringComparison.Ordinal)).Select(t => t[3..]).ToArray())
            .FirstOrDefault(found => found is { Length: > 0 });
        if (lines is null) return null;
        try
        {
            return XElement.Parse($"<member>{string.Join('\n', lines)}</member>", LoadOptions.PreserveWhitespace);
        }
        catch (XmlException)
        {
            return null;
        }
    }
}
