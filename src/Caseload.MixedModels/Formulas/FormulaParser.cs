using System.Globalization;

namespace Caseload.MixedModels.Formulas;

/// <summary>
/// Reads a formula into a syntax tree with R's precedence: <c>^</c>, then signs, <c>:</c>, <c>* /</c>, <c>+ -</c>, <c>|</c>, <c>~</c>.
/// </summary>
internal sealed class FormulaParser
{
    // Deep nesting is a mistake of a program rather than a model, and each level takes room on the stack.
    private const int DeepestNesting = 200;

    private readonly string formula;
    private readonly List<Token> tokens;
    private int next;
    private int depth;

    private FormulaParser(string formula) => (this.formula, tokens) = (formula, FormulaLexer.Cut(formula));

    private Token Current => tokens[next];

    /// <summary>Reads the two sides of a formula.</summary>
    /// <param name="formula">The formula.</param>
    /// <exception cref="Frames.ProblemException">It is not a formula; the message points at the character.</exception>
    internal static (Expression Response, Expression Model) Parse(string formula)
    {
        var parser = new FormulaParser(formula);
        if (parser.Current.Is('~'))
            throw parser.Unexpected("a response before ~", "Write the outcome's column before ~, as in y ~ x + (1 | area).");
        var response = parser.Operation(0);
        if (!parser.Current.Is('~'))
            throw parser.Unexpected("~ between the response and the model", "Write the model as in y ~ x + (1 | area).");
        parser.next++;
        var model = parser.Operation(0);
        if (parser.Current.Kind != TokenKind.End)
            throw parser.Unexpected("an operator or the end of the formula", "Look for a missing operator, comma or parenthesis.");
        return (response, model);
    }

    private static int Strength(Token token) => token.Kind != TokenKind.Symbol ? 0 : token.Text[0] switch
    {
        '|' or BinaryOperation.DoubleBar => 1,
        '+' or '-' => 2,
        '*' or '/' => 3,
        ':' => 4,
        '^' => 6,
        _ => 0,
    };

    // Operators of at least a strength, which grow to the left; powers grow to the right.
    private Expression Operation(int weakest)
    {
        if (++depth > DeepestNesting) throw Unexpected($"at most {DeepestNesting} levels of nesting", "Simplify the formula.");
        var left = Operand();
        while (Strength(Current) is var strength and > 0 && strength >= weakest)
        {
            var symbol = Current;
            next++;
            var right = Operation(symbol.Is('^') ? strength : strength + 1);
            left = new BinaryOperation(symbol.Text[0], left, right, symbol.Position);
        }

        depth--;
        return left;
    }

    private Expression Operand()
    {
        var token = Current;
        if (token.Kind == TokenKind.End || (token.Kind == TokenKind.Symbol && !(token.Is('(') || token.Is('+') || token.Is('-'))))
            throw Unexpected("a column's name, a number, a function or a parenthesis",
                "Look for an operator too many, or an operand that is missing.");
        next++;
        switch (token.Kind)
        {
            case TokenKind.Number:
                return new NumberLiteral(double.Parse(token.Text, CultureInfo.InvariantCulture), token.Position);
            case TokenKind.Name when Current.Is('('):
                return new FunctionCall(token.Text, Arguments(), token.Position);
            case TokenKind.Name:
                return new NameReference(token.Text, token.Position);
        }

        if (!token.Is('(')) return new UnaryOperation(token.Text[0], Operation(5), token.Position);
        var inner = Operation(0);
        Close(token);
        return new Parenthesis(inner, token.Position);
    }

    private List<Expression> Arguments()
    {
        var open = Current;
        next++;
        var arguments = new List<Expression> { Operation(0) };
        while (Current.Is(','))
        {
            next++;
            arguments.Add(Operation(0));
        }

        Close(open);
        return arguments;
    }

    private void Close(Token open)
    {
        if (Current.Kind == TokenKind.End)
            throw FormulaProblem.At(formula, open.Position, "a parenthesis that is never closed", "a closing parenthesis", "Close it.");
        if (!Current.Is(')'))
            throw Unexpected("an operator or a closing parenthesis", "Look for a missing operator, comma or parenthesis.");
        next++;
    }

    private Frames.ProblemException Unexpected(string expected, string remedy) =>
        FormulaProblem.At(formula, Current.Position, Current.Describe(), expected, remedy);
}
