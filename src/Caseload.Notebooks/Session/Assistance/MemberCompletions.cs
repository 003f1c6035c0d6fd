using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Caseload.Notebooks.Session.Assistance;

/// <summary>What can stand after a dot.</summary>
internal static class MemberCompletions
{
    /// <summary>The members of the owner of the name at the cursor.</summary>
    /// <param name="cursor">The cursor.</param>
    /// <param name="owner">What stands before the dot.</param>
    public static IEnumerable<ISymbol> Of(BoundCursor cursor, ExpressionSyntax owner)
    {
        var model = cursor.Model;
        if (cursor.Placeholder.Parent?.Parent is AliasQualifiedNameSyntax { Alias.Identifier.ValueText: "global" })
        {
            return model.Compilation.GlobalNamespace.GetMembers();
        }

        if (owner.FirstAncestorOrSelf<UsingDirectiveSyntax>() is { } import) return OfImport(cursor, owner, import);

        // Half a line is often read as a type and a name: what looks like a type there may still be an expression.
        var symbol = model.GetSymbolInfo(owner).Symbol;
        var type = model.GetTypeInfo(owner).Type;
        if (symbol is null && owner is NameSyntax && type is null or IErrorTypeSymbol)
        {
            var expression = SyntaxFactory.ParseExpression(owner.ToString());
            symbol = model.GetSpeculativeSymbolInfo(owner.SpanStart, expression, SpeculativeBindingOption.BindAsExpression).Symbol;
            type = model.GetSpeculativeTypeInfo(owner.SpanStart, expression, SpeculativeBindingOption.BindAsExpression).Type;
        }

        return symbol switch
        {
            INamespaceSymbol space => model.LookupNamespacesAndTypes(cursor.Position, space),
            ITypeSymbol named => model.LookupSymbols(cursor.Position, named).Where(IsOfType),
            _ when type is null or IErrorTypeSymbol => [],
            _ => OfInstance(cursor, type).Concat(OfSameNamedType(cursor, symbol, type)),
        };
    }

    /// <summary>What can be set in an object initialiser.</summary>
    /// <param name="cursor">The cursor.</param>
    /// <param name="type">The type that is made.</param>
    public static IEnumerable<ISymbol> Settable(BoundCursor cursor, ITypeSymbol type) =>
        cursor.Model.LookupSymbols(cursor.Position, type).Where(s => !s.IsStatic && s switch
        {
            IPropertySymbol { IsIndexer: false, SetMethod: { } set } => cursor.Model.IsAccessible(cursor.Position, set),
            IFieldSymbol { IsReadOnly: false, IsConst: false } => true,
            _ => false,
        });

    /// <summary>The values of a type that has a name for each.</summary>
    /// <param name="type">An enumeration.</param>
    public static IEnumerable<ISymbol> EnumMembers(ITypeSymbol type) =>
        type.GetMembers().OfType<IFieldSymbol>().Where(f => f.HasConstantValue);

    private static IEnumerable<ISymbol> OfImport(BoundCursor cursor, ExpressionSyntax owner, UsingDirectiveSyntax import)
    {
        var types = import.StaticKeyword != default || import.Alias is not null;
        return cursor.Model.GetSymbolInfo(owner).Symbol switch
        {
            INamespaceSymbol space => space.GetMembers()
                .Where(m => m is INamespaceSymbol || (types && cursor.Model.IsAccessible(cursor.Position, m))),
            ITypeSymbol type => type.GetTypeMembers(),
            _ => [],
        };
    }

    private static IEnumerable<ISymbol> OfInstance(BoundCursor cursor, ITypeSymbol type)
    {
        if (cursor.IsConditional && type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
        {
            type = nullable.TypeArguments[0];
        }

        var named = type is INamedTypeSymbol { IsTupleType: true } tuple
            ? tuple.TupleElements.Where(e => e.IsExplicitlyNamedTupleElement).Select(e => e.CorrespondingTupleField?.Name).ToHashSet()
            : [];
        return cursor.Model.LookupSymbols(cursor.Position, type, includeReducedExtensionMethods: true)
            .Where(s => !s.IsStatic && s is not ITypeSymbol && !named.Contains(s.Name));
    }

    // Of `Color Color` the name means both the property and its type.
    private static IEnumerable<ISymbol> OfSameNamedType(BoundCursor cursor, ISymbol? symbol, ITypeSymbol type) =>
        symbol is not null && symbol.Name == type.Name ? cursor.Model.LookupSymbols(cursor.Position, type).Where(IsOfType) : [];

    private static bool IsOfType(ISymbol symbol) => symbol.IsStatic || symbol is ITypeSymbol;
}
