using Caseload.MixedModels.Checks;
using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Likelihoods;
using Caseload.MixedModels.Optimisation;

namespace Caseload.MixedModels.Fits;

/// <summary>The maximum of a likelihood with the covariance of the estimates, for the standardised columns.</summary>
/// <param name="Design">The design on which the likelihood was maximised.</param>
/// <param name="Optimum">Where the optimiser stopped.</param>
/// <param name="Again">The likelihood and its derivatives at the estimates, computed anew with modes sought from 0.</param>
/// <param name="Covariance">
/// The inverse of the observed information of the free parameters, or null where it is not definite. Of a Gaussian model, whose
/// coefficients are profiled out, the free parameters are those of the covariance matrices.
/// </param>
internal sealed record Estimates(Design Design, Optimum Optimum, LikelihoodPoint Again, double[,]? Covariance)
{
    // In standard errors: a tenth of what the check of the gradient tolerates.
    private const double PolishTolerance = 1e-6;

    // In standard errors: what a search that ran out of iterations may leave to do.
    private const double NearTolerance = 0.1;

    private const int MostPolishes = 10;

    /// <summary>The coefficients of the standardised columns.</summary>
    internal required double[] Beta { get; init; }

    /// <summary>The covariance matrix of the coefficients in its leading block; null where it does not exist.</summary>
    internal required double[,]? BetaCovariance { get; init; }

    /// <summary>The names of the free parameters, for the checks.</summary>
    internal required IReadOnlyList<string> ParameterNames { get; init; }

    /// <summary>The random effects.</summary>
    internal required RandomPart Random { get; init; }

    /// <summary>The directions in which the random effects do not vary.</summary>
    internal IReadOnlyList<SingularDirection> Singular { get; init; } = [];

    /// <summary>The standard deviation of the residuals, of the Gaussian family.</summary>
    internal double? ResidualStandardDeviation { get; init; }

    /// <summary>
    /// The likelihood and its gradient at the estimates by a quadrature of more points; null where none applies.
    /// </summary>
    internal FinerQuadrature? Finer { get; init; }

    /// <summary>The dispersion of the family; 1 where it has no such parameter.</summary>
    internal double Dispersion { get; init; } = 1;

    /// <summary>Whether second derivatives computed anew are those of a maximum, and the next step by them is short.</summary>
    internal bool AtMaximum => Covariance is not null && Length(Again.Gradient, Move(Optimum.Next, Again.Gradient, Covariance)) <= PolishTolerance;

    /// <summary>The estimates of a likelihood that the coefficients and the random effects' parameters maximise jointly.</summary>
    /// <param name="design">The design.</param>
    /// <param name="optimum">The maximum.</param>
    /// <param name="names">The names of the free parameters beside the coefficients, in their order after these.</param>
    /// <param name="random">Makes the random part of the parameters, the likelihood there and the covariance of all free
    /// parameters.</param>
    internal static Estimates Joint(Design design, Optimum optimum, IReadOnlyList<string> names,
        Func<double[], LikelihoodPoint, double[,]?, RandomPart> random)
    {
        var (at, again, covariance) = Polish(optimum, design.Width + names.Count);
        return new Estimates(design, at, again, covariance)
        {
            Beta = at.Next[..design.Width],
            BetaCovariance = covariance,
            ParameterNames = [.. design.Names.Select(name => name.Name), .. names],
            Random = random(at.Next, again, covariance),
        };
    }

    /// <summary>
    /// A search by approximate second derivatives may stop a little short; with the exact ones, which are needed anyway, the rest of the
    /// way is a step or two. Where it leads to a maximum, it does not matter that rounding hid the ascent from the search, or that its last
    /// iterations crept up to it.
    /// </summary>
    /// <param name="optimum">Where the search stopped.</param>
    /// <param name="free">How many of the parameters are estimated, from the first.</param>
    /// <returns>The maximum, the likelihood computed anew there, and the covariance matrix of the free parameters.</returns>
    internal static (Optimum At, LikelihoodPoint Again, double[,]? Covariance) Polish(Optimum optimum, int free)
    {
        var again = optimum.Likelihood.Confirm(optimum.Next);
        var covariance = NewtonOptimiser.Covariance(again.Hessian, free);
        var isNear = optimum.Reason == StopReason.NoAscent;
        for (var step = 0; step < MostPolishes && covariance is not null && again.ModesFound; step++)
        {
            var move = Move(optimum.Next, again.Gradient, covariance);
            var length = Length(again.Gradient, move);
            isNear |= optimum.Reason == StopReason.IterationLimit && step == 0 && length <= NearTolerance;
            if (length <= PolishTolerance) return (isNear ? optimum with { Reason = StopReason.StepIsShort } : optimum, again, covariance);
            double[] next = [.. optimum.Next.Zip(move, (value, change) => value + change)];
            var there = optimum.Likelihood.Confirm(next);

            // Very near the maximum the log-likelihood rises by less than it is rounded by; then the length of the next step tells.
            if (!there.ModesFound || NewtonOptimiser.Covariance(there.Hessian, free) is not { } spread
                || (there.LogLikelihood <= again.LogLikelihood && Length(there.Gradient, Move(next, there.Gradient, spread)) >= length))
            {
                // What the likelihood holds is to belong to the point that is returned.
                return (optimum, optimum.Likelihood.Confirm(optimum.Next), covariance);
            }

            (optimum, again, covariance) = (optimum with { Next = next }, there, spread);
        }

        return (optimum, again, covariance);
    }

    // Newton's step. A standard deviation that rests at 0, where it is stationary, is kept there from the rounding of the others' steps.
    private static double[] Move(double[] point, double[] gradient, double[,] covariance)
    {
        var move = new double[point.Length];
        for (var row = 0; row < covariance.GetLength(0); row++)
        {
            if (point[row] == 0 && gradient[row] == 0) continue;
            for (var column = 0; column < covariance.GetLength(0); column++) move[row] += covariance[row, column] * gradient[column];
        }

        return move;
    }

    // In standard errors.
    private static double Length(double[] gradient, double[] move) => Math.Sqrt(Math.Max(Numerics.Vectors.Dot(gradient, move), 0));
}
