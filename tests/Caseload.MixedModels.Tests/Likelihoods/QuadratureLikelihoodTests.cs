using Caseload.Frames;
using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Formulas;
using Caseload.MixedModels.Likelihoods;
using Caseload.MixedModels.ModelFrames;
using FsCheck;
using FsCheck.Fluent;

namespace Caseload.MixedModels.Tests.Likelihoods;

public sealed class QuadratureLikelihoodTests
{
    private static readonly Gen<(int Seed, int Points, Link Link, double[] Point)> Points =
        from seed in Gen.Choose(1, 1000)
        from points in Gen.Elements(1, 2, 3, 7, 10, 25)
        from link in Gen.Elements(Link.Logit, Link.Probit, Link.Cloglog, Link.Log)
        from beta in Gen.Choose(-1000, 1000).ArrayOf(4)
        from sigma in Gen.Choose(0, 3000)
        select (seed, points, link, beta.Select(b => b / 1000.0).Append(sigma / 1000.0).ToArray());

    [Fact]
    public void Tends_to_the_integral_on_rows_that_are_not_collapsed() => Properties.Hold(Points, at =>
    {
        var data = Data(at.Seed, at.Link, size: 12);
        var design = DesignOf(data, at.Link);
        double[] point = [.. at.Point[..4], at.Point[4] / 2];
        var exact = DirectIntegral.LogLikelihood(data, [.. design.ToOriginal(point.AsSpan(0, 4)), point[4]], at.Link);
        Assert.True(design.Cells.Count < data.RowCount);
        Assert.Equal(exact, Likelihood(design, 101).Value(point), 1e-8 * Math.Abs(exact));
    }, count: 12);

    [Fact]
    public void Comes_nearer_the_integral_with_more_points()
    {
        var data = Simulated.TwoLevel(seed: 11, groups: 30, size: 4, sigma: 3);
        var design = DesignOf(data);
        double[] at = [0.2, 0.5, -0.2, 0.3, 3];
        var exact = DirectIntegral.LogLikelihood(data, [.. design.ToOriginal(at.AsSpan(0, 4)), 3]);
        var errors = new[] { 1, 3, 7, 15, 31, 63 }.Select(k => Math.Abs(Likelihood(design, k).Value(at) - exact)).ToArray();
        for (var i = 1; i < errors.Length; i++) Assert.True(errors[i] < errors[i - 1], string.Join(" ", errors));
        Assert.True(errors[0] > 0.1 && errors[^1] < 1e-6, string.Join(" ", errors));
    }

    [Fact]
    public void With_one_point_is_the_Laplace_approximation() => Properties.Hold(Points, at =>
    {
        var design = DesignOf(Data(at.Seed, at.Link), at.Link);
        var (quadrature, laplace) = (Evaluate(Likelihood(design, 1), at.Point), Evaluate(new LaplaceLikelihood(design), at.Point));
        Assert.Equal(laplace.LogLikelihood, quadrature.LogLikelihood, 1e-11 * Math.Abs(laplace.LogLikelihood));
        Assert.Equal(laplace.Modes, quadrature.Modes);
        for (var row = 0; row < at.Point.Length; row++)
        {
            Assert.Equal(laplace.Gradient[row], quadrature.Gradient[row], 1e-9 * (1 + Math.Abs(laplace.Gradient[row])));
            for (var column = 0; column < at.Point.Length; column++)
            {
                var expected = laplace.Hessian[row, column];
                Assert.Equal(expected, quadrature.Hessian[row, column], 1e-9 * (1 + Math.Abs(expected)));
            }
        }
    });

    [Fact]
    public void Has_the_gradient_and_the_Hessian_that_differences_give() => Properties.Hold(Points, at =>
    {
        var likelihood = Likelihood(DesignOf(Data(at.Seed, at.Link), at.Link), at.Points);
        var exact = Evaluate(likelihood, at.Point);
        for (var k = 0; k < at.Point.Length; k++)
        {
            Assert.Equal(Difference(at.Point, k, likelihood.Value), exact.Gradient[k], 1e-5 * (1 + Math.Abs(exact.Gradient[k])));
            for (var row = 0; row < at.Point.Length; row++)
            {
                var numeric = Difference(at.Point, k, point => Evaluate(likelihood, point).Gradient[row]);
                Assert.Equal(numeric, exact.Hessian[row, k], 1e-5 * (1 + Math.Abs(numeric)));
            }
        }
    });

    [Fact]
    public void Is_exact_at_a_variance_of_0_with_its_curvature()
    {
        var design = DesignOf(Simulated.TwoLevel(seed: 4));
        double[] at = [0.2, 0.3, -0.1, 0.5, 0];
        var (quadrature, laplace) = (Evaluate(Likelihood(design, 7), at), Evaluate(new LaplaceLikelihood(design), at));
        Assert.Equal(laplace.LogLikelihood, quadrature.LogLikelihood, 1e-10);
        Assert.Equal(0, quadrature.Gradient[4], 1e-9);
        Assert.Equal(laplace.Hessian[4, 4], quadrature.Hessian[4, 4], 1e-8 * Math.Abs(laplace.Hessian[4, 4]));
    }

    [Theory]
    [InlineData(0.5, 13)]
    [InlineData(3, 13)]
    [InlineData(60, 0)]
    public void Has_modes_and_derivatives_where_means_grow_exponentially_and_overflow(double sigma, double size)
    {
        // Counts far from the mean that the search for modes begins at, and nodes so far out that the mean there is infinite.
        var data = Data(seed: 12, Link.Log);
        var counts = data.With(new IntegerColumn("y", [.. data.Integer("y").Values.ToArray().Select(y => (int)(y * Math.Exp(size)))]));
        var point = Evaluate(Likelihood(DesignOf(counts, Link.Log), 101), [0, 0, 0, 0, sigma]);
        Assert.True(point.ModesFound && double.IsFinite(point.LogLikelihood));
        Assert.All(point.Gradient, value => Assert.True(double.IsFinite(value)));
        Assert.All(point.Hessian.Cast<double>(), value => Assert.True(double.IsFinite(value)));
    }

    private static LikelihoodPoint Evaluate(MarginalLikelihood likelihood, double[] point) =>
        likelihood.Evaluate(point, new double[likelihood.GroupCount]);

    private static QuadratureLikelihood Likelihood(Design design, int points) => new(design, GaussHermite.Of(points));

    // Central differences with Richardson's extrapolation: the error is of the fourth order in the step.
    private static double Difference(double[] point, int k, Func<double[], double> function)
    {
        const double Step = 1e-4;
        double Central(double h)
        {
            var (up, down) = ((double[])point.Clone(), (double[])point.Clone());
            up[k] += h;
            down[k] -= h;
            return (function(up) - function(down)) / (2 * h);
        }

        return (4 * Central(Step) - Central(2 * Step)) / 3;
    }

    // Of the log link the outcomes are counts of 0 to 6.
    private static Frame Data(int seed, Link link, int size = 25)
    {
        var data = Simulated.TwoLevel(seed, groups: 6, size: size);
        return link == Link.Log
            ? data.With(new IntegerColumn("y", [.. data.Integer("y").Values.ToArray().Select((y, row) => y * (3 + row % 4))]))
            : data;
    }

    private static Design DesignOf(Frame data, Link link = Link.Logit)
    {
        var settings = new FitSettings { Family = link == Link.Log ? Family.Poisson : Family.Binomial, Link = link };
        var frame = ModelFrame.Build(data, ModelFormula.Parse("y ~ x + f + (1 | g)"), settings);
        return Design.Build(frame, CellTable.Collapse(frame));
    }
}
