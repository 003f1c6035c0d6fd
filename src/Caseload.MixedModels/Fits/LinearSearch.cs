using Caseload.MixedModels.Checks;
using Caseload.MixedModels.LinearModels;
using Caseload.MixedModels.Optimisation;

namespace Caseload.MixedModels.Fits;

/// <summary>Maximises the profiled likelihood of a linear mixed model in the covariance factors.</summary>
internal sealed class LinearSearch(ProfiledLikelihood likelihood, FitSettings settings)
{
    // Standard deviations to begin from, of all effects of columns of root mean square 1, over that of residuals.
    private static readonly double[] Starts = [0.1, 0.4, 1, 3];

    // Where an element is 0 the maximum may also lie close by.
    private static readonly double[] Near = [0.003, 0.01, 0.03];

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
        return Onwards(From(Optimum.Start(likelihood, start, []), settings.StepTolerance), settings.StepTolerance);
    }

    /// <summary>
    /// The maximum, held against second derivatives that are computed anew: those that led to it were updated on the way, and may take a
    /// point near it, or near a saddle, for it.
    /// </summary>
    /// <param name="optimum">Where the search ended.</param>
    internal Optimum Confirmed(Optimum optimum)
    {
        for (var count = 0; count < MostReturns; count++)
        {
            var again = likelihood.Confirm(optimum.Next);
            if (NewtonOptimiser.Covariance(again.Hessian, optimum.Next.Length) is { } covariance
                && Length(again.Gradient, covariance) <= Short) break;
            var next = Onwards(From(new Optimum(likelihood, optimum.Next, again), Short), Short);
            if (next.Reason != StopReason.StepIsShort) break;
            optimum = next with
            {
                Trace = [.. optimum.Trace, .. next.Trace.Select(step => step with { Iteration = optimum.Trace.Count + step.Iteration })],
            };
        }

        return optimum;
    }

    private Optimum Onwards(Optimum optimum, double tolerance)
    {
        for (var count = 0; count < MostReturns && Higher(optimum) is { } higher; count++)
            optimum = From(Optimum.Start(likelihood, higher, []), tolerance);
        return optimum;
    }

    // Of the Newton step, in standard errors.
    private static double Length(double[] gradient, double[,] covariance)
    {
        var square = 0.0;
        for (var row = 0; row < gradient.Length; row++)
        {
            for (var column = 0; column < gradient.Length; column++) square += gradient[row] * covariance[row, column] * gradient[column];
        }

        return Math.Sqrt(Math.Max(square, 0));
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

    // At 0 a diagonal element is stationary whether the likelihood falls from there, rises, or has a higher maximum further on.
    private double[]? Higher(Optimum optimum)
    {
        var (elements, least) = (likelihood.Factors.Elements, likelihood.Value(optimum.Next));
        least += 1e-9 * (1 + Math.Abs(least));
        return Enumerable.Range(0, elements.Count)
            .Where(k => elements[k].Row == elements[k].Column && optimum.Next[k] == 0)
            .SelectMany(k => Near.Concat(Starts).Select(deviation => With(optimum.Next, k, deviation)))
            .Select(point => (Point: point, Value: likelihood.Value(point))).Where(other => other.Value > least)
            .OrderByDescending(other => other.Value).Select(other => other.Point).FirstOrDefault();
    }

    private static double[] With(double[] point, int element, double value)
    {
        var changed = (double[])point.Clone();
        changed[element] = value;
        return changed;
    }
}
