using Caseload.Frames;
using Caseload.MixedModels.Formulas;

namespace Caseload.MixedModels.Tests.Formulas;

public sealed class ArithmeticTests
{
    private static readonly Frame Data =
        new([new NumberColumn("a", [2, 3, double.NaN]), new IntegerColumn("b", [10, 20, 30]), TextColumn.Of("t", ["x", "y", "z"])]);

    [Theory]
    [InlineData("a + b * 2", 22, 43)]
    [InlineData("(a + b) * 2", 24, 46)]
    [InlineData("-a^2", -4, -9)]
    [InlineData("2^3^a / 2^9", 1, 262144)]
    [InlineData("b / a / 5", 1, 4.0 / 3)]
    [InlineData("b - a - 1", 7, 16)]
    [InlineData("log(exp(a)) + sqrt(4)", 4, 5)]
    [InlineData("I(a)", 2, 3)]
    public void Follows_the_precedence_of_R(string arithmetic, double first, double second)
    {
        var values = Evaluate(arithmetic);
        Assert.Equal(first, values[0], 12);
        Assert.Equal(second, values[1], 12);
    }

    [Theory]
    [InlineData("a + 1")]
    [InlineData("a^0")]
    [InlineData("0^0 * a")]
    public void Keeps_a_missing_cell_missing(string arithmetic) => Assert.True(double.IsNaN(Evaluate(arithmetic)[2]));

    [Theory]
    [InlineData("t + 1")]
    [InlineData("a : b")]
    [InlineData("nosuch + 1")]
    [InlineData("sin(a)")]
    public void Refuses_what_is_no_arithmetic_of_numbers(string arithmetic) =>
        Assert.Equal(ProblemKind.WrongUsage, Assert.Throws<ProblemException>(() => Evaluate(arithmetic)).Problem.Kind);

    private static double[] Evaluate(string arithmetic)
    {
        var formula = arithmetic + " ~ 1";
        return Arithmetic.Evaluate(ModelFormula.Parse(formula).Response, Data, formula);
    }
}
