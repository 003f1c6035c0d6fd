using Caseload.Frames;
using Caseload.MixedModels.Formulas;

namespace Caseload.MixedModels.Tests.Formulas;

public sealed class ModelFormulaTests
{
    [Theory]
    [InlineData("y ~ a + b", "1;a;b")]
    [InlineData("y ~ a * b", "1;a;b;a:b")]
    [InlineData("y ~ a:b + c", "1;c;a:b")]
    [InlineData("y ~ a * b * c", "1;a;b;c;a:b;a:c;b:c;a:b:c")]
    [InlineData("y ~ (a + b):c", "1;a:c;b:c")]
    [InlineData("y ~ a / b", "1;a;a:b")]
    [InlineData("y ~ a * b - a:b", "1;a;b")]
    [InlineData("y ~ 0 + a", "a")]
    [InlineData("y ~ a - 1", "a")]
    [InlineData("y ~ -1 + a", "a")]
    [InlineData("y ~ 1", "1")]
    [InlineData("y ~ a + a", "1;a")]
    [InlineData("y ~ b + a:b", "1;b;b:a")]
    [InlineData("y ~ offset(z) + a + (1 | g)", "1;a")]
    public void Expands_to_the_terms_that_R_gives(string text, string expected)
    {
        var formula = ModelFormula.Parse(text);
        var terms = formula.Terms.Select(t => string.Join(":", t.Variables.Select(v => formula.Variables[v].Name)));
        Assert.Equal(expected, string.Join(";", formula.HasIntercept ? terms.Prepend("1") : terms));
    }

    // What R 4.2 prints for names(coef(...)) or deparse of the same expression.
    [Theory]
    [InlineData("I(age^2)", "I(age^2)")]
    [InlineData("I((cin10/10-11)/5)", "I((cin10/10 - 11)/5)")]
    [InlineData("I( a*b+c )", "I(a * b + c)")]
    [InlineData("I(-a^2)", "I(-a^2)")]
    [InlineData("I(a*100000)", "I(a * 1e+05)")]
    [InlineData("I(a*0.50)", "I(a * 0.5)")]
    [InlineData("log( size )", "log(size)")]
    [InlineData("factor(need)", "factor(need)")]
    [InlineData("`a b`", "`a b`")]
    public void Names_variables_as_R_does(string written, string name) =>
        Assert.Equal(name, Assert.Single(ModelFormula.Parse("y ~ " + written).Variables).Name);

    [Fact]
    public void Keeps_the_response_the_offset_and_the_grouping()
    {
        var formula = ModelFormula.Parse("cbind(s, n - s) ~ x + offset(log(z)) + (1 | area)");
        Assert.Equal("cbind(s, n - s)", FormulaText.Of(formula.Response));
        Assert.Equal("log(z)", FormulaText.Of(Assert.Single(formula.Offsets)));
        Assert.Equal("area", Assert.Single(formula.RandomTerms).GroupName);
    }

    [Theory]
    [InlineData("y ~ x +", 7)]
    [InlineData("y ~ (x", 4)]
    [InlineData("y x", 2)]
    [InlineData("~ x", 0)]
    [InlineData("y ~ x $ z", 6)]
    [InlineData("y ~ x^2", 5)]
    [InlineData("y ~ poly(x, 2)", 4)]
    [InlineData("y ~ x + 1 | g", 10)]
    [InlineData("y ~ 3 * x", 4)]
    [InlineData("y ~ x))", 5)]
    [InlineData("y ~ `x", 4)]
    [InlineData("y ~ 1.2.3", 4)]
    public void Points_at_the_character_where_a_formula_goes_wrong(string text, int position)
    {
        var problem = Assert.Throws<ProblemException>(() => ModelFormula.Parse(text)).Problem;
        Assert.Equal(ProblemKind.WrongUsage, problem.Kind);
        Assert.Equal($"{text}\n{new string(' ', 10 + position)}^", problem.Where);
    }

    [Fact]
    public void Refuses_nesting_that_would_exhaust_the_stack() =>
        Assert.Throws<ProblemException>(() => ModelFormula.Parse("y ~ " + new string('(', 100_000) + "x"));
}
