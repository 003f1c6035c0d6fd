using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Caseload.Notebooks.Session.Assistance;

/// <summary>What an inspection is about.</summary>
/// <param name="Symbol">The symbol; of a method, the overload that is meant.</param>
/// <param name="Overloads">The other methods that could be meant.</param>
/// <param name="Parameter">The name of the parameter that the cursor is at; null where it is at none.</param>
internal sealed record InspectedSymbol(ISymbol Symbol, IReadOnlyList<ISymbol> Overloads, string? Parameter)
{
    /// <summary>Finds the name at or just before a place, or else the call whose parentheses the place is in.</summary>
    /// <param name="model">What the names of the cell mean.</param>
    /// <param name="position">The place.</param>
    public static InspectedSymbol? At(SemanticModel model, int position)
    {
        var root = model.SyntaxTree.GetRoot();
        var token = root.FindToken(position);
        if (!IsName(token) && position > 0 && root.FindToken(position - 1) is var before && before.Span.End == position) token = before;
        if (IsName(token) && token.Span.Start <= position && Named(model, token) is { } named) return named;
        return Called(model, token.SpanStart >= position ? token.GetPreviousToken() : token, position);
    }

    private static bool IsName(SyntaxToken token) => token.IsKind(SyntaxKind.IdentifierToken) || token.Parent is PredefinedTypeSyntax
        || token.IsKind(SyntaxKind.ThisKeyword) || token.IsKind(SyntaxKind.BaseKeyword) || token.IsKind(SyntaxKind.NewKeyword);

    private static InspectedSymbol? Named(SemanticModel model, SyntaxToken token)
    {
        if (token.Parent is not { } node) return null;
        if (model.GetDeclaredSymbol(node) is { } declared && node is not ArgumentSyntax) return new(declared, [], null);
        if (Call(node) is { } call && Meant(model, call) is { } method) return Among(model, call, method, null);
        var info = model.GetSymbolInfo(node);
        var symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault();
        return symbol is null or IErrorTypeSymbol ? null : new(symbol, [], null);
    }

    // The call of which a node is the name: Write in Console.Write(x), StringBuilder in new StringBuilder(x).
    private static SyntaxNode? Call(SyntaxNode node)
    {
        var name = node.Parent is MemberAccessExpressionSyntax access && access.Name == node ? access
            : node.Parent is MemberBindingExpressionSyntax or QualifiedNameSyntax ? node.Parent : node;
        return name.Parent switch
        {
            InvocationExpressionSyntax invocation when invocation.Expression == name => invocation,
            ObjectCreationExpressionSyntax creation when creation.Type == name => creation,
            _ => node as BaseObjectCreationExpressionSyntax,
        };
    }

    private static InspectedSymbol? Called(SemanticModel model, SyntaxToken token, int position)
    {
        foreach (var list in token.Parent?.AncestorsAndSelf().OfType<BaseArgumentListSyntax>() ?? [])
        {
            if (position <= list.SpanStart || list.Parent is not { } call) continue;
            var isClosed = list is ArgumentListSyntax { CloseParenToken: { IsMissing: false } close } && position >= close.Span.End;
            if (isClosed || Meant(model, call) is not { } method) continue;
            var place = list.Arguments.GetSeparators().Count(s => s.Span.End <= position);
            var name = list.Arguments.ElementAtOrDefault(place)?.NameColon?.Name.Identifier.ValueText;
            return Among(model, call, method, name ?? ParameterAt(method, place));
        }

        return null;
    }

    private static string? ParameterAt(IMethodSymbol method, int place) =>
        method.Parameters.ElementAtOrDefault(place)?.Name ?? (method.Parameters is [.., { IsParams: true } last] ? last.Name : null);

    private static IMethodSymbol? Meant(SemanticModel model, SyntaxNode call)
    {
        var info = model.GetSymbolInfo(call);
        if ((info.Symbol ?? info.CandidateSymbols.FirstOrDefault()) is IMethodSymbol method) return method;
        return new BoundCursor(model, default).Candidates(call) is [var first, ..] ? first : null;
    }

    private static InspectedSymbol Among(SemanticModel model, SyntaxNode call, IMethodSymbol method, string? parameter)
    {
        var others = new BoundCursor(model, default).Candidates(call)
            .Where(m => !SymbolEqualityComparer.Default.Equals(Definition(m), Definition(method)) && SymbolText.IsOverload(m));
        return new(method, [.. others], parameter);
    }

    private static IMethodSymbol Definition(IMethodSymbol method) => (method.ReducedFrom ?? method).OriginalDefinition;
}
