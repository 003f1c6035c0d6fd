namespace Caseload.MixedModels.Formulas;

/// <summary>How a variable of a formula becomes numbers.</summary>
public enum VariableKind
{
    /// <summary>A column as it is: a factor where it holds text or flags or the settings say so, otherwise a number.</summary>
    Column,

    /// <summary>A factor whatever the column holds: <c>factor(x)</c>.</summary>
    Factor,

    /// <summary>The result of arithmetic: <c>I(age^2)</c>, <c>log(size)</c>.</summary>
    Number,
}

/// <summary>A variable of the model's fixed part.</summary>
/// <param name="Name">Its name in coefficients, as R prints it.</param>
/// <param name="Kind">How it becomes numbers.</param>
/// <param name="Expression">What is evaluated: a column's name, or arithmetic of columns.</param>
public sealed record ModelVariable(string Name, VariableKind Kind, Expression Expression);

/// <summary>A term: one variable, or the product of several.</summary>
/// <param name="Variables">The positions of its variables in <see cref="ModelFormula.Variables"/>, ascending.</param>
public sealed record ModelTerm(IReadOnlyList<int> Variables);

/// <summary>A random intercept: <c>(1 | g)</c>.</summary>
/// <param name="Group">The column whose values are the groups.</param>
/// <param name="Position">Where the term stands in the formula, from 0.</param>
public sealed record RandomTerm(NameReference Group, int Position);

/// <summary>A formula as a model: what is explained, by which terms, and how observations are grouped.</summary>
/// <param name="Text">The formula as it was written.</param>
/// <param name="Response">The left side.</param>
/// <param name="HasIntercept">Whether the fixed part has an intercept.</param>
/// <param name="Variables">The variables of the fixed part, in order of first appearance.</param>
/// <param name="Terms">The terms of the fixed part: main effects first, then products of two, and so on, as R orders them.</param>
public sealed record ModelFormula(
    string Text, Expression Response, bool HasIntercept, IReadOnlyList<ModelVariable> Variables, IReadOnlyList<ModelTerm> Terms)
{
    /// <summary>What is added to the linear predictor with the coefficient 1.</summary>
    public IReadOnlyList<Expression> Offsets { get; init; } = [];

    /// <summary>The random intercept, or null where all effects are fixed.</summary>
    public RandomTerm? Random { get; init; }

    /// <summary>Reads a formula in the dialect of R and lme4.</summary>
    /// <param name="formula">For example <c>y ~ age + need + cin * ref + (1 | la)</c>.</param>
    /// <exception cref="Frames.ProblemException">It is not a formula, or asks for what is not built; the message points at the
    /// character.</exception>
    public static ModelFormula Parse(string formula)
    {
        ArgumentNullException.ThrowIfNull(formula);
        var (response, model) = FormulaParser.Parse(formula);
        return new TermExpansion(formula).Expand(response, model);
    }
}
