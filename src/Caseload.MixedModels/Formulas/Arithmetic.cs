using Caseload.Frames;

namespace Caseload.MixedModels.Formulas;

/// <summary>Evaluates arithmetic of columns, row by row. A missing cell makes the result missing, which is not-a-number.</summary>
public static class Arithmetic
{
    private static readonly Dictionary<string, Func<double, double>> Functions = new(StringComparer.Ordinal)
    {
        ["log"] = Math.Log,
        ["exp"] = Math.Exp,
        ["sqrt"] = Math.Sqrt,
    };

    /// <summary>The functions that there are: of one argument, natural logarithms.</summary>
    public static IEnumerable<string> FunctionNames => Functions.Keys;

    /// <summary>Whether there is a function of a name.</summary>
    /// <param name="name">The name.</param>
    public static bool IsFunction(string name) => Functions.ContainsKey(name);

    /// <summary>The value of an expression in every row.</summary>
    /// <param name="expression">Numbers, columns of numbers, <c>+ - * / ^</c>, parentheses, <c>I()</c> and the functions above.</param>
    /// <param name="frame">The columns.</param>
    /// <param name="formula">The formula that the expression stands in, for messages.</param>
    /// <returns>One number a row; not-a-number where a cell is missing or the result is undefined.</returns>
    /// <exception cref="ProblemException">A column is missing or holds no numbers, or the expression is no arithmetic.</exception>
    public static double[] Evaluate(Expression expression, Frame frame, string formula)
    {
        ArgumentNullException.ThrowIfNull(frame);
        switch (expression)
        {
            case NumberLiteral number:
                var constant = new double[frame.RowCount];
                Array.Fill(constant, number.Value);
                return constant;
            case NameReference name:
                return Column(name, frame, formula);
            case Parenthesis parenthesis:
                return Evaluate(parenthesis.Inner, frame, formula);
            case UnaryOperation { Operator: var sign } unary:
                return Map(Evaluate(unary.Operand, frame, formula), v => sign == '-' ? -v : v);
            case FunctionCall { Function: "I", Arguments: [var argument] }:
                return Evaluate(argument, frame, formula);
            case FunctionCall { Arguments: [var argument] } call when Functions.TryGetValue(call.Function, out var function):
                return Map(Evaluate(argument, frame, formula), function);
            case BinaryOperation binary when Operator(binary.Operator) is { } operation:
                var left = Evaluate(binary.Left, frame, formula);
                var right = Evaluate(binary.Right, frame, formula);
                for (var i = 0; i < left.Length; i++) left[i] = operation(left[i], right[i]);
                return left;
            default:
                throw FormulaProblem.At(formula, expression.Position, $"\"{FormulaText.Of(expression)}\" in arithmetic",
                    $"numbers, columns, + - * / ^, parentheses, {string.Join(", ", FunctionNames.Select(f => f + "()"))}",
                        "Compute the column beforehand.");
        }
    }

    private static Func<double, double, double>? Operator(char symbol) => symbol switch
    {
        '+' => static (a, b) => a + b,
        '-' => static (a, b) => a - b,
        '*' => static (a, b) => a * b,
        '/' => static (a, b) => a / b,
        // The platform's pow(missing, 0) is 1; a missing cell stays missing here.
        '^' => static (a, b) => double.IsNaN(a) || double.IsNaN(b) ? double.NaN : Math.Pow(a, b),
        _ => null,
    };

    private static double[] Map(double[] values, Func<double, double> function)
    {
        for (var i = 0; i < values.Length; i++) values[i] = function(values[i]);
        return values;
    }

    private static double[] Column(NameReference name, Frame frame, string formula)
    {
        var column = ColumnLookup.Find(name, frame, formula);
        if (column.Type is ColumnType.Text or ColumnType.Date)
            throw FormulaProblem.At(formula, name.Position,
                $"the column \"{name.Name}\", which holds {(column.Type == ColumnType.Text ? "text" : "dates")}",
                "a column of numbers", "Use a column of numbers here.");
        return frame.Number(name.Name).Values.ToArray();
    }
}

/// <summary>Finds the columns that a formula names.</summary>
internal static class ColumnLookup
{
    /// <summary>A column, or an error that lists the columns that there are.</summary>
    internal static Column Find(NameReference name, Frame frame, string formula) =>
        frame.Find(name.Name) ?? throw FormulaProblem.At(formula, name.Position,
        $"no column named \"{name.Name}\"", "one of " + string.Join(", ", frame.Columns.Select(c => c.Name)),
            "Check the spelling: names are case sensitive.");
}
