using Caseload.MixedModels.Factorisations;
using Caseload.MixedModels.Likelihoods;
using Caseload.MixedModels.Numerics;
using Caseload.MixedModels.RandomEffects;

namespace Caseload.MixedModels.LinearModels;

/// <summary>
/// The log-likelihood of a linear mixed model, or the restricted one, as a function of the covariance factors relative to the residual
/// standard deviation alone: coefficients and residual variance are at their maximum given those (Bates, Machler, Bolker and Walker 2015,
/// section 3). The gradient is exact. docs/method.md derives it.
/// </summary>
internal sealed class ProfiledLikelihood : ILogLikelihood
{
    // Of the size of an element: far above rounding, and far below the distance over which second derivatives change.
    private const double DifferenceStep = 1e-5;

    // A size for elements that are smaller.
    private const double SmallElement = 0.1;

    // Of that size: over so short a step second derivatives hardly change.
    private const double NearStep = 0.1;

    // On the scale of a link, as of other likelihoods of these families.
    private const double LargestWorkingDeviation = 30;

    private readonly LinearStatistics statistics;
    private readonly PenalisedLeastSquares problem;
    private readonly BlockMatrix inverse;
    private readonly bool isRestricted;
    private (double[] Point, LikelihoodPoint At)? before;

    /// <summary>The likelihood.</summary>
    /// <param name="statistics">What it depends on.</param>
    /// <param name="isRestricted">Whether it is the restricted likelihood.</param>
    internal ProfiledLikelihood(LinearStatistics statistics, bool isRestricted)
    {
        (this.statistics, this.isRestricted) = (statistics, isRestricted);
        problem = new PenalisedLeastSquares(statistics);
        inverse = new BlockMatrix(statistics.Layout.Pattern);
        Freedom = statistics.Observations - (isRestricted ? statistics.Design.Width : 0);
    }

    /// <inheritdoc/>
    public int ModeCount => 0;

    /// <inheritdoc/>
    public int FirstRandomParameter => 0;

    /// <summary>The ratio of standard deviations at which residuals are rounding next to the random effects.</summary>
    public double LargestDeviation => HasKnownVariance ? LargestWorkingDeviation : 1e6;

    /// <summary>
    /// Whether the residual variance is 1 and not estimated, as in the working model of quasi-likelihood, whose weights are those of the
    /// family.
    /// </summary>
    internal bool HasKnownVariance { get; init; }

    /// <summary>What the residual sum of squares is divided by: the number of observations, of REML less that of coefficients.</summary>
    internal double Freedom { get; }

    /// <summary>What it depends on.</summary>
    internal LinearStatistics Statistics => statistics;

    /// <summary>How the random effects meet the cells.</summary>
    internal RandomLayout Layout => statistics.Layout;

    /// <summary>The factors of the covariance matrices over the residual variance, at the parameters of the last evaluation.</summary>
    internal CovarianceFactors Factors => problem.Factors;

    /// <inheritdoc/>
    public double Value(double[] point) => problem.At(point) ? LogLikelihood() : double.NaN;

    /// <summary>
    /// The log-likelihood and its derivatives. Second derivatives are differences of gradients, each of which costs as much as the value,
    /// or near the point of the evaluation before, those there with what the two gradients say of the direction between.
    /// </summary>
    /// <inheritdoc/>
    public LikelihoodPoint Evaluate(double[] point, double[] modes)
    {
        if (before is not { } there
            || point.Zip(there.Point, (to, from) => Math.Abs(to - from) > NearStep * Size(from)).Any(isFar => isFar)) return Confirm(point);
        var at = Gradient(point);
        if (!at.ModesFound) return at;
        at = at with { Hessian = SecantUpdate.Of(there.At, at.Gradient, [.. point.Zip(there.Point, (to, from) => to - from)]) };
        before = (point, at);
        return at;
    }

    /// <inheritdoc/>
    public LikelihoodPoint Confirm(double[] point)
    {
        double[] steps = [.. point.Select(value => DifferenceStep * Size(value))];
        double[][] moved = [.. steps.Select((step, k) => Gradient(Moved(point, k, step)).Gradient)];

        // The point itself comes last, so that the estimates there are at hand.
        var at = Gradient(point);
        for (var k = 0; k < point.Length; k++)
        {
            for (var i = 0; i < point.Length; i++)
            {
                var second = (moved[k][i] - at.Gradient[i]) / steps[k];
                at.Hessian[i, k] += second / 2;
                at.Hessian[k, i] += second / 2;
            }
        }

        before = at.ModesFound ? (point, at) : null;
        return at;
    }

    /// <inheritdoc/>
    public ILogLikelihood Another() => new ProfiledLikelihood(statistics, isRestricted) { HasKnownVariance = HasKnownVariance };

    /// <summary>The estimates at the point last evaluated with derivatives.</summary>
    internal LinearSolution Solution()
    {
        double[] beta = [.. statistics.First];
        Vectors.AddTimes(beta, 1, problem.Change);
        var effects = new double[Layout.Pattern.Length];
        Factors.Multiply(problem.Modes, effects);
        var conditional = new BlockMatrix(Layout.Pattern);
        inverse.Values.CopyTo(conditional.Values, 0);
        if (Layout.Groupings.Count > 0) Factors.Carry(conditional);
        return new LinearSolution(beta, problem.Fixed!.Inverse(), HasKnownVariance ? 1 : Math.Sqrt(problem.Squares / Freedom))
        {
            // A known variance is as one from infinitely many observations.
            Freedom = HasKnownVariance ? double.PositiveInfinity : Freedom,
            Effects = effects,
            Conditional = conditional,
            DeviationSlopes = [.. Factors.Elements.Select(element =>
                HasKnownVariance ? 0 : -problem.GroupSum(element, problem.Slope, problem.Modes) / problem.Squares)],
        };
    }

    private static double Size(double element) => Math.Abs(element) + SmallElement;

    private static double[] Moved(double[] point, int parameter, double step)
    {
        var moved = (double[])point.Clone();
        moved[parameter] += step;
        return moved;
    }

    private double LogLikelihood()
    {
        var value = problem.LogDeterminant
            + (HasKnownVariance ? problem.Squares : Freedom * (Math.Log(2 * Math.PI * problem.Squares / Freedom) + 1));

        // The restricted likelihood is that of the columns as they were given.
        if (isRestricted) value += problem.FixedLogDeterminant + 2 * statistics.Design.Standardised.Scales.Sum(Math.Log);
        return -value / 2;
    }

    private LikelihoodPoint Gradient(double[] point)
    {
        var at = new LikelihoodPoint(double.NaN, new double[point.Length], new double[point.Length, point.Length], [], []);
        if (!problem.At(point)) return at with { ModesFound = false };
        if (problem.Factor is not { } factor) return at with { LogLikelihood = LogLikelihood() };
        factor.Inverse(inverse);
        problem.FindModes();
        var products = BlockProducts.Diagonals(Layout, statistics.Information, Factors.Lambda, inverse);
        var precision = HasKnownVariance ? 1 : Freedom / problem.Squares;
        for (var i = 0; i < point.Length; i++)
        {
            var element = Factors.Elements[i];
            at.Gradient[i] = precision * problem.GroupSum(element, problem.Slope, problem.Modes)
                - products[element.Grouping][element.Row, element.Column];
        }

        if (isRestricted) problem.AddFixedSlopes(at.Gradient);
        return at with { LogLikelihood = LogLikelihood() };
    }
}
