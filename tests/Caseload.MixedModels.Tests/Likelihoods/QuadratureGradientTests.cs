using Caseload.Frames;
using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Formulas;
using Caseload.MixedModels.Likelihoods;
using Caseload.MixedModels.ModelFrames;
using FsCheck;
using FsCheck.Fluent;

namespace Caseload.MixedModels.Tests.Likelihoods;

public sealed class QuadratureGradientTests
{
    private static readonly Gen<(int Seed, int Points, Link Link, double[] Point)> Points =
        from seed in Gen.Choose(1, 1000)
        from points in Gen.Elements(1, 2, 3, 7, 10, 25)
        from link in Gen.Elements(Link.Logit, Link.Probit, Link.Cloglog, Link.Log)
        from beta in Gen.Choose(-1000, 1000).ArrayOf(4)
        from sigma in Gen.Choose(0, 3000)
        select (seed, points, link, beta.Select(b => b / 1000.0).Append(sigma / 1000.0).ToArray());

    [Fact]
    public void Has_the_value_and_the_gradient_of_the_likelihood_with_second_derivatives() => Properties.Hold(Points, at =>
    {
        var (family, data) = (at.Link == Link.Log ? Family.Poisson : Family.Binomial, Simulated.TwoLevel(at.Seed, groups: 6, size: 25));
        if (family == Family.Poisson)
            data = data.With(new IntegerColumn("y", [.. data.Integer("y").Values.ToArray().Select((y, row) => y * (3 + row % 4))]));
        var frame = ModelFrame.Build(data, ModelFormula.Parse("y ~ x + f + (1 | g)"), new FitSettings { Family = family, Link = at.Link });
        var design = Design.Build(frame, CellTable.Collapse(frame));
        var whole = new QuadratureLikelihood(design, GaussHermite.Of(at.Points)).Evaluate(at.Point, new double[design.Cells.GroupCount]);
        var slim = new QuadratureGradient(design, GaussHermite.Of(at.Points));
        var found = slim.Evaluate(at.Point, whole.Modes);
        Assert.Equal(whole.LogLikelihood, found.LogLikelihood, 1e-10 * Math.Abs(whole.LogLikelihood));
        Assert.Equal(whole.LogLikelihood, slim.Value(at.Point), 1e-10 * Math.Abs(whole.LogLikelihood));
        for (var k = 0; k < at.Point.Length; k++)
            Assert.Equal(whole.Gradient[k], found.Gradient[k], 1e-8 * (1 + Math.Abs(whole.Gradient[k])));
    }, count: 50);
}
