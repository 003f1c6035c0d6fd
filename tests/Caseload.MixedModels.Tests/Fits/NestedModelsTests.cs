using Caseload.Frames;
using Caseload.MixedModels.Fits;

namespace Caseload.MixedModels.Tests.Fits;

public sealed class NestedModelsTests
{
    private static readonly Frame Data = Simulated.Crossed(3, groups: 20, rows: 400);

    [Theory]
    [InlineData("y ~ x + (1 | g)", "y ~ x + f + (1 | g)", 2, 0, 0)]
    [InlineData("y ~ f + (1 | g)", "y ~ 0 + f + x + (1 | g)", 1, 0, 0)]
    [InlineData("y ~ I(2 * x + 1) + (1 | g)", "y ~ x + f + (1 | g)", 2, 0, 0)]
    [InlineData("y ~ x", "y ~ x + f + (1 | g)", 2, 1, 0)]
    [InlineData("y ~ x + (1 | g)", "y ~ x + (1 | g) + (1 | h)", 0, 1, 0)]
    [InlineData("y ~ x + (1 | g)", "y ~ x + (1 + x || g)", 0, 1, 0)]
    [InlineData("y ~ x + (1 | g)", "y ~ x + (1 + x | g)", 0, 1, 1)]
    [InlineData("y ~ x + (1 + x || g)", "y ~ x + (1 + x | g)", 0, 0, 1)]
    [InlineData("y ~ x + (0 + I(3 * x) | g)", "y ~ x + (1 + x | g)", 0, 1, 1)]
    [InlineData("y ~ f + (1 | g)", "y ~ f + (0 + f | g)", 0, 2, 3)]
    public void A_model_is_within_another_whose_columns_span_its_own(string small, string large, int coefficients, int variances,
        int covariances) => Assert.Equal(new AddedParameters(coefficients, variances, covariances),
            NestedModels.Require(Fit(small), Fit(large), ""));

    [Fact]
    public void Groupings_are_told_by_their_groups_and_not_by_their_names()
    {
        var renamed = Data.With(TextColumn.Of("area", Enumerable.Range(0, Data.RowCount).Select(row => "area " + Data["g"].Format(row))));
        NestedModels.Require(Fit("y ~ x + (1 | g)"), MixedModel.Fit(renamed, "y ~ x + f + (1 | area)"), "");
    }

    [Theory]
    [InlineData("y ~ I(x^2) + (1 | g)", "y ~ x + f + (1 | g)", "not nested", "lacks I(x^2).")]
    [InlineData("y ~ x + (1 | h)", "y ~ x + (1 + x | g)", "not nested", "lacks the random effects (Intercept) of h.")]
    [InlineData("y ~ x + (1 + x | g)", "y ~ x + f + (1 + x || g)", "not nested", "lacks the random effects (Intercept), x of g.")]
    [InlineData("y ~ x + f + (1 | g)", "y ~ x + (1 | g)", "not nested in this order", "from the smallest to the largest")]
    [InlineData("y ~ x + (1 | g)", "y ~ I(2 * x) + (1 | g)", "the same but for names", "Leave one of them out.")]
    [InlineData("y ~ x + (1 | g)", "y ~ x + f + offset(0.1 * x) + (1 | g)", "different offsets", "offset")]
    [InlineData("I(1 - y) ~ x + (1 | g)", "y ~ x + f + (1 | g)", "different data", "same frame")]
    public void Others_are_refused_with_a_sentence(string small, string large, string found, string remedy)
    {
        var problem = Refused(Fit(small), Fit(large));
        Assert.Equal(ProblemKind.WrongUsage, problem.Kind);
        Assert.Contains(found, problem.Found, StringComparison.Ordinal);
        Assert.Contains(remedy, problem.Remedy, StringComparison.Ordinal);
        Assert.Equal("one against two", problem.Where);
    }

