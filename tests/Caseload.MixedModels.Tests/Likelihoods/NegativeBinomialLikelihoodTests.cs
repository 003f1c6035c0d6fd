using Caseload.Frames;
using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Formulas;
using Caseload.MixedModels.Likelihoods;
using Caseload.MixedModels.ModelFrames;
using Caseload.MixedModels.RandomEffects;
using FsCheck;
using FsCheck.Fluent;

namespace Caseload.MixedModels.Tests.Likelihoods;

/// <summary>Derivatives of the negative binomial likelihoods, without random effects and with them by Laplace.</summary>
public sealed class NegativeBinomialLikelihoodTests
{
    private static readonly string[] Formulas =
        ["y ~ x + f + (1 | g)", "y ~ x + f + (1 + x | g)", "y ~ x + f + (1 + x || g)", "y ~ x + f + (1 | g) + (1 | f)", "y ~ x + f + (0 + x | g)"];

    private static readonly Gen<(int Seed, string Formula, double[] Point)> Points =
        from seed in Gen.Choose(1, 1000)
        from formula in Gen.Elements(Formulas)
        from point in Gen.Choose(-1000, 1000).ArrayOf(8)
        select (seed, formula, point.Select(p => p / 1000.0).ToArray());

    [Fact]
    public void Without_random_effects_have_the_derivatives_that_differences_give() => Properties.Hold(Points, at =>
    {
        var (design, _, terms) = Parts(at.Seed, "y ~ x + f");
        var likelihood = new NegativeBinomialLikelihood(design, terms);
        double[] point = [.. at.Point[..4], 2 * at.Point[4]];
        var exact = likelihood.Evaluate(point, []);
        Assert.Equal(likelihood.Value(point), exact.LogLikelihood, 1e-10);
        for (var k = 0; k < point.Length; k++)
        {
            Assert.Equal(Differences.First(point, k, 1e-4, likelihood.Value), exact.Gradient[k], 1e-5 * (1 + Math.Abs(exact.Gradient[k])));
            for (var row = 0; row < point.Length; row++)
            {
                var numeric = Differences.First(point, k, 1e-4, p => likelihood.Evaluate(p, []).Gradient[row]);
                Assert.Equal(numeric, exact.Hessian[row, k], 1e-5 * (1 + Math.Abs(numeric)));
            }
        }
    });

    [Fact]
    public void By_Laplace_have_the_gradient_that_differences_give() => Properties.Hold(Points, at =>
    {
        var (design, layout, terms) = Parts(at.Seed, at.Formula);
        var likelihood = new SparseLaplaceLikelihood(design, layout!, terms);
        var point = at.Point[..(design.Width + likelihood.Factors.Elements.Count + 1)];
        var exact = likelihood.Evaluate(point, new double[likelihood.ModeCount]);
        Assert.Equal(likelihood.Value(point), exact.LogLikelihood, 1e-9);
        for (var k = 0; k < point.Length; k++)
            Assert.Equal(Differences.First(point, k, 1e-4, likelihood.Value), exact.Gradient[k], 1e-5 * (1 + Math.Abs(exact.Gradient[k])));
    });

    internal static Frame Counts(int seed, int groups = 6, int size = 20)
    {
        var data = Simulated.TwoLevel(seed, groups, size);
        return data.With(new IntegerColumn("y", [.. data.Integer("y").Values.ToArray().Select((y, row) => y * (row * 7 % 5 + row * 3 % 11 / 9 * 20))]));
    }

    private static (Design Design, RandomLayout? Layout, DispersionTerms Terms) Parts(int seed, string formula)
    {
        var frame = ModelFrame.Build(Counts(seed), ModelFormula.Parse(formula), new FitSettings { Family = Family.NegativeBinomial });
        var cells = CellTable.Collapse(frame);
        return (Design.Build(frame, cells), frame.Groupings.Count == 0 ? null : RandomLayout.Of(frame, cells),
            new DispersionTerms(((CountResponse)frame.Response).Histogram()));
    }
}
