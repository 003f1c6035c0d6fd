using Caseload.MixedModels.Checks;
using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Likelihoods;
using Caseload.MixedModels.Optimisation;
using Caseload.MixedModels.RandomEffects;

namespace Caseload.MixedModels.Fits;

/// <summary>Maximises the approximated log-likelihood in the fixed effects and the covariance matrices of any random effects.</summary>
internal sealed class RandomEffectsSearch(Design design, RandomLayout layout, FitSettings settings)
{
    // Standard deviations of all effects to begin from, for columns of root mean square 1, where the scores of the groups do not tell.
    private static readonly double[] Starts = [0.1, 0.4, 1, 3];

    // A start nearer to 0 would take many steps away from it, the log-likelihood being flat there.
    private const double LeastStart = 0.03;

    // Beyond this a log-likelihood that is taken as quadratic in the effects misleads.
    private const double LargestStart = 1;

    // Searches with an approximate Hessian that succeed take fewer steps.
    private const int QuickIterations = 15;
    private const int QuickQuadratureIterations = 30;

    // In standard errors, how far from the maximum an approximate Hessian may leave the estimates.
    private const double Remaining = 1e-6;

    // In standard errors: how near to the maximum of the Laplace approximation quadrature begins.
    private const double Near = 0.05;

    /// <summary>The overdispersion of the negative binomial family, which is estimated too; null of other families.</summary>
    internal Overdispersion? Overdispersion { get; init; }

    /// <summary>The maximum, which may be singular.</summary>
    /// <param name="rough">A rough maximum without random effects.</param>
    internal Estimates Maximise(Optimum rough)
    {
        var optimum = AtTheEdge(Search(Start(rough, Likelihood())));
        var likelihood = (IRandomEffectsLikelihood)optimum.Likelihood;
        RandomEstimates? random = null;
        var names = likelihood.Factors.Elements.Select(element => element.Name);
        if (Overdispersion is not null) names = names.Append(Overdispersion.ParameterName);
        var estimates = Estimates.Joint(design, optimum, [.. names], (at, again, covariance) =>
        {
            random = RandomEstimates.Of(likelihood, at, again, covariance);
            return random.Part.InOrderOf(layout.Groupings.Select(grouping => grouping.Grouping));
        });
        return estimates with { Singular = random!.Singular, Finer = Finer(likelihood.Layout, estimates.Optimum.Next, estimates) };
    }

    // The Hessian is approximate at first, of several groupings and by quadrature, so that steps shorten by a factor each and not
    // quadratically. That factor is near 1 where groups are small and differ much; few points of quadrature, and variances near 0 beside
    // others that are not, may lead nowhere. Then the search goes on with an exact Hessian and the effects in the order of their variances.
    private Optimum Search(Optimum start)
    {
        var most = settings.QuadraturePoints == 1 ? QuickIterations : QuickQuadratureIterations;
        var tolerance = settings.QuadraturePoints == 1 ? settings.StepTolerance : settings.StepTolerance / 100;
        var quick = settings with { MaxIterations = Math.Min(most, settings.MaxIterations) };
        var found = new NewtonOptimiser(quick).Maximise(start, start.Point.Length, tolerance);
        if (found.Reason is StopReason.Divergence or StopReason.ModesNotFound) return found;
        if (found.Reason == StopReason.StepIsShort && IsNear(found)) return found;
        var exact = new NewtonOptimiser(settings).Maximise(Again(found), start.Point.Length, settings.StepTolerance);
        var steps = found.Trace.Count;
        return exact with { Trace = [.. found.Trace, .. exact.Trace.Select(step => step with { Iteration = steps + step.Iteration })] };
    }

    // The step that is taken last leaves what the one before left of its own length.
    private bool IsNear(Optimum found) => (settings.QuadraturePoints == 1 && layout.Groupings.Count == 1) || found.Trace.Count == 1
        || found.StepLength * found.StepLength / found.Trace[^2].StepLength < Remaining;

    private Optimum Again(Optimum found)
    {
        var factors = new CovarianceFactors(layout);
        factors.Set(found.Next.AsSpan(design.Width));
        PivotedFactor[] pivoted = [.. factors.Covariances().Select(PivotedFactor.Of)];
        var reordered = layout.InOrder([.. pivoted.Select(block => block.Order)]);
        var elements = pivoted.SelectMany(block => Floored(block.Factor));
        IRandomEffectsLikelihood exact = settings.QuadraturePoints == 1
            ? new SparseLaplaceLikelihood(design, reordered, Overdispersion?.Terms) { WithExactHessian = true }
            : new GridQuadratureLikelihood(design, reordered, GaussHermite.Of(settings.QuadraturePoints), Overdispersion?.Terms)
            {
                WithExactHessian = true,
            };
        double[] point = [.. found.Next.Take(design.Width), .. elements, .. found.Next.Skip(design.Width + factors.Elements.Count)];
        return Optimum.Start(exact, point, new double[exact.ModeCount]);
    }

