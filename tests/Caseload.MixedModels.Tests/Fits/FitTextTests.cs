using Caseload.Frames;
using Caseload.MixedModels.Fits;

namespace Caseload.MixedModels.Tests.Fits;

/// <summary>The summary of models of several structures, as a person reads it.</summary>
public sealed class FitTextTests
{
    private static readonly Frame Data = Simulated.Crossed(seed: 61, groups: 24, others: 9, rows: 1200);

    [Theory]
    [InlineData("y ~ x", "Logistic regression, maximum likelihood")]
    [InlineData("y ~ x + (1 | g)", "Two-level logistic model with random intercepts, Laplace approximation")]
    [InlineData("y ~ x + (0 + x | g)", "Two-level logistic model with random slopes, Laplace approximation")]
    [InlineData("y ~ x + (x || g)", "Two-level logistic model with random intercepts and slopes, Laplace approximation")]
    [InlineData("y ~ x + (1 | r/g)", "Three-level logistic model with random intercepts, Laplace approximation")]
    [InlineData("y ~ x + (1 | g) + (1 | r)", "Three-level logistic model with random intercepts, Laplace approximation")]
    [InlineData("y ~ x + (x | g) + (1 | h)", "Cross-classified logistic model with random intercepts and slopes, Laplace approximation")]
    [InlineData("y ~ x + (1 | r/g) + (1 | h)", "Cross-classified logistic model with random intercepts, Laplace approximation")]
    public void Names_the_structure_that_the_data_have(string formula, string title) =>
        Assert.Equal(title, MixedModel.Fit(Data, formula).ToString().Split('\n')[0]);

    [Fact]
    public void Lists_the_groupings_and_separates_thousands() =>
        Assert.Contains("1,200 observations in 24 groups of g, 9 groups of h and 6 groups of r; ",
            MixedModel.Fit(Data, "y ~ x + (1 | g) + (1 | h) + (1 | r)").ToString(), StringComparison.Ordinal);

    [Fact]
    public void Gives_the_correlations_of_a_block_below_its_diagonal()
    {
        var fit = MixedModel.Fit(Data, "n ~ x + (1 + x + I(x^2) | g)", new FitSettings { Family = Family.Gaussian });
        var lines = fit.ToString().Split('\n');
        var header = Array.FindIndex(lines, line => line.Contains("correlation with 1st  ", StringComparison.Ordinal));
        Assert.EndsWith("2nd", lines[header], StringComparison.Ordinal);
        Assert.EndsWith(Three(fit.RandomEffects[0].Correlation[1][0]), lines[header + 2], StringComparison.Ordinal);
        Assert.EndsWith(Three(fit.RandomEffects[0].Correlation[2][1]), lines[header + 3], StringComparison.Ordinal);
        Assert.StartsWith("  residual", lines[header + 4], StringComparison.Ordinal);
        Assert.Equal(lines[header].Length, lines[header + 3].Length);
        Assert.DoesNotContain("partition", fit.ToString(), StringComparison.Ordinal);
    }

    // Goldstein, Browne and Rasbash (2002): each variance over the sum of all and pi^2/3.
    [Fact]
    public void Shares_the_variance_among_groupings_where_all_effects_are_intercepts()
    {
        var fit = MixedModel.Fit(Data, "y ~ x + (1 | g) + (1 | h)");
        var (g, h) = (fit.RandomEffects[0].Covariance[0][0], fit.RandomEffects[1].Covariance[0][0]);
        Assert.Equal(h / (g + h + Math.PI * Math.PI / 3), fit.VarianceShares[1].PartitionCoefficient, 1e-12);
        Assert.Equal(Math.Exp(0.95387255 * Math.Sqrt(h)), fit.VarianceShares[1].MedianOddsRatio, 1e-6);
        Assert.True(double.IsNaN(fit.VariancePartitionCoefficient) && double.IsNaN(fit.MedianOddsRatio));
        Assert.Contains($"variance partition coefficients g {fit.VarianceShares[0].PartitionCoefficient:F4}, h ", fit.ToString(),
            StringComparison.Ordinal);
        Assert.Empty(MixedModel.Fit(Data, "y ~ x + (x | g) + (1 | h)").VarianceShares);
    }

    [Fact]
    public void Keeps_decimal_points_below_each_other_and_sentences_short()
    {
        var text = MixedModel.Fit(Simulated.TwoLevel(seed: 51, groups: 4), "y ~ x + f + (1 | g)").ToString().Split('\n');
        var first = Array.IndexOf(text, "Fixed effects") + 1;
        var points = text[(first + 1)..(first + 5)].Select(line => line.IndexOf('.', StringComparison.Ordinal)).Distinct();
        Assert.Single(points);
        Assert.All(text[(first + 5)..], line => Assert.True(line.Length <= 100));
    }

    private static string Three(double number) => number.ToString("F3", System.Globalization.CultureInfo.InvariantCulture);
}
