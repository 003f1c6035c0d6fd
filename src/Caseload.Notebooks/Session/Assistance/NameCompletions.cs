using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Caseload.Notebooks.Session.Assistance;

/// <summary>What can stand where no dot comes before.</summary>
internal static class NameCompletions
{
    /// <summary>Adds what the name at the cursor could become.</summary>
    /// <param name="cursor">The cursor.</param>
    /// <param name="items">The list.</param>
    public static void Add(BoundCursor cursor, CompletionItems items)
    {
        var (model, position) = (cursor.Model, cursor.Position);
        switch (cursor.Placeholder.Parent?.Parent)
        {
            case UsingDirectiveSyntax import:
                items.Add(import.StaticKeyword == default && import.Alias is null
                    ? model.Compilation.GlobalNamespace.GetNamespaceMembers()
                    : model.LookupNamespacesAndTypes(position));
                return;
            case ObjectCreationExpressionSyntax creation when creation.Type.Span.Contains(position):
                items.Add(model.LookupNamespacesAndTypes(position).Where(IsConstructible));
                return;
            case AttributeSyntax:
                items.Add(model.LookupNamespacesAndTypes(position).Where(s => s is INamespaceSymbol || IsAttribute(s)));
                return;
            case InitializerExpressionSyntax initializer when AddMembersToSet(cursor, initializer, items):
                return;
            case BaseTypeSyntax or TypeParameterConstraintClauseSyntax or TypeConstraintSyntax or TypeArgumentListSyntax:
                items.Add(model.LookupNamespacesAndTypes(position));
                items.Add(KeywordCompletions.Types);
                return;
        }

        ExpectedValues.Add(cursor, items);
        if (cursor.Placeholder.Parent is not SimpleNameSyntax && !IsAtLineStart(cursor)) return;
        items.Add(model.LookupSymbols(position));
        items.Add(KeywordCompletions.At(cursor.Placeholder));
    }

    /// <summary>Whether a name is being made up at the cursor: of a variable, a parameter, a method. There is nothing to complete it
    /// with.</summary>
    /// <param name="placeholder">The name at the cursor.</param>
    public static bool IsNewName(SyntaxToken placeholder) => placeholder.Parent is VariableDeclaratorSyntax or ParameterSyntax
        or BaseTypeDeclarationSyntax or MethodDeclarationSyntax or LocalFunctionStatementSyntax or PropertyDeclarationSyntax
        or SingleVariableDesignationSyntax or ForEachStatementSyntax or FromClauseSyntax or LetClauseSyntax or EnumMemberDeclarationSyntax
        or TypeParameterSyntax or CatchDeclarationSyntax or TupleElementSyntax or NamespaceDeclarationSyntax;

    private static bool IsAtLineStart(BoundCursor cursor) =>
        !IsNewName(cursor.Placeholder) || cursor.Placeholder.GetPreviousToken().TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia);

    private static bool AddMembersToSet(BoundCursor cursor, InitializerExpressionSyntax initializer, CompletionItems items)
    {
        var type = cursor.Model.GetTypeInfo(initializer.Parent!).Type;
        if (type is null or IErrorTypeSymbol or IArrayTypeSymbol || initializer.IsKind(SyntaxKind.ArrayInitializerExpression)) return false;
        var set = initializer.Expressions.OfType<AssignmentExpressionSyntax>().Select(a => a.Left.ToString()).ToHashSet();
        items.Add(MemberCompletions.Settable(cursor, type).Where(s => !set.Contains(s.Name)));
        return initializer.Parent is WithExpressionSyntax
            || !type.AllInterfaces.Any(i => i.SpecialType == SpecialType.System_Collections_IEnumerable);
    }

    private static bool IsConstructible(ISymbol symbol) => symbol is INamespaceSymbol or ITypeParameterSymbol or INamedTypeSymbol
    {
        IsAbstract: false, IsStatic: false, TypeKind: TypeKind.Class or TypeKind.Struct or TypeKind.Delegate or TypeKind.Enum,
    };

    private static bool IsAttribute(ISymbol symbol)
    {
        for (var type = (symbol as INamedTypeSymbol)?.BaseType; type is not null; type = type.BaseType)
        {
            if (type.Name == "Attribute" && type.ContainingNamespace.Name == "System") return true;
        }

        return false;
    }
}
