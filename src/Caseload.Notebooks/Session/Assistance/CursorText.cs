using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Caseload.Notebooks.Session.Assistance;

/// <summary>
/// A cell's text as far as the cursor, with a name of our own where the name that is being typed stands. What follows the cursor is left
/// out: half a line that runs into the next one would be read as something else. Only the types and methods that the cell declares
/// further down are kept; they move to the front.
/// </summary>
/// <param name="Tree">The text, parsed.</param>
/// <param name="Placeholder">The name at the cursor.</param>
internal sealed record CursorText(SyntaxTree Tree, SyntaxToken Placeholder)
{
    private const string Name = "caseload__cursor";

    // Words that begin a line in the middle of an expression: the line before them is no statement that lacks its end.
    private static readonly HashSet<string> Continuing = new(StringComparer.Ordinal)
    {
        "from", "where", "select", "group", "into", "orderby", "join", "let", "on", "equals", "by", "ascending", "descending",
        "and", "or", "not", "when", "with",
    };

    /// <summary>Reads a cell.</summary>
    /// <param name="code">The cell's text.</param>
    /// <param name="start">Where the name begins that is being typed.</param>
    /// <param name="path">The path under which the cell is compiled.</param>
    public static CursorText Read(string code, int start, string path)
    {
        var before = WithLaterDeclarations(code, start);
        var text = Parse(before, path);
        if (text.Placeholder.Parent is IdentifierNameSyntax || EndOfOpenLine(before, text.Tree) is not { } end) return text;
        return Parse(before[..end] + ";" + before[(end + 1)..], path);
    }

    private static CursorText Parse(string before, string path)
    {
        var tree = CSharpSyntaxTree.ParseText(before + Name + "\n", SubmissionCompiler.ParseOptions, path, System.Text.Encoding.UTF8);
        return new(tree, tree.GetRoot().FindToken(before.Length));
    }

    // Of `x` and, on the next line, `data.` the compiler makes a declaration of a variable data. The line break after a name is
    // taken for a semicolon there; both are one character long.
    private static int? EndOfOpenLine(string before, SyntaxTree tree)
    {
        var lineStart = before.LastIndexOf('\n') + 1;
        if (lineStart == 0) return null;
        var first = tree.GetRoot().FindToken(lineStart);
        var previous = first.GetPreviousToken();
        return first.IsKind(SyntaxKind.IdentifierToken) && !Continuing.Contains(first.ValueText)
            && previous.IsKind(SyntaxKind.IdentifierToken) && previous.Span.End <= lineStart - 1
            ? lineStart - 1 : null;
    }

    private static string WithLaterDeclarations(string code, int start)
    {
        var before = code[..start];
        var rest = code[start..];
        if (!rest.Contains('{', StringComparison.Ordinal) && !rest.Contains("=>", StringComparison.Ordinal)
            && !rest.Contains("record", StringComparison.Ordinal)) return before;
        var root = CSharpSyntaxTree.ParseText(code, SubmissionCompiler.ParseOptions).GetCompilationUnitRoot();
        var later = root.Members
            .Where(m => m.FullSpan.Start >= start && m is BaseTypeDeclarationSyntax or MethodDeclarationSyntax).ToArray();
        var at = root.Members.Count > 0 ? root.Members[0].FullSpan.Start : 0;
        if (later.Length == 0 || at > start) return before;
        return before[..at] + string.Concat(later.Select(m => m.ToString() + "\n")) + before[at..];
    }
}
