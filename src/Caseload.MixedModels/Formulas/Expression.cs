namespace Caseload.MixedModels.Formulas;

/// <summary>A node of a formula's syntax tree.</summary>
/// <param name="Position">Where it stands in the formula, in characters from 0.</param>
public abstract record Expression(int Position);

/// <summary>A number.</summary>
/// <param name="Value">The number.</param>
/// <param name="Position">Where it stands.</param>
public sealed record NumberLiteral(double Value, int Position) : Expression(Position);

/// <summary>The name of a column.</summary>
/// <param name="Name">The name, without the backquotes that may enclose it.</param>
/// <param name="Position">Where it stands.</param>
public sealed record NameReference(string Name, int Position) : Expression(Position);

/// <summary>A sign before an operand.</summary>
/// <param name="Operator">Plus or minus.</param>
/// <param name="Operand">What it stands before.</param>
/// <param name="Position">Where the sign stands.</param>
public sealed record UnaryOperation(char Operator, Expression Operand, int Position) : Expression(Position);

/// <summary>An operator between two operands.</summary>
/// <param name="Operator">One of <c>+ - * / : ^ |</c>, or <see cref="DoubleBar"/>.</param>
/// <param name="Left">The operand on the left.</param>
/// <param name="Right">The operand on the right.</param>
/// <param name="Position">Where the operator stands.</param>
public sealed record BinaryOperation(char Operator, Expression Left, Expression Right, int Position) : Expression(Position)
{
    /// <summary>The one character that stands for <c>||</c>: random effects that are not correlated.</summary>
    public const char DoubleBar = '\u2016';
}

/// <summary>An expression in parentheses; they are kept because R prints them in the names of coefficients.</summary>
/// <param name="Inner">What they enclose.</param>
/// <param name="Position">Where the opening parenthesis stands.</param>
public sealed record Parenthesis(Expression Inner, int Position) : Expression(Position);

/// <summary>A function applied to arguments.</summary>
/// <param name="Function">The function's name.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Position">Where the name stands.</param>
public sealed record FunctionCall(string Function, IReadOnlyList<Expression> Arguments, int Position) : Expression(Position);
