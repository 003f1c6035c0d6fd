using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Caseload.Notebooks.Session.Assistance;

/// <summary>What a place asks for: the values of an enumeration, and the names of the parameters of a call.</summary>
internal static class ExpectedValues
{
    /// <summary>Adds the values and names that the place at the cursor asks for.</summary>
    /// <param name="cursor">The cursor.</param>
    /// <param name="items">The list.</param>
    public static void Add(BoundCursor cursor, CompletionItems items)
    {
        var expected = new List<ITypeSymbol?>();
        if (cursor.Placeholder.Parent?.Parent is ArgumentSyntax { Parent: BaseArgumentListSyntax { Parent: { } call } list } argument)
        {
            var candidates = cursor.Candidates(call);
            var named = list.Arguments.Select(a => a.NameColon?.Name.Identifier.ValueText).ToHashSet(StringComparer.Ordinal);
            var place = list.Arguments.IndexOf(argument);
            if (argument.NameColon is null)
            {
                items.Add(candidates.SelectMany(m => m.Parameters.Skip(place)).Where(p => !named.Contains(p.Name))
                    .DistinctBy(p => p.Name).Select(p => new Completion(p.Name + ":", "parameter", SymbolText.Signature(p))));
            }

            var name = argument.NameColon?.Name.Identifier.ValueText;
            expected.AddRange(candidates.Select(m =>
                (name is null ? m.Parameters.ElementAtOrDefault(place) : m.Parameters.FirstOrDefault(p => p.Name == name))?.Type));
        }
        else
        {
            expected.Add(Expected(cursor.Model, cursor.Placeholder.Parent));
        }

        items.Add(expected.Select(EnumOf).OfType<ITypeSymbol>().Distinct<ITypeSymbol>(SymbolEqualityComparer.Default)
            .SelectMany(MemberCompletions.EnumMembers).Where(SymbolText.IsForPeople)
            .Select(m => new Completion($"{m.ContainingType.Name}.{m.Name}", SymbolText.Kind(m), SymbolText.Signature(m))));
    }

    private static ITypeSymbol? Expected(SemanticModel model, SyntaxNode? name) => name?.Parent switch
    {
        AssignmentExpressionSyntax assignment when assignment.Right == name => model.GetTypeInfo(assignment.Left).Type,
        BinaryExpressionSyntax binary when binary.Right == name => model.GetTypeInfo(binary.Left).Type,
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax declaration } } =>
            model.GetTypeInfo(declaration.Type).Type,
        EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax property } => model.GetTypeInfo(property.Type).Type,
        CaseSwitchLabelSyntax { Parent.Parent: SwitchStatementSyntax statement } => model.GetTypeInfo(statement.Expression).Type,
        ConstantPatternSyntax { Parent: SwitchExpressionArmSyntax { Parent: SwitchExpressionSyntax choice } } =>
            model.GetTypeInfo(choice.GoverningExpression).Type,
        SwitchExpressionArmSyntax { Parent: SwitchExpressionSyntax choice } => model.GetTypeInfo(choice.GoverningExpression).Type,
        ConstantPatternSyntax { Parent: IsPatternExpressionSyntax test } => model.GetTypeInfo(test.Expression).Type,
        ReturnStatementSyntax or ArrowExpressionClauseSyntax =>
            (name.FirstAncestorOrSelf<MethodDeclarationSyntax>()?.ReturnType
                ?? name.FirstAncestorOrSelf<LocalFunctionStatementSyntax>()?.ReturnType)
                is { } result ? model.GetTypeInfo(result).Type : null,
        _ => null,
    };

    private static ITypeSymbol? EnumOf(ITypeSymbol? type) => type switch
    {
        { TypeKind: TypeKind.Enum } => type,
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable => EnumOf(nullable.TypeArguments[0]),
        _ => null,
    };
}
