using Caseload.Frames;
using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Formulas;
using Caseload.MixedModels.ModelFrames;

namespace Caseload.MixedModels.Tests.Designs;

public sealed class DesignColumnTests
{
    private static readonly Frame Data = new(
    [
        new IntegerColumn("y", [0, 1, 0, 1, 1, 0]),
        TextColumn.Of("a", ["p", "q", "p", "q", "p", "q"]),
        TextColumn.Of("b", ["u", "u", "v", "v", "w", "w"]),
        new NumberColumn("x", [1, 2, 3, 4, 5, 6]),
    ]);

    // Column names of model.matrix in R 4.2 for the same formula and levels.
    [Theory]
    [InlineData("y ~ a + b", "(Intercept) aq bv bw")]
    [InlineData("y ~ 0 + b", "bu bv bw")]
    [InlineData("y ~ 0 + a + b", "ap aq bv bw")]
    [InlineData("y ~ 0 + x + b", "x bu bv bw")]
    [InlineData("y ~ 0 + a:x + b", "bu bv bw ap:x aq:x")]
    [InlineData("y ~ a * b", "(Intercept) aq bv bw aq:bv aq:bw")]
    [InlineData("y ~ a + a:b", "(Intercept) aq ap:bv aq:bv ap:bw aq:bw")]
    [InlineData("y ~ x + x:a", "(Intercept) x x:aq")]
    [InlineData("y ~ x:a", "(Intercept) x:ap x:aq")]
    [InlineData("y ~ x * I(x^2)", "(Intercept) x I(x^2) x:I(x^2)")]
    public void Codes_factors_as_R_does(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', Columns(ModelFormula.Parse(text)).Select(c => c.Name)));

    [Fact]
    public void Multiplies_indicators_and_numbers()
    {
        var formula = ModelFormula.Parse("y ~ x * a");
        var variables = ModelFrame.Build(Data, formula, new FitSettings()).Variables;
        var values = new double[6];
        Columns(formula)[^1].Fill([.. variables.Select(v => v.Codes)], variables, values);
        Assert.Equal([0, 2, 0, 4, 0, 6], values);
    }

    [Fact]
    public void Describes_a_column_by_variable_and_level()
    {
        var formula = ModelFormula.Parse("y ~ a * x");
        var variables = ModelFrame.Build(Data, formula, new FitSettings()).Variables;
        Assert.Equal(["the intercept", "a, level q", "x", "a, level q with x"], Columns(formula).Select(c => c.Describe(variables)));
    }

    private static IReadOnlyList<DesignColumn> Columns(ModelFormula formula) =>
        DesignColumn.Of(formula, ModelFrame.Build(Data, formula, new FitSettings()).Variables);
}
