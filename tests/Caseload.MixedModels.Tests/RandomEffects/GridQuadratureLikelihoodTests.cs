using Caseload.Frames;
using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Formulas;
using Caseload.MixedModels.Likelihoods;
using Caseload.MixedModels.ModelFrames;
using Caseload.MixedModels.RandomEffects;
using FsCheck;
using FsCheck.Fluent;

namespace Caseload.MixedModels.Tests.RandomEffects;

public sealed class GridQuadratureLikelihoodTests
{
    private const string Correlated = "y ~ x + f + (1 + x | g)";

    private static readonly Gen<Case> Cases =
        from seed in Gen.Choose(1, 1000)
        from formula in Gen.Elements(Correlated, "y ~ x + f + (1 + x || g)", "y ~ x + f + (0 + x | g)", "y ~ x + f + (1 | g)")
        from link in Gen.Elements(Link.Logit, Link.Probit, Link.Cloglog, Link.Log)
        from overdispersed in Gen.Elements(false, true)
        from points in Gen.Elements(1, 2, 3, 5, 8)
        from numbers in Gen.Choose(-1000, 1000).ArrayOf(8)
        select new Case(seed, formula, link, overdispersed, points, [.. numbers.Select(n => n / 1000.0)]);

    [Fact]
    public void Has_the_gradient_that_differences_give() => Properties.Hold(Cases, at =>
    {
        var likelihood = Quadrature(at, at.Points);
        var point = Point(at, likelihood);
        var exact = Evaluate(likelihood, point);
        Assert.Equal(likelihood.Value(point), exact.LogLikelihood, 1e-9 * (1 + Math.Abs(exact.LogLikelihood)));
        for (var k = 0; k < point.Length; k++)
            Assert.Equal(Differences.First(point, k, 1e-4, likelihood.Value), exact.Gradient[k], 1e-5 * (1 + Math.Abs(exact.Gradient[k])));
    }, count: 60);

    [Fact]
    public void With_one_point_is_the_Laplace_approximation() => Properties.Hold(Cases, at =>
    {
        var (design, layout, terms) = Parts(at);
        var likelihood = Quadrature(at, 1);
        var point = Point(at, likelihood);
        var (quadrature, laplace) = (Evaluate(likelihood, point), Evaluate(new SparseLaplaceLikelihood(design, layout, terms), point));
        Assert.Equal(laplace.LogLikelihood, quadrature.LogLikelihood, 1e-11 * Math.Abs(laplace.LogLikelihood));
        for (var k = 0; k < point.Length; k++)
            Assert.Equal(laplace.Gradient[k], quadrature.Gradient[k], 1e-8 * (1 + Math.Abs(laplace.Gradient[k])));
    });

    [Fact]
    public void Of_one_intercept_is_the_quadrature_that_is_written_for_it() => Properties.Hold(Cases, at =>
    {
        at = at with { Formula = "y ~ x + f + (1 | g)", Overdispersed = false };
        var likelihood = Quadrature(at, at.Points);
        var point = Point(at, likelihood);
        var grid = likelihood.Confirm(point);
        var single = Evaluate(new QuadratureLikelihood(Parts(at).Design, GaussHermite.Of(at.Points)), point);
        Assert.Equal(single.LogLikelihood, grid.LogLikelihood, 1e-10 * Math.Abs(single.LogLikelihood));
        for (var row = 0; row < point.Length; row++)
        {
            Assert.Equal(single.Gradient[row], grid.Gradient[row], 1e-8 * (1 + Math.Abs(single.Gradient[row])));
            for (var column = 0; column < point.Length; column++)
                Assert.Equal(single.Hessian[row, column], grid.Hessian[row, column], 1e-4 * (1 + Math.Abs(single.Hessian[row, row])));
        }
    });

    [Fact]
    public void Has_second_derivatives_that_differences_give_where_the_quadrature_is_exact() => Properties.Hold(Cases, at =>
    {
        // With standard deviations of up to a half so many points leave no error that shows, of counts either.
        at = at with { Numbers = [.. at.Numbers.Select((number, i) => i < 4 ? number : number / 2)] };
        var likelihood = Quadrature(at, at.Formula == Correlated ? 31 : 61);
        var point = Point(at, likelihood);
        var (rough, exact) = (Evaluate(likelihood, point), likelihood.Confirm(point));
        for (var row = 0; row < point.Length; row++)
        {
            for (var column = 0; column < point.Length; column++)
                Assert.Equal(exact.Hessian[row, column], rough.Hessian[row, column], 2e-3 * (1 + Math.Abs(exact.Hessian[row, row])));
        }
    }, count: 15);

