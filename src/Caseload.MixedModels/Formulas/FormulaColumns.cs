namespace Caseload.MixedModels.Formulas;

/// <summary>The columns that a formula names.</summary>
internal static class FormulaColumns
{
    /// <summary>Every reference to a column: the response, the variables, the offsets, then the groupings.</summary>
    internal static IEnumerable<NameReference> Of(ModelFormula formula) =>
        formula.Variables.Select(v => v.Expression).Prepend(formula.Response).Concat(formula.Offsets)
            .SelectMany(References).Concat(formula.RandomTerms.SelectMany(term => term.Group));

    /// <summary>The columns of the left side.</summary>
    internal static IEnumerable<string> OfResponse(ModelFormula formula) => References(formula.Response).Select(name => name.Name);

    /// <summary>The columns that an expression names.</summary>
    internal static IEnumerable<string> OfExpression(Expression expression) => References(expression).Select(name => name.Name);

    private static IEnumerable<NameReference> References(Expression expression) => expression switch
    {
        NameReference name => [name],
        UnaryOperation unary => References(unary.Operand),
        BinaryOperation binary => References(binary.Left).Concat(References(binary.Right)),
        Parenthesis parenthesis => References(parenthesis.Inner),
        FunctionCall call => call.Arguments.SelectMany(References),
        _ => [],
    };
}