    [Fact]
    public void As_many_rows_of_other_data_are_refused() => Assert.Contains("different data", Refused(
        MixedModel.Fit(Data.Head(300), "y ~ x + (1 | g)"), MixedModel.Fit(Data.Tail(300), "y ~ x + f + (1 | g)")).Found,
        StringComparison.Ordinal);

    [Fact]
    public void A_column_of_the_same_name_and_other_values_is_another_column()
    {
        var squared = Data.With(new NumberColumn("x", [.. Data.Number("x").Values.ToArray().Select(x => x * x)]));
        var problem = Refused(MixedModel.Fit(squared, "y ~ x + (1 | g)"), Fit("y ~ x + f + (1 | g)"));
        Assert.Contains("lacks x of the same values", problem.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_grouping_of_the_same_name_and_other_groups_is_another_grouping()
    {
        var moved = Data.With(TextColumn.Of("g", Enumerable.Range(0, Data.RowCount).Select(row => $"G{row % 20}")));
        var problem = Refused(MixedModel.Fit(moved, "y ~ x + (1 | g)"), Fit("y ~ x + f + (1 | g)"));
        Assert.Contains("of g in the same groups", problem.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Likelihoods_of_different_kinds_are_refused()
    {
        var large = Fit("y ~ x + f + (1 | g)");
        Assert.Contains("Laplace approximation and one by quadrature of 7 points", Refused(Fit("y ~ x + (1 | g)"),
            MixedModel.Fit(Data, "y ~ x + f + (1 | g)", new FitSettings { QuadraturePoints = 7 })).Found, StringComparison.Ordinal);
        Assert.Contains("links", Refused(MixedModel.Fit(Data, "y ~ x + (1 | g)", new FitSettings { Link = Link.Probit }), large).Found,
            StringComparison.Ordinal);
        Assert.Contains("quasi-likelihood", Refused(
            MixedModel.Fit(Data, "y ~ x + (1 | g)", new() { Estimator = Estimator.Pql1 }), large).Found, StringComparison.Ordinal);
        var numbers = new FitSettings { Family = Family.Gaussian };
        var restricted = MixedModel.Fit(Data, "y ~ x + (1 | g)", numbers with { Reml = true });
        Assert.Contains("a restricted one", Refused(MixedModel.Fit(Data, "y ~ x", numbers), restricted).Found, StringComparison.Ordinal);
        Assert.Equal(1, NestedModels.Require(MixedModel.Fit(Data, "y ~ x + f + (1 | g)", numbers with { Reml = true }),
            MixedModel.Fit(Data, "y ~ f + x + (1 | g) + (1 | h)", numbers with { Reml = true }), "").Variances);
        Assert.Contains("different fixed effects", Refused(restricted,
            MixedModel.Fit(Data, "y ~ x + f + (1 | g)", numbers with { Reml = true })).Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_random_effects_the_likelihood_is_exact_whatever_the_number_of_points() => Assert.Equal(new AddedParameters(0, 1, 0),
        NestedModels.Require(Fit("y ~ x"), MixedModel.Fit(Data, "y ~ x + (1 | g)", new FitSettings { QuadraturePoints = 7 }), ""));

    [Fact]
    public void Different_weights_are_refused()
    {
        var data = Data.With(new NumberColumn("w", [.. Enumerable.Range(0, Data.RowCount).Select(row => 1.0 + row % 2)]));
        var counts = new FitSettings { Family = Family.Poisson };
        Assert.Contains("weights differ", Refused(MixedModel.Fit(data, "y ~ x", counts),
            MixedModel.Fit(data, "y ~ x + f", counts with { Weights = "w" })).Found, StringComparison.Ordinal);
    }

    private static Problem Refused(MixedModelFit small, MixedModelFit large) =>
        Assert.Throws<ProblemException>(() => LikelihoodRatio.Compare(("one", small), ("two", large))).Problem;

    private static MixedModelFit Fit(string formula) => MixedModel.Fit(Data, formula);
}
