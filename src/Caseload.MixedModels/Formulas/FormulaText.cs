using System.Globalization;

namespace Caseload.MixedModels.Formulas;

/// <summary>
/// Writes an expression as R's <c>deparse</c> does, which is what names a coefficient: spaces around <c>+ - * |</c>, none around
/// <c>/ ^ :</c>, parentheses as they were typed.
/// </summary>
public static class FormulaText
{
    /// <summary>The text of an expression.</summary>
    /// <param name="expression">The expression.</param>
    public static string Of(Expression expression) => expression switch
    {
        NumberLiteral number => Number(number.Value),
        NameReference name => Name(name.Name),
        UnaryOperation unary => unary.Operator + Of(unary.Operand),
        BinaryOperation { Operator: '/' or '^' or ':' } tight => Of(tight.Left) + tight.Operator + Of(tight.Right),
        BinaryOperation { Operator: BinaryOperation.DoubleBar } bars => $"{Of(bars.Left)} || {Of(bars.Right)}",
        BinaryOperation loose => $"{Of(loose.Left)} {loose.Operator} {Of(loose.Right)}",
        Parenthesis parenthesis => $"({Of(parenthesis.Inner)})",
        FunctionCall call => $"{call.Function}({string.Join(", ", call.Arguments.Select(Of))})",
        _ => throw new ArgumentException("Not a node of a formula.", nameof(expression)),
    };

    /// <summary>Whether a name needs no backquotes.</summary>
    /// <param name="name">The name of a column.</param>
    public static bool IsPlainName(string name) =>
        name is { Length: > 0 } && FormulaLexer.StartsName(name[0]) && name.All(FormulaLexer.ContinuesName);

    private static string Name(string name) => IsPlainName(name) ? name : $"`{name}`";

    // R prints at most 15 significant digits, in whichever of fixed and scientific notation is shorter, fixed where both are as long.
    private static string Number(double value)
    {
        var shortest = value.ToString("G15", CultureInfo.InvariantCulture);
        if (!double.IsFinite(value) || value == 0) return shortest;
        var exact = double.Parse(shortest, CultureInfo.InvariantCulture);
        var fixedText = exact.ToString("0.####################", CultureInfo.InvariantCulture);
        var scientific = exact.ToString("0.##############e+00", CultureInfo.InvariantCulture);
        return fixedText.Length <= scientific.Length ? fixedText : scientific;
    }
}
