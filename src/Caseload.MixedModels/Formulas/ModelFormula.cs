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

/// <summary>A variable of the model.</summary>
/// <param name="Name">Its name in coefficients, as R prints it.</param>
/// <param name="Kind">How it becomes numbers.</param>
/// <param name="Expression">What is evaluated: a column's name, or arithmetic of columns.</param>
public sealed record ModelVariable(string Name, VariableKind Kind, Expression Expression);

/// <summary>A term: one variable, or the product of several.</summary>
/// <param name="Variables">The positions of its variables in <see cref="ModelFormula.Variables"/>, ascending.</param>
public sealed record ModelTerm(IReadOnlyList<int> Variables);

/// <summary>
/// Random effects of one grouping that may be correlated with each other: <c>(1 + x | g)</c>. What is written as <c>(1 + x || g)</c> is
/// several of them, and so is <c>(1 | a/b)</c>.
/// </summary>
/// <param name="HasIntercept">Whether an intercept is among the effects.</param>
/// <param name="Terms">The other effects, as in the fixed part.</param>
/// <param name="Group">The grouping: one column, or several whose combinations are the groups.</param>
/// <param name="Position">Where the bar stands in the formula, from 0.</param>
public sealed record RandomTerm(bool HasIntercept, IReadOnlyList<ModelTerm> Terms, IReadOnlyList<NameReference> Group, int Position)
{
    /// <summary>The grouping's name: its columns with colons between them.</summary>
    public string GroupName => string.Join(":", Group.Select(g => g.Name));
}

/// <summary>A formula as a model: what is explained, by which terms, and how observations are grouped.</summary>
/// <param name="Text">The formula as it was written.</param>
/// <param name="Response">The left side.</param>
/// <param name="HasIntercept">Whether the fixed part has an intercept.</param>
/// <param name="Variables">The variables in order of first appearance: those of the fixed part, then those of random effects only.</param>
/// <param name="Terms">The terms of the fixed part: main effects first, then products of two, and so on, as R orders them.</param>
public sealed record ModelFormula(
    string Text, Expression Response, bool HasIntercept, IReadOnlyList<ModelVariable> Variables, IReadOnlyList<ModelTerm> Terms)
{
    /// <summary>What is added to the linear predictor with the coefficient 1.</summary>
    public IReadOnlyList<Expression> Offsets { get; init; } = [];

    /// <summary>The random effects in the order in which they were written; empty where all effects are fixed.</summary>
    public IReadOnlyList<RandomTerm> RandomTerms { get; init; } = [];

    /// <summary>Whether the only random effect is the intercept of one grouping.</summary>
    public bool HasOneRandomIntercept => RandomTerms is [{ HasIntercept: true, Terms.Count: 0 }];

    /// <summary>Reads a formula in the dialect of R and lme4.</summary>
    /// <param name="formula">For example <c>y ~ age + need + cin * ref + (1 | la)</c>.</param>
    /// <exception cref="Frames.ProblemException">It is not a formula of this dialect; the message points at the
    /// character.</exception>
    public static ModelFormula Parse(string formula)
    {
        ArgumentNullException.ThrowIfNull(formula);
        var (response, model) = FormulaParser.Parse(formula);
        return new TermExpansion(formula).Expand(response, model);
    }
}