    [Theory]
    [InlineData(Family.Binomial)]
    [InlineData(Family.Poisson)]
    [InlineData(Family.NegativeBinomial)]
    public void Comes_to_the_integral_over_the_plane_with_more_points(Family family)
    {
        var link = family == Family.Binomial ? Link.Logit : Link.Log;
        var at = new Case(5, Correlated, link, family == Family.NegativeBinomial, 1, [0.3, 0.2, -0.1, 0.4, 1.5, -0.6, 0.8, 0.5]);
        var (design, layout, _) = Parts(at);
        var point = Point(at, Quadrature(at, 1));

        // The covariance matrix of the effects of x itself, of which (x - c)/s is fitted, and its Cholesky factor.
        var (centre, scale) = (layout.Columns.Centres[1], layout.Columns.Scales[1]);
        var (along, across) = (point[5] / scale, point[6] / scale);
        var (start, rest) = (point[4] - centre * along, -centre * across);
        var deviation = Math.Sqrt(start * start + rest * rest);
        var exact = DirectPlaneIntegral.LogLikelihood(Data(at), design.ToOriginal(point.AsSpan(0, 4)),
            [deviation, (start * along + rest * across) / deviation, (start * across - rest * along) / deviation], family,
            Math.Exp(point[^1]));

        var errors = new[] { 1, 3, 7, 15, 31 }.Select(k => Math.Abs(Quadrature(at, k).Value(point) - exact)).ToArray();
        for (var i = 1; i < errors.Length; i++) Assert.True(errors[i] < errors[i - 1] || errors[i] < 1e-8, string.Join(" ", errors));
        Assert.True(errors[0] > 1e-3 && errors[^1] < 1e-7 * Math.Abs(exact), string.Join(" ", errors));
    }

    [Fact]
    public void Is_the_likelihood_of_independent_rows_without_variance() => Properties.Hold(Cases, at =>
    {
        var (one, more) = (Quadrature(at, 1), Quadrature(at, 6));
        var point = Point(at, one);
        Array.Clear(point, 4, one.Factors.Elements.Count);
        Assert.Equal(one.Value(point), more.Value(point), 1e-9 * Math.Abs(one.Value(point)));
    });

    private static LikelihoodPoint Evaluate(ILogLikelihood likelihood, double[] point) =>
        likelihood.Evaluate(point, new double[likelihood.ModeCount]);

    private static GridQuadratureLikelihood Quadrature(Case at, int points)
    {
        var (design, layout, terms) = Parts(at);
        return new GridQuadratureLikelihood(design, layout, GaussHermite.Of(points), terms);
    }

    private static double[] Point(Case at, GridQuadratureLikelihood likelihood) => at.IsNegativeBinomial
        ? [.. at.Numbers[..(4 + likelihood.Factors.Elements.Count)], at.Numbers[^1]]
        : at.Numbers[..(4 + likelihood.Factors.Elements.Count)];

    private static Frame Data(Case at)
    {
        var data = Simulated.TwoLevel(at.Seed, groups: 5, size: 12);
        return at.Link == Link.Log
            ? data.With(new IntegerColumn("y", [.. data.Integer("y").Values.ToArray().Select((y, row) => y * (1 + row % 4))])) : data;
    }

    private static (Design Design, RandomLayout Layout, DispersionTerms? Terms) Parts(Case at)
    {
        var family = at.IsNegativeBinomial ? Family.NegativeBinomial : at.Link == Link.Log ? Family.Poisson : Family.Binomial;
        var frame = ModelFrame.Build(Data(at), ModelFormula.Parse(at.Formula), new FitSettings { Family = family, Link = at.Link });
        var cells = CellTable.Collapse(frame);
        return (Design.Build(frame, cells), RandomLayout.Of(frame, cells),
            at.IsNegativeBinomial ? new DispersionTerms(((CountResponse)frame.Response).Histogram()) : null);
    }

    private sealed record Case(int Seed, string Formula, Link Link, bool Overdispersed, int Points, double[] Numbers)
    {
        internal bool IsNegativeBinomial => Overdispersed && Link == Link.Log;
    }
}
