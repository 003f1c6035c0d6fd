using Caseload.MixedModels.Likelihoods;

namespace Caseload.MixedModels.Optimisation;

/// <summary>One step of the optimiser.</summary>
/// <param name="Iteration">From 0, the start.</param>
/// <param name="LogLikelihood">The log-likelihood before the step, without the binomial coefficients.</param>
/// <param name="StandardDeviation">The standard deviation of the random effect before the step; 0 without one.</param>
/// <param name="StepLength">The length of the full Newton step in standard errors; not-a-number where the Hessian was not negative definite.</param>
/// <param name="Fraction">The share of the step that was taken.</param>
public sealed record OptimiserStep(int Iteration, double LogLikelihood, double StandardDeviation, double StepLength, double Fraction);

/// <summary>Why the optimiser stopped.</summary>
public enum StopReason
{
    /// <summary>The next step is shorter than the tolerance, at a point where the log-likelihood is concave.</summary>
    StepIsShort,

    /// <summary>The limit of iterations was reached.</summary>
    IterationLimit,

    /// <summary>No fraction of the step raises the log-likelihood.</summary>
    NoAscent,

    /// <summary>The standard deviation of the random effect grows without a bound in sight.</summary>
    Divergence,

    /// <summary>The search for the modes of the random effects did not end.</summary>
    ModesNotFound,
}

/// <summary>Where the optimiser stopped.</summary>
/// <param name="Point">The parameters.</param>
/// <param name="At">The log-likelihood and its derivatives there.</param>
/// <param name="Reason">Why it stopped.</param>
/// <param name="Trace">The steps.</param>
internal sealed record Optimum(double[] Point, LikelihoodPoint At, StopReason Reason, IReadOnlyList<OptimiserStep> Trace);

/// <summary>
/// Maximises the log-likelihood by Newton's method with exact second derivatives, made definite where they are not (Nocedal and Wright
/// 2006, section 3.4) and shortened until the log-likelihood rises enough (Armijo).
/// </summary>
internal sealed class NewtonOptimiser(LaplaceLikelihood likelihood, FitSettings settings)
{
    private const double SufficientRise = 1e-4;
    private const double ShortestFraction = 1e-8;
    private const double LargestDeviation = 1e3;

    /// <summary>Maximises from a start.</summary>
    /// <param name="start">The coefficients of the standardised columns, then sigma.</param>
    /// <param name="withSigma">Whether sigma is estimated; otherwise it stays as it is.</param>
    internal Optimum Maximise(double[] start, bool withSigma)
    {
        var free = start.Length - (withSigma ? 0 : 1);
        var trace = new List<OptimiserStep>();
        var point = start;
        var at = likelihood.Evaluate(point, new double[likelihood.GroupCount]);
        for (var iteration = 0; iteration < settings.MaxIterations; iteration++)
        {
            if (!at.ModesFound) return Stop(StopReason.ModesNotFound);
            if (Math.Abs(point[^1]) > LargestDeviation) return Stop(StopReason.Divergence);
            var (step, definite) = Step(at, free);
            var rise = Dot(at.Gradient, step);
            var length = definite ? Math.Sqrt(Math.Max(rise, 0)) : double.NaN;
            if (length <= settings.StepTolerance)
            {
                trace.Add(new OptimiserStep(iteration, at.LogLikelihood, Math.Abs(point[^1]), length, 0));
                return Stop(StopReason.StepIsShort);
            }

            // A step of sigma over several times its size rests on a quadratic approximation that does not hold so far away.
            var fraction = Math.Min(1, Math.Max(1, Math.Abs(point[^1])) / Math.Max(Math.Abs(withSigma ? step[^1] : 0), 1e-300));
            if (Search(point, at, step, fraction) is not { } found) return Stop(StopReason.NoAscent);
            trace.Add(new OptimiserStep(iteration, at.LogLikelihood, Math.Abs(point[^1]), length, found.Fraction));
            (point, at) = (found.Point, found.At);
        }

        return Stop(StopReason.IterationLimit);

        Optimum Stop(StopReason reason) => new(point, at, reason, trace);
    }

    /// <summary>The inverse of the negative Hessian's leading block, or null where the log-likelihood is not concave there.</summary>
    internal static double[,]? Covariance(double[,] hessian, int free) => Cholesky.Factor(Negative(hessian, free, 0))?.Inverse();

    private static (double[] Step, bool Definite) Step(LikelihoodPoint at, int free)
    {
        var gradient = at.Gradient.AsSpan(0, free);
        for (var ridge = 0.0; ; ridge = ridge == 0 ? 1e-3 : ridge * 10)
        {
            if (Cholesky.Factor(Negative(at.Hessian, free, ridge)) is not { } factor) continue;
            var step = new double[at.Gradient.Length];
            factor.Solve(gradient).CopyTo(step, 0);
            return (step, ridge == 0);
        }
    }

    // Minus the Hessian; a ridge raises each diagonal element by a share of its size, which leaves the units of the parameters aside.
    private static double[,] Negative(double[,] hessian, int free, double ridge)
    {
        var negative = new double[free, free];
        for (var row = 0; row < free; row++)
        {
            for (var column = 0; column < free; column++) negative[row, column] = -hessian[row, column];
            negative[row, row] += ridge * (Math.Abs(hessian[row, row]) + 1e-8);
        }

        return negative;
    }

    private (double[] Point, LikelihoodPoint At, double Fraction)? Search(double[] point, LikelihoodPoint at, double[] step, double fraction)
    {
        var rise = Dot(at.Gradient, step);

        // What rounding may take from the log-likelihood when the step is so short that it hardly rises.
        var slack = 1e-13 * (1 + Math.Abs(at.LogLikelihood));
        for (; fraction > ShortestFraction; fraction /= 2)
        {
            var next = point.Zip(step, (p, s) => p + fraction * s).ToArray();
            var there = likelihood.Evaluate(next, at.Modes);
            if (there.ModesFound && there.LogLikelihood >= at.LogLikelihood + SufficientRise * fraction * rise - slack) return (next, there, fraction);
        }

        return null;
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
}
