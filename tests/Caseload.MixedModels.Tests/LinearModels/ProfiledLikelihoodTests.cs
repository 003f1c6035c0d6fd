using Caseload.Frames;
using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Formulas;
using Caseload.MixedModels.LinearModels;
using Caseload.MixedModels.ModelFrames;
using Caseload.MixedModels.RandomEffects;
using FsCheck;
using FsCheck.Fluent;

namespace Caseload.MixedModels.Tests.LinearModels;

/// <summary>The profiled likelihood from sums over cells against the variance matrix of the rows written out, at random points.</summary>
public sealed class ProfiledLikelihoodTests
{
    public static TheoryData<string> Formulas { get; } =
    [
        "y ~ x + f + (1 | ab)",
        "y ~ x + f + (1 + x | ab)",
        "y ~ x + offset(o) + (1 | a / b) + (0 + x | h)",
        "y ~ x * f + (1 | ab) + (0 + x | ab) + (f | h)",
        "y ~ 0 + x + (1 + x + I(x^2) | h) + (1 | ab)",
    ];

    [Theory]
    [MemberData(nameof(Formulas))]
    public void Equals_the_direct_computation(string formula) => HoldAtPoints(formula, (likelihood, direct, theta) =>
        Assert.Equal(direct, likelihood.Value(theta), 1e-9 * (1 + Math.Abs(direct))));

    [Theory]
    [MemberData(nameof(Formulas))]
    public void Has_the_gradient_and_the_Hessian_of_numerical_differences(string formula) => HoldAtPoints(formula, (likelihood, _, theta) =>
    {
        var at = likelihood.Confirm(theta);
        for (var k = 0; k < theta.Length; k++)
        {
            var (up, down) = (Moved(theta, k, 1e-4), Moved(theta, k, -1e-4));
            Assert.Equal((likelihood.Value(up) - likelihood.Value(down)) / 2e-4, at.Gradient[k], 1e-5 * (1 + Math.Abs(at.Gradient[k])));
            var (above, below) = (likelihood.Evaluate(up, []).Gradient, likelihood.Evaluate(down, []).Gradient);
            for (var i = 0; i < theta.Length; i++)
                Assert.Equal((above[i] - below[i]) / 2e-4, at.Hessian[i, k],
                    2e-3 * (1 + Math.Abs(at.Hessian[i, i]) + Math.Abs(at.Hessian[k, k])));
        }
    });

    [Fact]
    public void Is_even_in_every_column_of_the_factors()
    {
        var (likelihood, _, _) = Build("y ~ x + (1 + x | ab)", 4, isRestricted: true, weighted: true);
        Assert.Equal(likelihood.Value([0.7, 0.2, 0.4]), likelihood.Value([-0.7, -0.2, 0.4]), 1e-11);
        Assert.Equal(likelihood.Value([0.7, 0.2, 0.4]), likelihood.Value([0.7, 0.2, -0.4]), 1e-11);
    }

    [Fact]
    public void Loses_no_digits_where_the_response_is_large_and_varies_little()
    {
        var data = Simulated.Linear(8);
        var raised = new Frame([.. data.Columns.Where(column => column.Name != "y"),
            new NumberColumn("y", [.. data.Number("y").Values.ToArray().Select(value => value + (1 << 20))])]);
        var settings = new FitSettings { Family = Family.Gaussian };
        var (low, high) = (MixedModel.Fit(data, "y ~ x + (1 | ab)", settings), MixedModel.Fit(raised, "y ~ x + (1 | ab)", settings));
        Assert.Equal(low.LogLikelihood, high.LogLikelihood, 1e-8);
        Assert.Equal(low["x"].Estimate, high["x"].Estimate, 1e-8);
        Assert.Equal(low["(Intercept)"].Estimate + (1 << 20), high["(Intercept)"].Estimate, 1e-8);
    }

    private static void HoldAtPoints(string formula, Action<ProfiledLikelihood, double, double[]> assertion) =>
        Properties.Hold(Gen.Choose(1, 100_000), seed =>
        {
            var (isRestricted, weighted) = (seed % 2 == 0, seed % 3 > 0);
            var (likelihood, direct, elements) = Build(formula, seed, isRestricted, weighted);
            var random = new Random(seed);
            double[] theta = [.. Enumerable.Range(0, elements).Select(_ => 0.8 * Simulated.Normal(random))];
            assertion(likelihood, direct.LogLikelihood(theta, isRestricted) - Weights(seed, formula, weighted), theta);
        }, count: 4);

    // What the likelihood leaves to the response: half the sum of the logarithms of weights is in the direct log|V| already.
    private static double Weights(int seed, string formula, bool weighted) => Frame(seed, formula, weighted).Response.LogConstant();

    private static (ProfiledLikelihood Likelihood, DirectLinearModel Direct, int Elements) Build(
        string formula, int seed, bool isRestricted, bool weighted)
    {
        var frame = Frame(seed, formula, weighted);
        var cells = CellTable.Collapse(frame);
        var layout = RandomLayout.Of(frame, cells);
        var statistics = LinearStatistics.Of(Design.Build(frame, cells), layout,
            CellMeans.Of((GaussianResponse)frame.Response, cells), frame.Observations)!;
        var likelihood = new ProfiledLikelihood(statistics, isRestricted);
        return (likelihood, new DirectLinearModel(frame, layout), likelihood.Factors.Elements.Count);
    }

    private static ModelFrame Frame(int seed, string formula, bool weighted) => ModelFrame.Build(Simulated.Linear(seed, 90),
        ModelFormula.Parse(formula), new FitSettings
        {
            Family = Family.Gaussian,
            Weights = weighted ? "w" : null,
            Frequencies = weighted ? "n" : null,
        });

    private static double[] Moved(double[] point, int parameter, double step)
    {
        var moved = (double[])point.Clone();
        moved[parameter] += step;
        return moved;
    }
}
