using Caseload.Frames;
using Caseload.MixedModels.Fits;

namespace Caseload.MixedModels.Tests.Fits;

public sealed class NestedModelsTests
{
    private static readonly Frame Data = Simulated.Crossed(3, groups: 20, rows: 400);

    [Theory]
    [InlineData("y ~ x + (1 | g)", "y ~ x + f + (1 | g)")]
    [InlineData("y ~ x + (1 | g)", "y ~ factor(x) + (1 | g)")]
    [InlineData("y ~ f + (1 | g)", "y ~ 0 + f + x + (1 | g)")]
    [InlineData("y ~ I(2 * x + 1) + (1 | g)", "y ~ x + f + (1 | g)")]
    [InlineData("y ~ x + (1 + x || g)", "y ~ x + (1 + x | g)")]
    public void A_model_is_within_another_whose_columns_span_its_own(string small, string large) =>
        NestedModels.Require(Fit(small), Fit(large), "");

    [Theory]
    [InlineData("y ~ I(x^2) + (1 | g)", "y ~ x + f + (1 | g)", "not nested")]
    [InlineData("y ~ x + (1 | h)", "y ~ x + (1 + x | g)", "not nested")]
    [InlineData("y ~ x + (1 + x | g)", "y ~ x + f + (1 + x || g)", "not nested")]
    [InlineData("y ~ x + (1 | g)", "y ~ x + f + offset(0.1 * x) + (1 | g)", "different offsets")]
    [InlineData("I(1 - y) ~ x + (1 | g)", "y ~ x + f + (1 | g)", "different data")]
    public void Others_are_refused_with_a_sentence(string small, string large, string found)
    {
        var problem = Assert.Throws<ProblemException>(() => LikelihoodRatio.Compare(("one", Fit(small)), ("two", Fit(large)))).Problem;
        Assert.Equal(ProblemKind.WrongUsage, problem.Kind);
        Assert.Contains(found, problem.Found, StringComparison.Ordinal);
        Assert.NotEmpty(problem.Remedy);
    }

    [Fact]
    public void As_many_rows_of_other_data_are_refused()
    {
        var (one, other) = (MixedModel.Fit(Data.Head(300), "y ~ x + (1 | g)"), MixedModel.Fit(Data.Tail(300), "y ~ x + f + (1 | g)"));
        var problem = Assert.Throws<ProblemException>(() => LikelihoodRatio.Compare(("one", one), ("two", other))).Problem;
        Assert.Contains("different data", problem.Found, StringComparison.Ordinal);
    }

    private static MixedModelFit Fit(string formula) => MixedModel.Fit(Data, formula);
}
