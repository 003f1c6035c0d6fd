using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Caseload.Notebooks.Session.Assistance;

/// <summary>The words of the language that can begin what stands at a place.</summary>
internal static class KeywordCompletions
{
    /// <summary>The words that name a type.</summary>
    public static IReadOnlyList<Completion> Types { get; } = Words(
        "bool byte char decimal double dynamic float int long nint nuint object sbyte short string uint ulong ushort");

    private static readonly IReadOnlyList<Completion> InExpressions =
        [.. Types, .. Words("async await default false from is as switch with nameof new null sizeof static stackalloc throw true typeof")];

    private static readonly IReadOnlyList<Completion> AtStart =
    [
        .. InExpressions,
        .. Words("abstract break case catch class const continue delegate do else enum event extern finally fixed for foreach goto if "
            + "interface internal lock namespace out override partial private protected public readonly record ref return sealed struct "
            + "try unsafe using var virtual void volatile while yield"),
    ];

    /// <summary>The words for the place of a name.</summary>
    /// <param name="placeholder">The name at the cursor.</param>
    public static IReadOnlyList<Completion> At(SyntaxToken placeholder) => placeholder.Parent?.Parent switch
    {
        ArgumentSyntax => [.. InExpressions, .. Words("in out ref var")],
        ExpressionStatementSyntax or GlobalStatementSyntax or IncompleteMemberSyntax or VariableDeclarationSyntax or ParameterSyntax
            or CompilationUnitSyntax or MemberDeclarationSyntax => AtStart,
        ExpressionSyntax or EqualsValueClauseSyntax or StatementSyntax or InterpolationSyntax or ArrowExpressionClauseSyntax
            or ExpressionElementSyntax => InExpressions,
        _ => AtStart,
    };

    private static Completion[] Words(string words) => [.. words.Split(' ').Select(w => new Completion(w, "keyword", w))];
}
