using Caseload.MixedModels.Designs;
using Caseload.MixedModels.LinearModels;
using Caseload.MixedModels.Optimisation;
using Caseload.MixedModels.RandomEffects;

namespace Caseload.MixedModels.Fits;

/// <summary>
/// Estimates by quasi-likelihood: a working linear mixed model is fitted, and made anew at its estimates, until these stay where they are.
/// </summary>
internal sealed class QuasiLikelihoodSearch(Design design, RandomLayout layout, FitSettings settings)
{
    /// <summary>How far the linear predictors and the covariance factors may still move.</summary>
    internal const double Tolerance = 1e-8;

    // In standard errors: the step that is left out of a working model's maximum is the square of it.
    private const double StepTolerance = 1e-5;

    private readonly WorkingModel model = new(design, layout);
    private readonly List<OptimiserStep> trace = [];

    /// <summary>The estimates, with the likelihood of the last working model, which is none of the data.</summary>
    /// <param name="rough">A rough maximum without random effects.</param>
    internal QuasiLikelihoodEstimates Find(Optimum rough)
    {
        var start = new Step([.. rough.Point.Take(design.Width)]);
        var first = Iterate(start, settings.Estimator == Estimator.Pql2 ? Estimator.Pql1 : settings.Estimator);
        return Complete(settings.Estimator == Estimator.Pql2 && first.IsSettled ? Iterate(first, Estimator.Pql2) : first);
    }

    private Step Iterate(Step begin, Estimator estimator)
    {
        var at = begin with { IsSettled = false };
        var eta = Predictor(at, estimator);
        for (var iteration = 0; iteration < settings.MaxIterations && !at.IsSettled; iteration++)
        {
            var leverage = estimator == Estimator.Pql2 ? model.Leverage(at.Solution!.Conditional) : [];
            if (model.At(eta, leverage) is not { } statistics || Fit(statistics, at.Optimum?.Next) is not { } next) return at;
            var moved = Predictor(next, estimator);
            var change = Math.Max(Distance(eta, moved), at.Optimum is { } before
                ? Distance(before.Next.Select(Math.Abs), next.Optimum!.Next.Select(Math.Abs)) : double.PositiveInfinity);
            trace.Add(new OptimiserStep(trace.Count, double.NaN, next.Optimum!.Next.Max(Math.Abs), change, 1));
            (at, eta) = (next with { IsSettled = change <= Tolerance }, moved);
        }

        return at;
    }

    private Step? Fit(LinearStatistics statistics, double[]? near)
    {
        var likelihood = new ProfiledLikelihood(statistics, settings.Reml) { HasKnownVariance = true };
        var search = new LinearSearch(likelihood, settings with { StepTolerance = Math.Min(StepTolerance, settings.StepTolerance) });
        if (search.Maximise(near) is not { Reason: StopReason.StepIsShort } optimum) return null;
        likelihood.Evaluate(optimum.Next, []);
        var solution = likelihood.Solution();
        return new Step(solution.Beta) { Solution = solution, Optimum = optimum };
    }

    private double[] Predictor(Step at, Estimator estimator) =>
        model.LinearPredictor(at.Beta, estimator == Estimator.Mql1 || at.Solution is null ? [] : at.Solution.Effects);

    private QuasiLikelihoodEstimates Complete(Step at)
    {
        if (at.Optimum is not { } optimum) return new QuasiLikelihoodEstimates(null, false, trace);
        var estimates = new LinearEstimates(((ProfiledLikelihood)optimum.Likelihood).Statistics, optimum with { Trace = trace }).Complete();
        return new QuasiLikelihoodEstimates(estimates with { ResidualStandardDeviation = null }, at.IsSettled, trace);
    }

    // A column of the covariance factors may change its sign.
    private static double Distance(IEnumerable<double> one, IEnumerable<double> other) =>
        one.Zip(other, (a, b) => Math.Abs(a - b)).Max() is var largest && double.IsNaN(largest) ? double.PositiveInfinity : largest;

    private sealed record Step(double[] Beta)
    {
        internal LinearSolution? Solution { get; init; }

        internal Optimum? Optimum { get; init; }

        internal bool IsSettled { get; init; }
    }
}
