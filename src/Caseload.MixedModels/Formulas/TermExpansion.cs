using System.Numerics;
using Caseload.Frames;

namespace Caseload.MixedModels.Formulas;

/// <summary>
/// Turns the right side of a formula into terms by the rules of Wilkinson and Rogers (1973), as R applies them: <c>a * b</c> is
/// <c>a + b + a:b</c>, <c>a / b</c> is <c>a + a:b</c>, a repeated term counts once.
/// </summary>
internal sealed class TermExpansion(string formula)
{
    // A term is a set of variables, held as the bits of one number.
    private const int MostVariables = 64;

    private readonly List<ModelVariable> variables = [];
    private readonly List<Expression> offsets = [];
    private RandomTerm? random;
    private bool intercept = true;

    internal ModelFormula Expand(Expression response, Expression model)
    {
        var terms = Sum(model);
        return new ModelFormula(formula, response, intercept, variables,
            [.. terms.OrderBy(BitOperations.PopCount)
                .Select(bits => new ModelTerm([.. Enumerable.Range(0, variables.Count).Where(v => (bits >> v & 1) == 1)]))])
        {
            Offsets = offsets,
            Random = random,
        };
    }

    // What may stand between the plus and minus signs of the right side: terms, 0 and 1, offsets and random terms.
    private List<ulong> Sum(Expression expression)
    {
        switch (expression)
        {
            case BinaryOperation { Operator: '+' } sum:
                return [.. Sum(sum.Left).Union(Sum(sum.Right))];
            case BinaryOperation { Operator: '-' } difference:
                return Without(Sum(difference.Left), difference.Right);
            case UnaryOperation { Operator: '+' } plus:
                return Sum(plus.Operand);
            case UnaryOperation { Operator: '-' } minus:
                return Without([], minus.Operand);
            case NumberLiteral { Value: 0 or 1 } number:
                intercept = number.Value == 1;
                return [];
            case FunctionCall { Function: "offset" } offset:
                offsets.Add(OneArgument(offset));
                return [];
            case Parenthesis { Inner: BinaryOperation { Operator: '|' } bar }:
                AddRandom(bar);
                return [];
            case Parenthesis parenthesis:
                return Sum(parenthesis.Inner);
            default:
                return Product(expression);
        }
    }

    private List<ulong> Without(List<ulong> terms, Expression removed)
    {
        if (removed is NumberLiteral { Value: 0 or 1 } number)
        {
            intercept = number.Value == 0;
            return terms;
        }

        return [.. terms.Except(Product(removed))];
    }

    // What may be multiplied: variables and products and sums of them.
    private List<ulong> Product(Expression expression)
    {
        switch (expression)
        {
            case Parenthesis { Inner: not BinaryOperation { Operator: '|' } } parenthesis:
                return Product(parenthesis.Inner);
            case BinaryOperation { Operator: '+' } sum:
                return [.. Product(sum.Left).Union(Product(sum.Right))];
            case BinaryOperation { Operator: ':' or '*' or '/' } product:
                var left = Product(product.Left);
                var right = Product(product.Right);
                return product.Operator switch
                {
                    ':' => Cross(left, right),
                    '*' => [.. left.Union(right).Union(Cross(left, right))],
                    _ => [.. left.Union(Cross([left.Aggregate((a, b) => a | b)], right))],
                };
            case NameReference name:
                return [Variable(new ModelVariable(FormulaText.Of(name), VariableKind.Column, name), name)];
            case FunctionCall { Function: "factor" } factor:
                return [Variable(new ModelVariable(FormulaText.Of(factor), VariableKind.Factor, OneArgument(factor)), factor)];
            case FunctionCall { Function: "I" } arithmetic:
                return [Variable(new ModelVariable(FormulaText.Of(arithmetic), VariableKind.Number, OneArgument(arithmetic)), arithmetic)];
            case FunctionCall call when Arithmetic.IsFunction(call.Function):
                return [Variable(new ModelVariable(FormulaText.Of(call), VariableKind.Number, call), call)];
            default:
                throw Refuse(expression);
        }
    }

    private static List<ulong> Cross(List<ulong> left, List<ulong> right) => [.. left.SelectMany(l => right.Select(r => l | r)).Distinct()];

    private ulong Variable(ModelVariable variable, Expression at)
    {
        var known = variables.FindIndex(v => v.Name == variable.Name);
        if (known >= 0) return 1UL << known;
        if (variables.Count == MostVariables)
            throw FormulaProblem.At(formula, at.Position, $"more than {MostVariables} variables", $"at most {MostVariables}",
                "Leave some out, or combine them.");
        variables.Add(variable);
        return 1UL << variables.Count - 1;
    }

    private Expression OneArgument(FunctionCall call) => call.Arguments is [var only]
        ? only
        : throw FormulaProblem.At(formula, call.Position, $"{call.Function}() with {call.Arguments.Count} arguments", "one argument",
            "Give it one.");

    private void AddRandom(BinaryOperation bar)
    {
        if (bar.Left is not NumberLiteral { Value: 1 })
            throw NotBuilt(bar.Left.Position, $"the random effect \"{FormulaText.Of(bar.Left)}\"",
                "a random intercept, as in (1 | area): random slopes are not built yet");
        if (bar.Right is not NameReference group)
            throw NotBuilt(bar.Right.Position, $"the grouping \"{FormulaText.Of(bar.Right)}\"",
                "one column as the grouping, as in (1 | area): nested and combined groupings are not built yet");
        if (random is not null && random.Group.Name != group.Name)
            throw NotBuilt(bar.Position, "a second random term", "one random term: several are not built yet");
        random = new RandomTerm(group, bar.Position);
    }

    private ProblemException NotBuilt(int position, string found, string expected) =>
        FormulaProblem.At(formula, position, found, expected, "Fit the model with one random intercept.");

    private ProblemException Refuse(Expression expression) => expression switch
    {
        BinaryOperation { Operator: '|' } or Parenthesis { Inner: BinaryOperation } => FormulaProblem.At(formula, expression.Position,
            "a random term that is not added as a whole", "a random term in parentheses between plus signs, as in y ~ x + (1 | area)",
                "Put parentheses around it."),
        BinaryOperation { Operator: '^' } power => FormulaProblem.At(formula, power.Position, "a power outside I()",
            "arithmetic inside I(), as in I(age^2)", "Write I(...), or write the interactions out."),
        FunctionCall call => FormulaProblem.At(formula, call.Position, $"the function {call.Function}()",
            $"I(), factor(), offset(), {string.Join(", ", Arithmetic.FunctionNames.Select(f => f + "()"))}",
                "Compute the column beforehand, or write it with I()."),
        NumberLiteral number =>
            FormulaProblem.At(formula, number.Position, $"the number {FormulaText.Of(number)} as a term",
            "the terms 0 and 1, which drop and add the intercept",
            "Put arithmetic inside I()."),
        _ => FormulaProblem.At(formula, expression.Position, $"\"{FormulaText.Of(expression)}\" as a term",
            "a column, or arithmetic inside I()", "Put arithmetic inside I()."),
    };
}
