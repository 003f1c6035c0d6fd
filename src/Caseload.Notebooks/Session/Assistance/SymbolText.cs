using Microsoft.CodeAnalysis;

namespace Caseload.Notebooks.Session.Assistance;

/// <summary>What is told of a symbol: its kind in a word, and how it is declared.</summary>
internal static class SymbolText
{
    private static readonly SymbolDisplayFormat Format = new(
        SymbolDisplayGlobalNamespaceStyle.Omitted,
        SymbolDisplayTypeQualificationStyle.NameOnly,
        SymbolDisplayGenericsOptions.IncludeTypeParameters,
        SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeType
            | SymbolDisplayMemberOptions.IncludeContainingType | SymbolDisplayMemberOptions.IncludeRef | SymbolDisplayMemberOptions.IncludeConstantValue,
        SymbolDisplayDelegateStyle.NameAndSignature,
        SymbolDisplayExtensionMethodStyle.InstanceMethod,
        SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName
            | SymbolDisplayParameterOptions.IncludeParamsRefOut | SymbolDisplayParameterOptions.IncludeDefaultValue | SymbolDisplayParameterOptions.IncludeExtensionThis,
        SymbolDisplayPropertyStyle.ShowReadWriteDescriptor,
        SymbolDisplayLocalOptions.IncludeType | SymbolDisplayLocalOptions.IncludeConstantValue,
        SymbolDisplayKindOptions.None,
        SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier
            | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    private static readonly SymbolDisplayFormat OwnFormat =
        Format.WithMemberOptions(Format.MemberOptions & ~SymbolDisplayMemberOptions.IncludeContainingType);

    /// <summary>How a symbol is declared, in one line of C#.</summary>
    /// <param name="symbol">The symbol.</param>
    public static string Signature(ISymbol symbol) =>
        symbol.ToDisplayString(symbol.ContainingType is { IsScriptClass: false } ? Format : OwnFormat);

    /// <summary>What a symbol is, in the words that front ends have pictures for.</summary>
    /// <param name="symbol">The symbol.</param>
    public static string Kind(ISymbol symbol) => symbol switch
    {
        IFieldSymbol { ContainingType.TypeKind: TypeKind.Enum } => "enum member",
        IFieldSymbol { ContainingType.IsScriptClass: true } or ILocalSymbol or IRangeVariableSymbol => "variable",
        INamedTypeSymbol { IsRecord: true } => "record",
        INamedTypeSymbol type => type.TypeKind.ToString().ToLowerInvariant(),
        IMethodSymbol { MethodKind: MethodKind.Constructor } => "constructor",
        ITypeParameterSymbol => "type parameter",
        _ => symbol.Kind.ToString().ToLowerInvariant(),
    };

    /// <summary>Whether a symbol is one that people are meant to write: not made by the compiler, hidden, or gone.</summary>
    /// <param name="symbol">The symbol.</param>
    public static bool IsForPeople(ISymbol symbol) =>
        symbol.CanBeReferencedByName && !symbol.Name.StartsWith('<')
        && (IsDeclaredInCell(symbol) || !symbol.GetAttributes().Any(IsWarning));

    /// <summary>Whether a method is one of those that a call may mean: constructors, which have no name of their own, among them.</summary>
    /// <param name="symbol">The method.</param>
    public static bool IsOverload(ISymbol symbol) =>
        IsForPeople(symbol) || symbol is IMethodSymbol { MethodKind: MethodKind.Constructor, IsImplicitlyDeclared: false };

    /// <summary>Whether a symbol comes from a cell.</summary>
    /// <param name="symbol">The symbol.</param>
    public static bool IsDeclaredInCell(ISymbol symbol) => symbol.Locations.FirstOrDefault()?.IsInSource == true;

    private static bool IsWarning(AttributeData attribute)
    {
        var arguments = attribute.ConstructorArguments;
        return attribute.AttributeClass?.Name switch
        {
            // EditorBrowsableState.Never is 1.
            "EditorBrowsableAttribute" => arguments is [{ Value: 1 }],
            "ObsoleteAttribute" => arguments is [_, { Value: true }],
            _ => false,
        };
    }
}
