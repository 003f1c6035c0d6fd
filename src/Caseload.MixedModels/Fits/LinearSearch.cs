using Caseload.MixedModels.Checks;
using Caseload.MixedModels.LinearModels;
using Caseload.MixedModels.Optimisation;

namespace Caseload.MixedModels.Fits;

/// <summary>Maximises the profiled likelihood of a linear mixed model in the covariance factors.</summary>
internal sealed class LinearSearch(ProfiledLikelihood likelihood, FitSettings settings)
{
    // Standard deviations to begin from, of all effects of columns of root mean square 1, over that of residuals.
    private static readonly double[] Starts = [0.1, 0.4, 1, 3];

    // Those to look at beside 0, near which a maximum may lie.
    private static readonly double[] BesideZero = [0.001, 0.003, 0.01, 0.03, .. Starts];

    // Of the next step, in standard errors: a tenth of what the check of the gradient allows.
    private const double Short = 1e-6;

    // Where the likelihood still rises here, it does so without end.
    private const double Unending = 1e5;

    // Searches that may follow the first, each from a point where the likelihood is higher.
    private const int MostReturns = 5;

    /// <summary>The maximum, which may be singular; null where the random effects reproduce the response without error.</summary>
    /// <param name="near">A point near it, or null.</param>
    internal Optimum? Maximise(double[]? near)
    {
        if ((near ?? Start()) is not { } start) return null;
        return Onwards(Optimum.Start(likelihood, start, []), settings.StepTolerance);
    }

    /// <summary>
    /// The estimates where the search ended. Second derivatives that led there were updated on the way and may take a saddle, or a point on
    /// a narrow ridge, for the maximum: as long as those computed anew do not confirm it, the search goes on.
    /// </summary>
    /// <param name="statistics">The data.</param>
    /// <param name="ended">Where it ended.</param>
    internal Estimates Estimates(LinearStatistics statistics, Optimum ended)
    {
        var estimates = new LinearEstimates(statistics, ended).Complete();
        for (var count = 0; count < MostReturns && Beyond(estimates) is { } further; count++)
            estimates = new LinearEstimates(statistics, further).Complete();
        return estimates;
    }

    // Null where there is a maximum, or no way on.
    private Optimum? Beyond(Estimates stopped)
    {
        if (stopped.AtMaximum || stopped.Optimum.Reason == StopReason.IterationLimit || !stopped.Again.ModesFound) return null;
        var before = stopped.Optimum.Trace;
        var next = Onwards(new Optimum(likelihood, stopped.Optimum.Next, stopped.Again), Short);
        return next.Reason != StopReason.StepIsShort ? null
            : next with { Trace = [.. before, .. next.Trace.Select(step => step with { Iteration = before.Count + step.Iteration })] };
    }

    private Optimum Onwards(Optimum start, double tolerance)
    {
        var optimum = Turned(From(start, tolerance), tolerance);
        for (var count = 0; count < MostReturns && Higher(optimum) is { } higher; count++)
            optimum = Turned(From(Optimum.Start(likelihood, higher, []), tolerance), tolerance);
        return optimum;
    }

    private double[]? Start()
    {
        if (likelihood.Factors.Elements.Count == 0) return [];
        var (best, value) = Starts.Select(deviation => (deviation, Value: At(deviation))).MaxBy(start => start.Value);
        if (best < Starts[^1]) return likelihood.Factors.Diagonal(best);
        for (var next = best * 3; At(next) is var there && there > value; next *= 3)
        {
            if (next > Unending) return null;
            (best, value) = (next, there);
        }

        return likelihood.Factors.Diagonal(best);

        double At(double deviation) => likelihood.Value(likelihood.Factors.Diagonal(deviation));
    }

    // The log-likelihood is even in every column of Lambda, so that a vanishing diagonal element is 0 for every purpose.
    private Optimum From(Optimum start, double tolerance)
    {
        var optimum = new NewtonOptimiser(settings).Maximise(start, start.Point.Length, tolerance);
        var (point, elements) = ((double[])optimum.Next.Clone(), likelihood.Factors.Elements);
        for (var k = 0; k < point.Length; k++)
        {
            if (elements[k].Row == elements[k].Column && Math.Abs(point[k]) < FitChecks.SingularTolerance) point[k] = 0;
        }

        return optimum with { Next = point };
    }

    // From the other end of a narrow valley, where there is one; the higher of the two maxima.
    private Optimum Turned(Optimum optimum, double tolerance)
    {
        if (FactorTurn.Of(likelihood.Factors.Elements, optimum.Next) is not { } start) return optimum;
        var turned = From(Optimum.Start(likelihood, start, []), tolerance);
        var least = likelihood.Value(optimum.Next);
        return likelihood.Value(turned.Next) >= least - Rounding(least) ? turned : optimum;
    }

    // At 0 a diagonal element is stationary whether the likelihood falls from there, rises, or has a higher maximum further on.
    private double[]? Higher(Optimum optimum)
    {
        var (elements, least) = (likelihood.Factors.Elements, likelihood.Value(optimum.Next));
        least += Rounding(least);
        return Enumerable.Range(0, elements.Count)
            .Where(k => elements[k].Row == elements[k].Column && optimum.Next[k] == 0)
            .SelectMany(k => BesideZero.Select(deviation => With(optimum.Next, k, deviation)))
            .Select(point => (Point: point, Value: likelihood.Value(point))).Where(other => other.Value > least)
            .OrderByDescending(other => other.Value).Select(other => other.Point).FirstOrDefault();
    }

    // What two log-likelihoods of one maximum may differ by.
    private static double Rounding(double value) => 1e-9 * (1 + Math.Abs(value));

    private static double[] With(double[] point, int element, double value)
    {
        var changed = (double[])point.Clone();
        changed[element] = value;
        return changed;
    }
}
