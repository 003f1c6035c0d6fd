using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Caseload.Notebooks.Session.Assistance;

/// <summary>The sorts of places in a cell's text.</summary>
internal enum CursorPlace
{
    /// <summary>Code.</summary>
    Code,

    /// <summary>A line that begins with <c>#</c>.</summary>
    Directive,

    /// <summary>A comment, a string, a number, or code that is switched off.</summary>
    Prose,
}

/// <summary>Tells what sort of place the cursor is at.</summary>
internal static class CursorPlaces
{
    /// <summary>The sort of place at the end of a text.</summary>
    /// <param name="before">A cell's text as far as the cursor.</param>
    public static CursorPlace AtEndOf(string before)
    {
        var root = CSharpSyntaxTree.ParseText(before, SubmissionCompiler.ParseOptions).GetRoot();
        if (before.Length == 0) return CursorPlace.Code;
        var lineStart = before.LastIndexOf('\n') + 1;
        var hash = lineStart + before.AsSpan(lineStart).IndexOfAnyExcept(' ', '\t');
        if (hash >= lineStart && before[hash] == '#' && root.FindTrivia(hash) is { IsDirective: true }) return CursorPlace.Directive;
        return IsProse(root, before) ? CursorPlace.Prose : CursorPlace.Code;
    }

    /// <summary>Whether a place is within a comment, a directive or code that is switched off.</summary>
    /// <param name="root">The cell.</param>
    /// <param name="position">The place.</param>
    public static bool IsInComment(SyntaxNode root, int position)
    {
        var trivia = root.FindTrivia(position);
        return trivia.SpanStart < position && !trivia.IsKind(SyntaxKind.None) && !trivia.IsKind(SyntaxKind.WhitespaceTrivia)
            && !trivia.IsKind(SyntaxKind.EndOfLineTrivia);
    }

    private static bool IsProse(SyntaxNode root, string before)
    {
        var last = before.Length - 1;
        var trivia = root.FindTrivia(last, findInsideTrivia: false);
        if (trivia.IsDirective) return before[last] != '\n';
        switch (trivia.Kind())
        {
            case SyntaxKind.SingleLineCommentTrivia or SyntaxKind.SingleLineDocumentationCommentTrivia or SyntaxKind.DisabledTextTrivia:
                return true;
            case SyntaxKind.MultiLineCommentTrivia or SyntaxKind.MultiLineDocumentationCommentTrivia:
                return !trivia.ToString().EndsWith("*/", StringComparison.Ordinal);
        }

        var token = root.FindToken(last);
        if (!token.FullSpan.Contains(last)) return false;
        return token.Kind() switch
        {
            SyntaxKind.NumericLiteralToken => token.Span.Contains(last),
            SyntaxKind.StringLiteralToken or SyntaxKind.CharacterLiteralToken or SyntaxKind.Utf8StringLiteralToken
                or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken =>
                token.Span.Contains(last) && token.GetDiagnostics().Any(d => d.Severity == DiagnosticSeverity.Error),
            SyntaxKind.InterpolatedStringTextToken or SyntaxKind.InterpolatedStringStartToken
                or SyntaxKind.InterpolatedVerbatimStringStartToken or SyntaxKind.InterpolatedSingleLineRawStringStartToken
                or SyntaxKind.InterpolatedMultiLineRawStringStartToken => true,
            SyntaxKind.DotToken => token.GetPreviousToken() is var number && number.IsKind(SyntaxKind.NumericLiteralToken)
                && number.Span.End == token.SpanStart,
            _ => false,
        };
    }
}
