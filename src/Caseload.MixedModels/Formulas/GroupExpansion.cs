namespace Caseload.MixedModels.Formulas;

/// <summary>
/// Turns the right side of a bar into groupings: a column; <c>a:b</c>, the combinations of two columns; <c>a/b</c>, which is <c>a</c> and
/// <c>b</c> within <c>a</c>.
/// </summary>
internal sealed class GroupExpansion(string formula)
{
    /// <summary>The groupings, each as its columns; the innermost column first, which is how lme4 names them.</summary>
    internal IReadOnlyList<IReadOnlyList<NameReference>> Groups(Expression expression)
    {
        switch (expression)
        {
            case NameReference name:
                return [[name]];
            case Parenthesis parenthesis:
                return Groups(parenthesis.Inner);
            case FunctionCall { Function: "factor", Arguments: [NameReference name] }:
                return [[name]];
            case BinaryOperation { Operator: ':' } both:
                return [Join(Single(both.Left), Single(both.Right))];
            case BinaryOperation { Operator: '/' } nested:
                var outer = Groups(nested.Left);
                return [.. outer, Join(Single(nested.Right), outer[^1])];
            default:
                throw FormulaProblem.At(formula, expression.Position, $"\"{FormulaText.Of(expression)}\" as a grouping",
                    "a column, a:b for combinations or a/b for b within a", "Name the column whose values are the groups.");
        }
    }

    private IReadOnlyList<NameReference> Single(Expression expression) => Groups(expression) is [var only]
        ? only
        : throw FormulaProblem.At(formula, expression.Position, $"\"{FormulaText.Of(expression)}\" inside a combination of groupings",
            "one grouping there", "Write nested groupings as a/b/c.");

    private static List<NameReference> Join(IReadOnlyList<NameReference> first, IReadOnlyList<NameReference> second) =>
        [.. first, .. second.Where(name => first.All(f => f.Name != name.Name))];
}
