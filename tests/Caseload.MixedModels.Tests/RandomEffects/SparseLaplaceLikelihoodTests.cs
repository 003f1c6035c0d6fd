using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Formulas;
using Caseload.MixedModels.Likelihoods;
using Caseload.MixedModels.ModelFrames;
using Caseload.MixedModels.RandomEffects;
using FsCheck;
using FsCheck.Fluent;

namespace Caseload.MixedModels.Tests.RandomEffects;

public sealed class SparseLaplaceLikelihoodTests
{
    private static readonly (string Formula, Family Family, Link Link)[] Models =
    [
        ("y ~ x + f + (1 | g)", Family.Binomial, Link.Logit),
        ("y ~ x + f + (1 + x | g)", Family.Binomial, Link.Logit),
        ("y ~ x + (1 | g) + (1 | h)", Family.Binomial, Link.Probit),
        ("y ~ x + (1 | r/g)", Family.Binomial, Link.Cloglog),
        ("n ~ x + f + (1 + x || g) + (1 | h)", Family.Poisson, Link.Log),
        ("y ~ x + (0 + f | h) + (1 + x | g) + (1 | r)", Family.Binomial, Link.Logit),
    ];

    private static readonly Gen<Case> Cases =
        from seed in Gen.Choose(1, 1000)
        from model in Gen.Choose(0, Models.Length - 1)
        from numbers in Gen.Choose(-1000, 1000).ArrayOf(16)
        select new Case(seed, model, [.. numbers.Select(number => number / 1000.0)]);

    [Fact]
    public void Equals_its_slow_twin_of_dense_matrices_and_single_rows() => Properties.Hold(Cases, at =>
    {
        var (frame, design, likelihood) = Build(at);
        var point = Point(at, likelihood);
        var value = likelihood.Value(point);
        var slow = DenseLaplace.LogLikelihood(frame, design.ToOriginal(point.AsSpan(0, design.Width)), Blocks(likelihood));
        Assert.Equal(slow, value, 1e-9 * Math.Abs(slow));
    });

    [Fact]
    public void Has_the_gradient_that_differences_give() => Properties.Hold(Cases, at =>
    {
        var likelihood = Build(at).Likelihood;
        var point = Point(at, likelihood);
        var gradient = likelihood.Gradient(point, new double[likelihood.ModeCount]).Gradient;
        for (var k = 0; k < point.Length; k++)
            Assert.Equal(Differences.First(point, k, 1e-3, likelihood.Value), gradient[k], 1e-6 * (1 + Math.Abs(gradient[k])));
    });

    [Fact]
    public void Has_the_Hessian_that_differences_of_the_gradient_give() => Properties.Hold(Cases, at =>
    {
        var likelihood = Build(at).Likelihood;
        var point = Point(at, likelihood);
        var hessian = likelihood.Confirm(point).Hessian;
        for (var row = 0; row < point.Length; row++)
        {
            for (var column = 0; column < point.Length; column++)
            {
                var numeric = Differences.First(point, column, 1e-3,
                    p => likelihood.Gradient(p, new double[likelihood.ModeCount]).Gradient[row]);
                Assert.Equal(numeric, hessian[row, column], 1e-5 * (1 + Math.Abs(numeric)));
            }
        }
    });

    [Fact]
    public void Predicts_the_modes_along_a_step_to_the_first_order() => Properties.Hold(Cases, at =>
    {
        var likelihood = Build(at).Likelihood;
        var point = Point(at, likelihood);
        var here = likelihood.Evaluate(point, new double[likelihood.ModeCount]);
        double[] step = [.. point.Select((_, k) => 1e-3 * Math.Cos(k))];
        double[] next = [.. point.Zip(step, (p, s) => p + s)];
        var there = likelihood.Gradient(next, new double[likelihood.ModeCount]).Modes;
        Assert.All(here.ModesAlong(step, 1).Zip(there), mode => Assert.Equal(mode.Second, mode.First, 2e-4));
    });

    [Fact]
    public void Is_the_fast_path_s_for_one_random_intercept() => Properties.Hold(Gen.Choose(1, 1000), seed =>
    {
        var (_, design, likelihood) = Build(new Case(seed, 0, []));
        double[] point = [0.1, 0.4, -0.2, 0.3, 0.8];
        var (sparse, fast) = (likelihood.Confirm(point), new LaplaceLikelihood(design).Confirm(point));
        Assert.Equal(fast.LogLikelihood, sparse.LogLikelihood, 1e-9);
        for (var row = 0; row < point.Length; row++)
        {
            Assert.Equal(fast.Gradient[row], sparse.Gradient[row], 1e-8);
            for (var column = 0; column < point.Length; column++)
                Assert.Equal(fast.Hessian[row, column], sparse.Hessian[row, column], 1e-7);
        }
    });

    private static (ModelFrame Frame, Design Design, SparseLaplaceLikelihood Likelihood) Build(Case at)
    {
        var (formula, family, link) = Models[at.Model];
        var settings = new FitSettings { Family = family, Link = link };
        var frame = ModelFrame.Build(Simulated.Crossed(at.Seed), ModelFormula.Parse(formula), settings);
        var design = Design.Build(frame, CellTable.Collapse(frame));
        return (frame, design, new SparseLaplaceLikelihood(design, RandomLayout.Of(frame, design.Cells)));
    }

    private static double[] Point(Case at, SparseLaplaceLikelihood likelihood) =>
        [.. Enumerable.Range(0, likelihood.Parameters).Select(k => at.Numbers[k % at.Numbers.Length])];

    // A root of the covariance matrix of each block for the columns as they are, of which those fitted are (x - c)/s.
    private static List<double[,]> Blocks(SparseLaplaceLikelihood likelihood)
    {
        var (blocks, fitted) = (new List<double[,]>(), likelihood.Layout.Columns);
        for (var g = 0; g < likelihood.Layout.Groupings.Count; g++)
        {
            var (grouping, first) = (likelihood.Layout.Groupings[g], 0);
            foreach (var size in grouping.Grouping.Blocks.Select(b => b.Columns.Count))
            {
                var block = new double[size, size];
                for (var row = 0; row < size; row++)
                {
                    var place = grouping.Columns[first + row];
                    for (var column = 0; column <= row; column++)
                    {
                        var share = likelihood.Factors.Lambda[g][first + row, first + column] / fitted.Scales[place];
                        block[row, column] += share;
                        block[0, column] -= fitted.Centres[place] * share;
                    }
                }

                blocks.Add(block);
                first += size;
            }
        }

        return blocks;
    }

    public sealed record Case(int Seed, int Model, double[] Numbers);
}
