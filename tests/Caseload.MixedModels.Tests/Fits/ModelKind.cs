using Caseload.Frames;
using Caseload.MixedModels.Fits;
using FsCheck;
using FsCheck.Fluent;

namespace Caseload.MixedModels.Tests.Fits;

/// <summary>A kind of model of the data that <see cref="Simulated.Crossed"/> makes, for properties that every kind has.</summary>
internal sealed record ModelKind(string Formula, Family Family, Link Link, int Points = 1, bool Reml = false)
{
    private static readonly ModelKind[] All =
    [
        new("y ~ x + f + (1 | g)", Family.Binomial, Link.Logit),
        new("y ~ x + f + (1 | g)", Family.Binomial, Link.Logit, 7),
        new("y ~ x + f + (1 | g)", Family.Binomial, Link.Cloglog, 4),
        new("y ~ x + f + (1 + x | g)", Family.Binomial, Link.Logit),
        new("y ~ x + (1 + x | g)", Family.Binomial, Link.Logit, 3),
        new("y ~ x + f + (0 + x | g)", Family.Binomial, Link.Probit),
        new("y ~ x + f + (1 | g) + (1 | h)", Family.Binomial, Link.Probit),
        new("y ~ x + (1 | r/g)", Family.Binomial, Link.Cloglog),
        new("n ~ x + f + (1 + x | g) + (1 | h)", Family.Poisson, Link.Log),
        new("n ~ x + (1 | g)", Family.Poisson, Link.Log, 5),
        new("n ~ x + f + (1 | g)", Family.NegativeBinomial, Link.Log),
        new("n ~ x + f + (1 | g) + (1 | h)", Family.NegativeBinomial, Link.Log),
        new("n ~ x + f + (1 + x | g) + (1 | h)", Family.Gaussian, Link.Identity),
        new("n ~ x + f + (1 | r/g)", Family.Gaussian, Link.Identity, Reml: true),
        new("y ~ x * f", Family.Binomial, Link.Logit),
        new("n ~ x * f", Family.Gaussian, Link.Identity, Reml: true),
    ];

    internal FitSettings Settings => new() { Family = Family, Link = Link, QuadraturePoints = Points, Reml = Reml };

    internal MixedModelFit Fit(Frame data, Func<FitSettings, FitSettings>? change = null)
    {
        var fit = MixedModel.Fit(data, Formula, change is null ? Settings : change(Settings));
        Assert.True(fit.Obstacle is null, $"{this}: {fit.Obstacle?.Found}");
        return fit;
    }

    /// <summary>The kind with something else written in its formula.</summary>
    internal ModelKind Writing(string part, string other) => this with { Formula = Formula.Replace(part, other, StringComparison.Ordinal) };

    /// <summary>A property of each kind that meets a condition, on simulated data.</summary>
    internal static void HoldOnKinds(Func<ModelKind, bool> which, Action<ModelKind, Frame> assertion, int count = 32)
    {
        var cases = from kind in Gen.Elements(All.Where(which)) from seed in Gen.Choose(1, 1000) select (kind, seed);
        Properties.Hold(cases, at => assertion(at.kind, Simulated.Crossed(at.seed, groups: 20, others: 8, rows: 400)), count);
    }

    /// <summary>Holds two fits to each other: the second's standard errors are those of the first times a factor.</summary>
    internal static void AssertSame(MixedModelFit fit, MixedModelFit other, double error = 1)
    {
        Assert.Equal(fit.FixedEffects.Select(e => e.Term), other.FixedEffects.Select(e => e.Term));
        foreach (var (one, two) in fit.FixedEffects.Zip(other.FixedEffects))
        {
            Assert.Equal(one.Estimate, two.Estimate, 1e-4 * one.StandardError);
            Assert.Equal(error, two.StandardError / one.StandardError, 1e-4);
        }

        AssertSameVariances(fit, other);
        if (double.IsFinite(fit.Dispersion)) Assert.Equal(1, other.Dispersion / fit.Dispersion, 1e-4);
    }

    /// <summary>Holds the covariance matrices of two fits to each other, in the order of their groupings' sizes.</summary>
    internal static void AssertSameVariances(MixedModelFit fit, MixedModelFit other)
    {
        var (mine, its) = (Elements(fit), Elements(other));
        Assert.Equal(mine.Length, its.Length);
        foreach (var (one, two) in mine.Zip(its)) Assert.Equal(one, two, 1e-4 * (0.1 + Math.Abs(one)));
    }

    private static double[] Elements(MixedModelFit fit) =>
    [
        .. fit.RandomEffects.OrderBy(effect => fit.Groups.First(g => g.Name == effect.Group).Count)
            .SelectMany(effect => effect.Covariance).SelectMany(row => row),
    ];
}
