using Caseload.Frames;
using Caseload.MixedModels.Likelihoods;
using Caseload.MixedModels.Numerics;

namespace Caseload.MixedModels.Optimisation;

/// <summary>One step of the optimiser.</summary>
/// <param name="Iteration">From 0, the start.</param>
/// <param name="LogLikelihood">The log-likelihood before the step, without the binomial coefficients.</param>
/// <param name="StandardDeviation">
/// The standard deviation of the random effect before the step, of several the largest element of their Cholesky factors; 0 without one.
/// </param>
/// <param name="StepLength">The length of the full Newton step in standard errors; not-a-number where the Hessian was not negative
/// definite.</param>
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

/// <summary>Where the optimiser stopped, or is to start.</summary>
/// <param name="Likelihood">What is maximised.</param>
/// <param name="Point">The parameters.</param>
/// <param name="At">The log-likelihood and its derivatives there.</param>
internal sealed record Optimum(ILogLikelihood Likelihood, double[] Point, LikelihoodPoint At)
{
    /// <summary>Why the optimiser stopped; of a start, that it may take no step.</summary>
    internal StopReason Reason { get; init; } = StopReason.IterationLimit;

    /// <summary>
    /// Where the last step leads, which was short enough not to be taken: nearer the maximum by the square of its length. The parameters
    /// themselves where the optimiser stopped for another reason.
    /// </summary>
    internal double[] Next { get; init; } = Point;

    /// <summary>The steps that led here.</summary>
    internal IReadOnlyList<OptimiserStep> Trace { get; init; } = [];

    /// <summary>The length of the next step in standard errors; not-a-number where the log-likelihood is not concave.</summary>
    internal double StepLength => Trace.Count == 0 ? double.NaN : Trace[^1].StepLength;

    /// <summary>A start.</summary>
    /// <param name="likelihood">What is maximised.</param>
    /// <param name="point">The parameters.</param>
    /// <param name="modes">Where the search for the modes begins.</param>
    internal static Optimum Start(ILogLikelihood likelihood, double[] point, double[] modes) =>
        new(likelihood, point, likelihood.Evaluate(point, modes));
}

/// <summary>
/// Maximises the log-likelihood by Newton's method with exact second derivatives, made definite where they are not (Nocedal and Wright
/// 2006, section 3.4) and shortened until the log-likelihood rises enough (Armijo).
/// </summary>
internal sealed class NewtonOptimiser(FitSettings settings)
{
    private const double SufficientRise = 1e-4;
    private const double ShortestFraction = 1e-8;

    /// <summary>Maximises from a start.</summary>
    /// <param name="start">The start, or where an earlier search with another tolerance stopped.</param>
    /// <param name="free">How many of the parameters are estimated, from the first; the others stay as they are.</param>
    /// <param name="tolerance">The length of a step, in standard errors, that is short enough to stop.</param>
    internal Optimum Maximise(Optimum start, int free, double tolerance)
    {
        var random = start.Likelihood.FirstRandomParameter..^start.Likelihood.DispersionParameters;
        var trace = new List<OptimiserStep>();
        var (point, at) = (start.Point, start.At);
        for (var iteration = 0; iteration < settings.MaxIterations; iteration++)
        {
            LongWork.Look();
            if (!at.ModesFound) return Stop(StopReason.ModesNotFound);
            if (Largest(point, random) > start.Likelihood.LargestDeviation) return Stop(StopReason.Divergence);
            var (step, definite) = Step(at, free);
            var length = definite ? Math.Sqrt(Math.Max(Vectors.Dot(at.Gradient, step), 0)) : double.NaN;
            if (length <= tolerance)
            {
                trace.Add(new OptimiserStep(iteration, at.LogLikelihood, Largest(point, random), length, 0));
                return Stop(StopReason.StepIsShort) with { Next = Along(point, step, 1) };
            }

            // A step of a standard deviation over several times its size rests on a quadratic approximation that does not hold so far away.
            var fraction = Math.Min(1, Math.Max(1, Largest(point, random)) / Math.Max(Largest(step, random), 1e-300));
            if (Search(start.Likelihood, (point, at), step, fraction) is not { } found) return Stop(StopReason.NoAscent);
            trace.Add(new OptimiserStep(iteration, at.LogLikelihood, Largest(point, random), length, found.Fraction));
            (point, at) = (found.Point, found.At);
        }

        return Stop(StopReason.IterationLimit);

        Optimum Stop(StopReason reason) => new(start.Likelihood, point, at) { Reason = reason, Trace = trace };
    }

    /// <summary>The inverse of the negative Hessian's leading block, or null where the log-likelihood is not concave there.</summary>
    internal static double[,]? Covariance(double[,] hessian, int free) => Cholesky.Factor(Information(hessian, free, 0))?.Inverse();

    /// <summary>Minus the Hessian's leading block; a ridge raises each diagonal element by a share of its size, whatever its
    /// unit.</summary>
    internal static double[,] Information(double[,] hessian, int free, double ridge)
    {
        var information = new double[free, free];
        for (var row = 0; row < free; row++)
        {
            for (var column = 0; column < free; column++) information[row, column] = -hessian[row, column];
            information[row, row] += ridge * (Math.Abs(hessian[row, row]) + 1e-8);
        }

        return information;
    }

    private static (double[] Step, bool Definite) Step(LikelihoodPoint at, int free)
    {
        // Twice a negative curvature, as a ridge, turns its sign.
        var gradient = at.Gradient.AsSpan(0, free);
        for (var ridge = 0.0; ; ridge = ridge == 0 ? 1e-3 : ridge < 0.1 ? ridge * 10 : Math.Max(2, ridge * 2))
        {
            if (Cholesky.Factor(Information(at.Hessian, free, ridge)) is not { } factor) continue;
            var step = new double[at.Gradient.Length];
            factor.Solve(gradient).CopyTo(step, 0);
            return (step, ridge == 0);
        }
    }

    private static (double[] Point, LikelihoodPoint At, double Fraction)? Search(
        ILogLikelihood likelihood, (double[] Point, LikelihoodPoint At) from, double[] step, double fraction)
    {
        var at = from.At;
        var rise = Vectors.Dot(at.Gradient, step);

        // What rounding may take from the log-likelihood when the step is so short that it hardly rises.
        var slack = 1e-13 * (1 + Math.Abs(at.LogLikelihood));
        for (; fraction > ShortestFraction; fraction /= 2)
        {
            var next = Along(from.Point, step, fraction);
            var there = likelihood.Evaluate(next, at.ModesAlong(step, fraction));
            var enough = at.LogLikelihood + SufficientRise * fraction * rise - slack;
            if (there.ModesFound && there.LogLikelihood >= enough) return (next, there, fraction);
        }

        return null;
    }

    private static double Largest(double[] point, Range random) => point[random].Select(Math.Abs).DefaultIfEmpty().Max();

    private static double[] Along(double[] point, double[] step, double fraction) => [.. point.Zip(step, (p, s) => p + fraction * s)];
}