    // The free elements, column by column. On the diagonal 0 is stationary whether the log-likelihood falls from there or rises.
    private static IEnumerable<double> Floored(double[,] factor) =>
        from column in Enumerable.Range(0, factor.GetLength(0))
        from row in Enumerable.Range(column, factor.GetLength(0) - column)
        select row == column ? Math.Max(factor[row, column], LeastStart) : factor[row, column];

    private IRandomEffectsLikelihood Likelihood() => settings.QuadraturePoints == 1
        ? new SparseLaplaceLikelihood(design, layout, Overdispersion?.Terms)
        : Quadrature(settings.QuadraturePoints, layout);

    private GridQuadratureLikelihood Quadrature(int points, RandomLayout order) =>
        new(design, order, GaussHermite.Of(points), Overdispersion?.Terms);

    private FinerQuadrature? Finer(RandomLayout order, double[] point, Estimates estimates) =>
        order.Groupings is [{ Effects: <= FitSettings.MostQuadratureEffects }]
        ? FinerQuadrature.Of(settings.QuadraturePoints, points => Quadrature(points, order).Gradient(point, estimates.Again.Modes)) : null;

    // The log-likelihood is even in every column of Lambda, so that a vanishing diagonal element is 0 for every purpose.
    private Optimum AtTheEdge(Optimum optimum)
    {
        var (point, elements) = ((double[])optimum.Next.Clone(), ((IRandomEffectsLikelihood)optimum.Likelihood).Factors.Elements);
        for (var k = 0; k < elements.Count; k++)
        {
            if (elements[k].Row == elements[k].Column && Math.Abs(point[design.Width + k]) < FitChecks.SingularTolerance)
                point[design.Width + k] = 0;
        }

        return optimum with { Next = point };
    }

    // Quadrature begins near the maximum of the Laplace approximation, each of whose evaluations costs a fraction of its own.
    private Optimum Start(Optimum glm, IRandomEffectsLikelihood likelihood)
    {
        var laplace = likelihood as SparseLaplaceLikelihood ?? new SparseLaplaceLikelihood(design, layout, Overdispersion?.Terms);
        var point = Start(glm, laplace);
        var start = Optimum.Start(laplace, point, new double[likelihood.ModeCount]);
        if (likelihood == laplace) return start;
        var near = new NewtonOptimiser(settings).Maximise(start, point.Length, Math.Max(Near, settings.StepTolerance));
        return near.Reason == StopReason.StepIsShort
            ? Optimum.Start(likelihood, near.Next, near.At.Modes)
            : Optimum.Start(likelihood, point, start.At.Modes);
    }

    private double[] Start(Optimum glm, SparseLaplaceLikelihood likelihood)
    {
        var suggested = likelihood.StartingElements([.. glm.Point.Take(design.Width)]);
        var deviations = suggested
            .Where((_, k) => likelihood.Factors.Elements[k] is var element && element.Row == element.Column).ToArray();
        double[] floored = [.. suggested.Select((value, k) =>
            likelihood.Factors.Elements[k] is var element && element.Row == element.Column ? Math.Max(value, LeastStart) : 0)];
        var first = From(glm, floored);
        return deviations.All(deviation => deviation is >= LeastStart and <= LargestStart)
            ? first
            : Starts.Select(deviation => From(glm, likelihood.Factors.Diagonal(deviation))).Prepend(first)
                .MaxBy(point => likelihood.Value(point) is var value && double.IsNaN(value) ? double.NegativeInfinity : value)!;
    }

    // The coefficients stretched by the mean attenuation that random effects of these variances cause.
    private double[] From(Optimum glm, double[] elements)
    {
        var larger = Math.Sqrt(1 + design.Kernel.Attenuation * elements.Sum(element => element * element));
        double[] start = [.. glm.Point.Take(design.Width).Select(beta => beta * larger), .. elements];
        return Overdispersion is null ? start : [.. start, Overdispersion.Kappa(elements.Max(Math.Abs))];
    }
}
