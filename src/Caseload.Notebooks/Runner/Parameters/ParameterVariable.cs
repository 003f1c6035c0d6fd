using Caseload.Frames;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Caseload.Notebooks.Runner.Parameters;

/// <summary>A variable that the cell of parameters declares.</summary>
/// <param name="Type">The type as it is written; <c>var</c> has that of the value.</param>
/// <param name="Declarator">The name and the value.</param>
internal sealed record ParameterVariable(TypeSyntax Type, VariableDeclaratorSyntax Declarator)
{
    /// <summary>The name.</summary>
    public string Name => Declarator.Identifier.ValueText;

    /// <summary>Where the declaration stands in the cell.</summary>
    public TextSpan Place => Declarator.Span;

    /// <summary>The change of the cell's text that gives the variable another value.</summary>
    /// <param name="parameter">The value.</param>
    /// <param name="where">The place, for messages.</param>
    /// <exception cref="ProblemException">Wrong usage: the value is none of the variable's type.</exception>
    public TextChange Change(Parameter parameter, string where)
    {
        var code = Code(parameter, where);
        return Declarator.Initializer is { Value: var value }
            ? new TextChange(value.Span, code)
            : new TextChange(new TextSpan(Declarator.Identifier.Span.End, 0), " = " + code);
    }

    private string Code(Parameter parameter, string where)
    {
        var value = Declarator.Initializer?.Value;
        if (TypeOf(Type.IsVar ? TypeOfValue(value) : Type) is { } type)
        {
            return ParameterLiteral.Of(type, parameter.Value) ?? throw Parameter.Wrong(
                $"{parameter.Name}={parameter.Value}", type.Words, where, $"Write a value that fits: -p {parameter.Name}={type.Example}.");
        }

        // What is no type of the list and has a member of a type as its value, such as Method.Exact, can only be one of an enumeration.
        if (value is MemberAccessExpressionSyntax { Expression: var owner } && (Type.IsVar || Same(Type, owner)))
        {
            return SyntaxFacts.IsValidIdentifier(parameter.Value) ? $"{owner}.{parameter.Value}" : throw Parameter.Wrong(
                $"{parameter.Name}={parameter.Value}", $"the name of a value of {owner}", where,
                $"Write a name alone: the present one is {value}.");
        }

        throw Parameter.Wrong($"{parameter.Name}, which is of a type that cannot be given as a parameter",
            "a variable of " + ParameterType.List, where,
            "Declare it with one of these types, or make it in another cell from parameters of them.");
    }

    // int? and int[] say something more of the same simple type.
    private static ParameterType? TypeOf(TypeSyntax? type) => type switch
    {
        NullableTypeSyntax nullable =>
            TypeOf(nullable.ElementType) is { IsArray: false } element ? element with { IsNullable = true } : null,
        ArrayTypeSyntax { RankSpecifiers: [{ Rank: 1 }] } array =>
            TypeOf(array.ElementType) is { } element ? element with { IsArray = true } : null,
        null => null,
        _ => ParameterType.Of(type.ToString()),
    };

    // The type of what stands after "var x =", as far as the text alone tells.
    private static TypeSyntax? TypeOfValue(ExpressionSyntax? value) => value switch
    {
        PrefixUnaryExpressionSyntax { Operand: LiteralExpressionSyntax operand } => TypeOfValue(operand),
        LiteralExpressionSyntax literal => literal.Token.Value switch
        {
            int => Keyword("int"),
            uint => Keyword("uint"),
            long => Keyword("long"),
            ulong => Keyword("ulong"),
            float => Keyword("float"),
            double => Keyword("double"),
            decimal => Keyword("decimal"),
            char => Keyword("char"),
            string => Keyword("string"),
            bool => Keyword("bool"),
            _ => null,
        },
        InterpolatedStringExpressionSyntax => Keyword("string"),
        ObjectCreationExpressionSyntax creation => creation.Type,
        MemberAccessExpressionSyntax { Expression: PredefinedTypeSyntax type } => type,
        CastExpressionSyntax cast => cast.Type,
        _ => null,
    };

    private static TypeSyntax Keyword(string type) => SyntaxFactory.ParseTypeName(type);

    private static bool Same(TypeSyntax type, ExpressionSyntax owner) =>
        Last((type as NullableTypeSyntax)?.ElementType.ToString() ?? type.ToString()) == Last(owner.ToString());

    private static string Last(string name) => name[(name.LastIndexOf('.') + 1)..];
}
