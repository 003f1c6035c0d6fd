using Caseload.MixedModels.Likelihoods;

namespace Caseload.MixedModels.Tests.Likelihoods;

public sealed class ResponseKernelTests
{
    public static TheoryData<Family, Link> Models => new()
    {
        { Family.Binomial, Link.Logit }, { Family.Binomial, Link.Probit }, { Family.Binomial, Link.Cloglog }, { Family.Poisson, Link.Log },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public void Has_the_derivatives_that_differences_give(Family family, Link link)
    {
        var kernel = ResponseKernel.Of(family, link);
        foreach (var (successes, trials) in new[] { (0.0, 3.0), (3, 3), (2, 5) })
        {
            for (var eta = -30.0; eta <= 6; eta += 0.37)
            {
                var at = kernel.At(successes, trials, eta);
                Near(eta, e => kernel.At(successes, trials, e).LogLikelihood, at.Score);
                Near(eta, e => -kernel.At(successes, trials, e).Score, at.Weight);
                Near(eta, e => kernel.At(successes, trials, e).Weight, at.WeightSlope);
                Near(eta, e => kernel.At(successes, trials, e).WeightSlope, at.WeightCurve);
                Assert.True(at.Weight > 0);
            }
        }
    }

    // log(1 - Phi(t)) and the hazard phi / (1 - Phi) at t, to 15 digits in arithmetic of 30.
    [Theory]
    [InlineData(1.5, -2.7059444008238893)]
    [InlineData(10, -53.23128515051247)]
    [InlineData(30, -454.32124395634320)]
    public void Of_probit_is_right_in_the_tails(double t, double log)
    {
        var at = ProbitKernel.Instance.At(0, 1, t);
        Assert.Equal(1, at.LogLikelihood / log, 1e-14);
        Assert.Equal(1, at.Score / -Math.Exp(-t * t / 2 - Math.Log(2 * Math.PI) / 2 - log), 1e-12);
        Assert.Equal(at.LogLikelihood, ProbitKernel.Instance.At(1, 1, -t).LogLikelihood);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Sums_over_cells_what_each_cell_has(Family family, Link link)
    {
        var kernel = ResponseKernel.Of(family, link);
        double[] eta = [-2, -1, 0, 0.3, 1.1, 1.7, -0.4, 0.9, -3, 0.2, 0.6];
        double[] trials = [.. eta.Select((_, i) => 1.0 + i % 3)];
        double[] successes = [.. eta.Select((_, i) => (double)(i % 2))];
        var cells = new CellSpan
        {
            Eta = eta, Successes = successes, Trials = trials, Score = new double[11], Weight = new double[11],
            WeightSlope = new double[11], WeightCurve = new double[11],
        };
        var sums = kernel.Derivatives(cells, 0.25);
        var each = eta.Select((e, i) => kernel.At(successes[i], trials[i], e + 0.25)).ToArray();
        Assert.Equal(each.Sum(c => c.LogLikelihood), sums.LogLikelihood, 1e-12);
        Assert.Equal(each.Sum(c => c.Score), sums.Score, 1e-12);
        Assert.Equal(each.Sum(c => c.WeightSlope), sums.WeightSlope, 1e-12);
        Assert.Equal(each.Sum(c => c.WeightCurve), sums.WeightCurve, 1e-12);
        var (score, weight, slope) = kernel.Slopes(cells, 0.25);
        Assert.Equal(sums.Score, score, 1e-12);
        Assert.Equal(sums.Weight, weight, 1e-12);
        Assert.Equal(sums.WeightSlope, slope, 1e-12);
        for (var i = 0; i < each.Length; i++) Assert.Equal(each[i].WeightCurve, cells.WeightCurve[i], 1e-13);
    }

    private static void Near(double eta, Func<double, double> function, double derivative)
    {
        const double Step = 1e-3;
        double Central(double h) => (function(eta + h) - function(eta - h)) / (2 * h);
        var numeric = (4 * Central(Step) - Central(2 * Step)) / 3;
        Assert.Equal(numeric, derivative, 1e-6 * (Math.Abs(derivative) + 1e-6) + 1e-12 * Math.Abs(function(eta)));
    }
}
