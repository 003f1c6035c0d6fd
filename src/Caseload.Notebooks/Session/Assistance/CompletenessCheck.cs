using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Caseload.Notebooks.Session.Assistance;

/// <summary>Tells whether a cell's text is ready to run, from how it is written alone.</summary>
internal static class CompletenessCheck
{
    private const int Step = 4;
    private const string LineEndInText = "CS1010";

    /// <summary>Whether a text is ready to run.</summary>
    /// <param name="code">The text.</param>
    public static Completeness Of(string code)
    {
        // The three quotes that begin a text of several lines are that only before the end of their line.
        var text = code.EndsWith("\"\"\"", StringComparison.Ordinal) ? code + "\n" : code;
        var tree = CSharpSyntaxTree.ParseText(text, SubmissionCompiler.ParseOptions);
        var root = tree.GetCompilationUnitRoot();
        if (SyntaxFactory.IsCompleteSubmission(tree) && !LacksWhatFollows(root))
        {
            var isWrong = tree.GetDiagnostics().Any(d => d.Severity == DiagnosticSeverity.Error && !IsOfHost(d));
            return new(isWrong ? CompletenessStatus.Invalid : CompletenessStatus.Complete, "");
        }

        // An error well before the end stays one, whatever is typed next; so do what the parser found no place for, such as one bracket too
        // many, and a text in quotes that the line ends.
        var end = EndOfText(root);
        var isHopeless = tree.GetDiagnostics()
            .Any(d => d.Severity == DiagnosticSeverity.Error && !IsOfHost(d) && (d.Id == LineEndInText || IsBeforeEnd(d, root, end)))
            || root.DescendantTrivia().Any(t => t.IsKind(SyntaxKind.SkippedTokensTrivia));
        return isHopeless ? new(CompletenessStatus.Invalid, "") : new(CompletenessStatus.Incomplete, Indent(root, code));
    }

    // Attributes alone, and the head of a method without a body: whole to the parser, but nobody means to run them.
    private static bool LacksWhatFollows(CompilationUnitSyntax root) => root.Members.LastOrDefault() switch
    {
        IncompleteMemberSyntax { AttributeLists.Count: > 0 } => true,
        MethodDeclarationSyntax { Body: null, ExpressionBody: null } method =>
            method.SemicolonToken.IsMissing && !method.Modifiers.Any(SyntaxKind.ExternKeyword),
        _ => false,
    };

    private static SyntaxToken EndOfText(CompilationUnitSyntax root) => root.EndOfFileToken.GetPreviousToken();

    private static bool IsBeforeEnd(Diagnostic error, CompilationUnitSyntax root, SyntaxToken end)
    {
        var span = error.Location.SourceSpan;
        if (span.Start >= end.SpanStart || span.End >= end.Span.End) return false;

        // What is open begins before the end as well: a string, a comment, a bracket that waits for its other half.
        var token = root.FindToken(span.Start, findInsideTrivia: true);
        return !token.IsMissing && error.Id is "CS1513" or "CS1022" or "CS1056" or "CS1519" or "CS1525" or "CS1002";
    }

    // The directives of the dialect are no errors, though the compiler does not know them.
    private static bool IsOfHost(Diagnostic error) => error.Location.SourceTree is { } tree
        && tree.GetText().Lines.GetLineFromPosition(error.Location.SourceSpan.Start).ToString().TrimStart() is var line
        && (line.StartsWith("#!", StringComparison.Ordinal) || line.StartsWith("#i ", StringComparison.Ordinal));

    private static string Indent(CompilationUnitSyntax root, string code)
    {
        var end = root.FindToken(Math.Max(0, code.Length - 1), findInsideTrivia: true);
        if (IsWithinText(root, end)) return "";
        var lastLine = code.TrimEnd()[(code.TrimEnd().LastIndexOf('\n') + 1)..];
        var indent = lastLine[..(lastLine.Length - lastLine.TrimStart().Length)];
        var last = EndOfText(root);
        var goesDeeper = last.Kind() is SyntaxKind.OpenBraceToken or SyntaxKind.OpenParenToken or SyntaxKind.OpenBracketToken
            or SyntaxKind.EqualsGreaterThanToken or SyntaxKind.EqualsToken or SyntaxKind.ElseKeyword or SyntaxKind.ColonToken
            || (last.IsKind(SyntaxKind.CloseParenToken)
                && last.Parent is IfStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax
                    or UsingStatementSyntax or LockStatementSyntax);
        return goesDeeper ? indent + new string(' ', Step) : indent;
    }

    // In a string or a comment that is open each blank counts, so none is put in.
    private static bool IsWithinText(CompilationUnitSyntax root, SyntaxToken end) =>
        end.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken
            or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.InterpolatedStringTextToken
        || root.EndOfFileToken.LeadingTrivia.Any(
            t => t.Kind() is SyntaxKind.MultiLineCommentTrivia or SyntaxKind.DisabledTextTrivia);
}
