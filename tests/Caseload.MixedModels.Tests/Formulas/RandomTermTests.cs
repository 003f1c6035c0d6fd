using Caseload.Frames;
using Caseload.MixedModels.Formulas;

namespace Caseload.MixedModels.Tests.Formulas;

public sealed class RandomTermTests
{
    // Each random term as (effects | grouping), in the order in which lme4 1.1-31 takes them apart.
    [Theory]
    [InlineData("(1 | g)", "1 | g")]
    [InlineData("(x | g)", "1 + x | g")]
    [InlineData("(1 + x | g)", "1 + x | g")]
    [InlineData("(0 + x | g)", "x | g")]
    [InlineData("(x - 1 | g)", "x | g")]
    [InlineData("(x * z | g)", "1 + x + z + x:z | g")]
    [InlineData("(I(x^2) | g)", "1 + I(x^2) | g")]
    [InlineData("(1 + x || g)", "1 | g; x | g")]
    [InlineData("(x + z || g)", "1 | g; x | g; z | g")]
    [InlineData("(1 | a/b)", "1 | a; 1 | b:a")]
    [InlineData("(1 | a/b/c)", "1 | a; 1 | b:a; 1 | c:b:a")]
    [InlineData("(1 | a:b)", "1 | a:b")]
    [InlineData("(1 | g) + (1 | h)", "1 | g; 1 | h")]
    [InlineData("(1 | g) + (0 + x | g)", "1 | g; x | g")]
    [InlineData("(1 | factor(g))", "1 | g")]
    [InlineData("(1 | g) + (1 | g)", "1 | g")]
    public void Are_taken_apart_as_lme4_does(string written, string expected)
    {
        var formula = ModelFormula.Parse("y ~ w + " + written);
        Assert.Equal(expected, string.Join("; ", formula.RandomTerms.Select(term => Tell(formula, term))));
    }

    [Fact]
    public void Do_not_change_the_order_of_the_fixed_variables() =>
        Assert.Equal(["z", "x"], ModelFormula.Parse("y ~ (x | g) + z * x").Variables.Select(v => v.Name));

    [Theory]
    [InlineData("y ~ (0 | g)", 5, "without an effect")]
    [InlineData("y ~ (1 | 2)", 9, "as a grouping")]
    [InlineData("y ~ (1 | g) + (x | g)", 17, "a second random effect of the intercept for g")]
    [InlineData("y ~ (1 | (a/b):c)", 9, "inside a combination")]
    [InlineData("y ~ 1 | g", 6, "not added as a whole")]
    public void Point_at_the_character_where_they_go_wrong(string text, int position, string found)
    {
        var problem = Assert.Throws<ProblemException>(() => ModelFormula.Parse(text)).Problem;
        Assert.Contains(found, problem.Found, StringComparison.Ordinal);
        Assert.Equal($"{text}\n{new string(' ', 10 + position)}^", problem.Where);
    }

    private static string Tell(ModelFormula formula, RandomTerm term)
    {
        var effects = term.Terms.Select(t => string.Join(":", t.Variables.Select(v => formula.Variables[v].Name)));
        return string.Join(" + ", term.HasIntercept ? effects.Prepend("1") : effects) + " | " + term.GroupName;
    }
}
