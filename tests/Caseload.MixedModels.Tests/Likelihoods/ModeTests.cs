using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Formulas;
using Caseload.MixedModels.Likelihoods;
using Caseload.MixedModels.ModelFrames;
using FsCheck;
using FsCheck.Fluent;

namespace Caseload.MixedModels.Tests.Likelihoods;

/// <summary>Where modes are found, how they move with the parameters, and the start of the variance.</summary>
public sealed class ModeTests
{
    private static readonly Gen<(int Seed, Family Family, Link Link, double Sigma, double Start)> Cases =
        from seed in Gen.Choose(1, 1000)
        from model in Gen.Elements((Family.Binomial, Link.Logit), (Family.Binomial, Link.Probit), (Family.Binomial, Link.Cloglog),
            (Family.Poisson, Link.Log))
        from sigma in Gen.Choose(-3000, 3000)
        from start in Gen.Choose(-8000, 8000)
        select (seed, model.Item1, model.Item2, sigma / 1000.0, start / 1000.0);

    [Fact]
    public void A_mode_is_where_bisection_finds_it_from_wherever_the_search_begins() => Properties.Hold(Cases, at =>
    {
        var (design, likelihood) = Model(at.Seed, at.Family, at.Link);
        double[] point = [0.1, 0.4, -0.3, 0.2, at.Sigma];
        var found = likelihood.Evaluate(point, [.. Enumerable.Repeat(at.Start, likelihood.GroupCount)]);
        Assert.True(found.ModesFound);
        var eta = design.Predict(point.AsMemory(0, 4));
        for (var group = 0; group < likelihood.GroupCount; group++)
            Assert.Equal(Bisect(design, eta, group, at.Sigma), found.Modes[group], 1e-10);
    }, count: 100);

    [Fact]
    public void Modes_along_a_step_are_off_by_the_square_of_its_length() => Properties.Hold(Cases, at =>
    {
        var (_, likelihood) = Model(at.Seed, at.Family, at.Link);
        double[] point = [0.1, 0.4, -0.3, 0.2, at.Sigma];
        double[] step = [0.3, -0.2, 0.1, 0.4, 0.2];
        var from = likelihood.Evaluate(point, new double[likelihood.GroupCount]);
        double Error(double fraction)
        {
            double[] there = [.. point.Zip(step, (p, s) => p + fraction * s)];
            var modes = likelihood.Evaluate(there, new double[likelihood.GroupCount]).Modes;
            return from.ModesAlong(step, fraction).Zip(modes, (a, b) => Math.Abs(a - b)).Max();
        }

        Assert.True(Error(1e-4) <= 2e-2 * Error(1e-3) + 1e-10);
    });

    [Fact]
    public void The_start_of_the_variance_is_the_best_of_a_fine_grid() => Properties.Hold(Gen.Choose(1, 1000), seed =>
    {
        var (_, likelihood) = Model(seed, Family.Binomial, Link.Logit);
        var pooled = likelihood.Evaluate([-0.1, 0.3, 0.2, 0.3, 0], new double[likelihood.GroupCount]);
        if (pooled.Hessian[4, 4] <= 0) return;
        var scores = Enumerable.Range(0, likelihood.GroupCount).Select(j => pooled.ModeGradients[j * 5 + 4]).ToArray();
        double Value(double sigma) => scores.Zip(pooled.Weights, (d, s) =>
            sigma * sigma * d * d / (2 * (1 + sigma * sigma * s)) - Math.Log(1 + sigma * sigma * s) / 2).Sum();
        var best = Enumerable.Range(1, 4000).Select(i => i / 1000.0).MaxBy(Value);
        Assert.Equal(best, VarianceScore.Maximum(pooled), 2e-3);
    });

    private static double Bisect(Design design, double[] eta, int group, double sigma)
    {
        var cells = design.Cells;
        var count = cells.GroupStarts[group + 1] - cells.GroupStarts[group];
        double Slope(double b) => sigma * Enumerable.Range(cells.GroupStarts[group], count)
            .Sum(c => design.Kernel.At(cells.Successes[c], cells.Trials[c], eta[c] + sigma * b).Score) - b;
        var (low, high) = (-60.0, 60.0);
        for (var step = 0; step < 100; step++)
        {
            var middle = (low + high) / 2;
            if (Slope(middle) > 0) low = middle;
            else high = middle;
        }

        return (low + high) / 2;
    }

    private static (Design Design, LaplaceLikelihood Likelihood) Model(int seed, Family family, Link link)
    {
        var settings = new FitSettings { Family = family, Link = link };
        var frame = ModelFrame.Build(Simulated.TwoLevel(seed, groups: 8, size: 40), ModelFormula.Parse("y ~ x + f + (1 | g)"), settings);
        var design = Design.Build(frame, CellTable.Collapse(frame));
        return (design, new LaplaceLikelihood(design));
    }
}
