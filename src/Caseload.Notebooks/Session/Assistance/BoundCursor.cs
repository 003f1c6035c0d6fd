using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Caseload.Notebooks.Session.Assistance;

/// <summary>A place in a cell that is bound to the cells before it.</summary>
/// <param name="Model">What the names of the cell mean.</param>
/// <param name="Placeholder">The name at the cursor.</param>
internal sealed record BoundCursor(SemanticModel Model, SyntaxToken Placeholder)
{
    /// <summary>The place.</summary>
    public int Position => Placeholder.SpanStart;

    /// <summary>What stands before the dot that the name follows; null where it follows none.</summary>
    public ExpressionSyntax? Owner
    {
        get
        {
            if (Placeholder.Parent is not NameSyntax name) return null;
            return name.Parent switch
            {
                MemberAccessExpressionSyntax access when access.Name == name => access.Expression,
                QualifiedNameSyntax qualified when qualified.Right == name => qualified.Left,
                AliasQualifiedNameSyntax alias when alias.Name == name => alias.Alias,
                MemberBindingExpressionSyntax binding when binding.Name == name =>
                    binding.Ancestors().OfType<ConditionalAccessExpressionSyntax>()
                        .FirstOrDefault(c => c.WhenNotNull.Span.Contains(binding.Span))?.Expression,
                _ => null,
            };
        }
    }

    /// <summary>Whether the owner is asked with <c>?.</c>.</summary>
    public bool IsConditional => Placeholder.Parent?.Parent is MemberBindingExpressionSyntax;

    /// <summary>The methods that a call might mean.</summary>
    /// <param name="call">A call, a construction, or the call of a base constructor.</param>
    public IReadOnlyList<IMethodSymbol> Candidates(SyntaxNode call)
    {
        var group = call switch
        {
            InvocationExpressionSyntax invocation => Model.GetMemberGroup(invocation.Expression),
            _ => Model.GetMemberGroup(call),
        };
        var methods = group.OfType<IMethodSymbol>().ToArray();
        if (methods.Length > 0) return methods;
        return call switch
        {
            BaseObjectCreationExpressionSyntax creation when Model.GetTypeInfo(creation).Type is INamedTypeSymbol type =>
                [.. type.InstanceConstructors.Where(c => Model.IsAccessible(call.SpanStart, c))],
            InvocationExpressionSyntax invocation
                when Model.GetTypeInfo(invocation.Expression).Type is INamedTypeSymbol { DelegateInvokeMethod: { } invoke } => [invoke],
            _ => [],
        };
    }
}
