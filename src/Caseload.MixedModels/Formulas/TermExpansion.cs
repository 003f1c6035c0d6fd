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
    private readonly List<BinaryOperation> bars = [];

    internal ModelFormula Expand(Expression response, Expression model)
    {
        var fixedPart = new Side { MayHoldRandomTerms = true };
        var terms = Ordered(Sum(model, fixedPart));

        // The variables of the fixed part come first, wherever the random terms stand: their order names the interactions.
        var random = bars.SelectMany(Random).DistinctBy(Key).ToList();
        RequireApart(random);
        return new ModelFormula(formula, response, fixedPart.Intercept, variables, terms) { Offsets = offsets, RandomTerms = random };
    }

    private List<ModelTerm> Ordered(IEnumerable<ulong> terms) => [.. terms.OrderBy(BitOperations.PopCount)
        .Select(bits => new ModelTerm([.. Enumerable.Range(0, variables.Count).Where(v => (bits >> v & 1) == 1)]))];

    // What may stand between plus and minus signs: terms, 0 and 1, and of the fixed part also offsets and random terms.
    private List<ulong> Sum(Expression expression, Side side)
    {
        switch (expression)
        {
            case BinaryOperation { Operator: '+' } sum:
                return [.. Sum(sum.Left, side).Union(Sum(sum.Right, side))];
            case BinaryOperation { Operator: '-' } difference:
                return Without(Sum(difference.Left, side), difference.Right, side);
            case UnaryOperation { Operator: '+' } plus:
                return Sum(plus.Operand, side);
            case UnaryOperation { Operator: '-' } minus:
                return Without([], minus.Operand, side);
            case NumberLiteral { Value: 0 or 1 } number:
                side.Intercept = number.Value == 1;
                return [];
            case FunctionCall { Function: "offset" } offset when side.MayHoldRandomTerms:
                offsets.Add(OneArgument(offset));
                return [];
            case Parenthesis { Inner: BinaryOperation { Operator: '|' or BinaryOperation.DoubleBar } bar } when side.MayHoldRandomTerms:
                bars.Add(bar);
                return [];
            case Parenthesis parenthesis:
                return Sum(parenthesis.Inner, side);
            default:
                return Product(expression);
        }
    }

    private List<ulong> Without(List<ulong> terms, Expression removed, Side side)
    {
        if (removed is NumberLiteral { Value: 0 or 1 } number)
        {
            side.Intercept = number.Value == 0;
            return terms;
        }

        return [.. terms.Except(Product(removed))];
    }

    // What may be multiplied: variables and products and sums of them.
    private List<ulong> Product(Expression expression)
    {
        switch (expression)
        {
            case Parenthesis { Inner: not BinaryOperation { Operator: '|' or BinaryOperation.DoubleBar } } parenthesis:
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

    // A double bar parts the effects, as lme4 does: each term, a factor with all its levels, has a covariance matrix of its own.
    private IEnumerable<RandomTerm> Random(BinaryOperation bar)
    {
        var side = new Side();
        var terms = Ordered(Sum(bar.Left, side));
        if (!side.Intercept && terms.Count == 0)
            throw FormulaProblem.At(formula, bar.Left.Position, "a random term without an effect", "1 for the intercept, or a column",
                "Write (1 | group) or (0 + x | group).");
        foreach (var group in new GroupExpansion(formula).Groups(bar.Right))
        {
            if (bar.Operator == '|')
            {
                yield return new RandomTerm(side.Intercept, terms, group, bar.Position);
                continue;
            }

            if (side.Intercept) yield return new RandomTerm(true, [], group, bar.Position);
            foreach (var term in terms) yield return new RandomTerm(false, [term], group, bar.Position);
        }
    }

    private static string Key(RandomTerm term) =>
        $"{term.GroupName}|{term.HasIntercept}|{string.Join(';', term.Terms.Select(t => string.Join(',', t.Variables)))}";

    // Two effects of the same column in the same grouping could not be told apart.
    private void RequireApart(List<RandomTerm> random)
    {
        foreach (var grouping in random.GroupBy(term => term.GroupName))
        {
            var seen = new HashSet<string>();
            foreach (var term in grouping)
            {
                var effects = term.Terms.Select(t => string.Join(':', t.Variables.Select(v => variables[v].Name)));
                if (term.HasIntercept) effects = effects.Prepend("the intercept");
                foreach (var effect in effects)
                {
                    if (!seen.Add(effect))
                        throw FormulaProblem.At(formula, term.Position, $"a second random effect of {effect} for {grouping.Key}",
                            "each effect once for each grouping", $"Drop it here, as in (0 + x | {grouping.Key}), or join the terms.");
                }
            }
        }
    }

    private ProblemException Refuse(Expression expression) => expression switch
    {
        BinaryOperation { Operator: '|' or BinaryOperation.DoubleBar } or Parenthesis { Inner: BinaryOperation } => FormulaProblem.At(
            formula, expression.Position, "a random term that is not added as a whole",
            "a random term in parentheses between plus signs, as in y ~ x + (1 | area)", "Put parentheses around it."),
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

    // The fixed part, or the left side of a bar.
    private sealed class Side
    {
        internal bool MayHoldRandomTerms { get; init; }

        internal bool Intercept { get; set; } = true;
    }
}
