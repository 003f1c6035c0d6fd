using Caseload.Frames;
using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Formulas;
using Caseload.MixedModels.Likelihoods;
using Caseload.MixedModels.ModelFrames;
using FsCheck;
using FsCheck.Fluent;

namespace Caseload.MixedModels.Tests.Likelihoods;

public sealed class LaplaceLikelihoodTests
{
    private static readonly Gen<(int Seed, double[] Point)> Points =
        from seed in Gen.Choose(1, 1000)
        from beta in Gen.Choose(-1000, 1000).ArrayOf(4)
        from sigma in Gen.Choose(0, 3000)
        select (seed, beta.Select(b => b / 1000.0).Append(sigma / 1000.0).ToArray());

    [Fact]
    public void Equals_its_slow_twin_on_rows_that_are_not_collapsed() => Properties.Hold(Points, at =>
    {
        var data = Simulated.TwoLevel(at.Seed, groups: 6, size: 25);
        var (likelihood, design) = Likelihood(data);
        var slow = DirectLaplace.LogLikelihood(data, design.ToOriginal(at.Point.AsSpan(0, 4)), at.Point[4]);
        Assert.True(design.Cells.Count < data.RowCount);
        Assert.Equal(slow, likelihood.Value(at.Point), 1e-7 * Math.Abs(slow));
    });

    [Fact]
    public void Has_the_gradient_that_differences_give() => Properties.Hold(Points, at =>
    {
        var likelihood = Likelihood(Simulated.TwoLevel(at.Seed, groups: 6, size: 25)).Likelihood;
        var gradient = Evaluate(likelihood, at.Point).Gradient;
        for (var k = 0; k < at.Point.Length; k++)
            Assert.Equal(Difference(at.Point, k, 1e-4, likelihood.Value), gradient[k], 1e-5 * (1 + Math.Abs(gradient[k])));
    });

    [Fact]
    public void Has_the_Hessian_that_differences_of_the_gradient_give() => Properties.Hold(Points, at =>
    {
        var likelihood = Likelihood(Simulated.TwoLevel(at.Seed, groups: 6, size: 25)).Likelihood;
        var hessian = Evaluate(likelihood, at.Point).Hessian;
        for (var row = 0; row < at.Point.Length; row++)
        {
            for (var column = 0; column < at.Point.Length; column++)
            {
                var numeric = Difference(at.Point, column, 1e-4, point => Evaluate(likelihood, point).Gradient[row]);
                Assert.Equal(numeric, hessian[row, column], 1e-5 * (1 + Math.Abs(numeric)));
            }
        }
    });

    [Fact]
    public void Is_even_in_sigma() => Properties.Hold(Points, at =>
    {
        var likelihood = Likelihood(Simulated.TwoLevel(at.Seed, groups: 6, size: 25)).Likelihood;
        double[] mirrored = [.. at.Point[..4], -at.Point[4]];
        Assert.Equal(likelihood.Value(at.Point), likelihood.Value(mirrored), 1e-9);
    });

    [Fact]
    public void Is_the_likelihood_of_independent_rows_where_sigma_is_0()
    {
        var data = Simulated.TwoLevel(seed: 4);
        var (likelihood, design) = Likelihood(data);
        double[] at = [0.2, 0.3, -0.1, 0.5, 0];
        var beta = design.ToOriginal(at.AsSpan(0, 4));
        var independent = Enumerable.Range(0, data.RowCount).Sum(row =>
        {
            var f = data.Text("f")[row];
            var eta = beta[0] + beta[1] * data.Number("x").Values[row] + (f == "b" ? beta[2] : f == "c" ? beta[3] : 0);
            return data.Integer("y").Values[row] * eta - Math.Log(1 + Math.Exp(eta));
        });
        var point = Evaluate(likelihood, at);
        Assert.Equal(independent, point.LogLikelihood, 1e-9);
        Assert.All(point.Modes, mode => Assert.Equal(0, mode));
        Assert.All(point.Precisions, precision => Assert.Equal(1, precision));
    }

    [Theory]
    [InlineData(30)]
    [InlineData(1e3)]
    public void Finds_modes_far_from_0_and_where_probabilities_are_0_and_1(double sigma)
    {
        var (likelihood, _) = Likelihood(Simulated.TwoLevel(seed: 5));
        var point = Evaluate(likelihood, [300, 100, 0, 0, sigma]);
        Assert.True(point.ModesFound);
        Assert.True(double.IsFinite(point.LogLikelihood));
    }

    [Fact]
    public void Does_not_depend_on_how_many_processors_there_are()
    {
        // More than one part, so that parts run side by side: two evaluations agree to the last bit.
        var (likelihood, design) = Likelihood(Simulated.TwoLevel(seed: 6, groups: 300, size: 25));
        Assert.True(design.Cells.Count > 2048);
        double[] at = [0.1, 0.2, 0.3, 0.4, 0.9];
        var (first, second) = (Evaluate(likelihood, at), Evaluate(likelihood, at));
        Assert.Equal(first.LogLikelihood, second.LogLikelihood);
        Assert.Equal(first.Gradient, second.Gradient);
        Assert.Equal(first.Hessian, second.Hessian);
    }

    private static LikelihoodPoint Evaluate(LaplaceLikelihood likelihood, double[] point) =>
        likelihood.Evaluate(point, new double[likelihood.GroupCount]);

    // Central differences with Richardson's extrapolation: the error is of the fourth order in the step.
    private static double Difference(double[] point, int k, double step, Func<double[], double> function)
    {
        double Central(double h)
        {
            var (up, down) = ((double[])point.Clone(), (double[])point.Clone());
            up[k] += h;
            down[k] -= h;
            return (function(up) - function(down)) / (2 * h);
        }

        return (4 * Central(step) - Central(2 * step)) / 3;
    }

    private static (LaplaceLikelihood Likelihood, Design Design) Likelihood(Frame data, string formula = "y ~ x + f + (1 | g)")
    {
        var frame = ModelFrame.Build(data, ModelFormula.Parse(formula), new FitSettings());
        var design = Design.Build(frame, CellTable.Collapse(frame));
        return (new LaplaceLikelihood(design), design);
    }
}
