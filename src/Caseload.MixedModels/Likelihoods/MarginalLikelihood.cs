using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Numerics;

namespace Caseload.MixedModels.Likelihoods;

/// <summary>The log-likelihood at a point, with its first and second derivatives by (beta, sigma).</summary>
/// <param name="LogLikelihood">The log-likelihood without what depends on no parameter.</param>
/// <param name="Gradient">First derivatives: the coefficients, then sigma.</param>
/// <param name="Hessian">Second derivatives; the lower triangle and the upper one.</param>
/// <param name="Modes">The mode of each group's standardised effect b, where the group adds sigma b to the linear predictor.</param>
/// <param name="Precisions">H of each group: minus the second derivative of the integrand's logarithm by b at the mode; at least 1.</param>
internal sealed record LikelihoodPoint(
    double LogLikelihood, double[] Gradient, double[,] Hessian, double[] Modes, double[] Precisions)
{
    /// <summary>Whether every mode was found.</summary>
    internal bool ModesFound { get; init; } = true;

    /// <summary>The sum of weights, minus the second derivative of the log-likelihood by the linear predictor, of each group at its
    /// mode.</summary>
    internal double[] Weights { get; init; } = new double[Modes.Length];

    /// <summary>The gradient of each group's mode by the parameters, one group after another; empty without derivatives.</summary>
    internal double[] ModeGradients { get; init; } = [];

    /// <summary>Where the modes lie after a step of the parameters, to the first order: where the search for them begins.</summary>
    /// <param name="step">The step.</param>
    /// <param name="fraction">The share of it that is taken.</param>
    internal double[] ModesAlong(double[] step, double fraction)
    {
        var modes = (double[])Modes.Clone();
        for (var group = 0; group < modes.Length; group++)
            modes[group] += fraction * Vectors.Dot(ModeGradients.AsSpan(group * step.Length, step.Length), step);
        return modes;
    }
}

/// <summary>
/// The log-likelihood of a model with a random intercept, each group's integral over its effect approximated, with exact derivatives.
/// </summary>
/// <remarks>
/// Cells are cut into a number of parts that depends on the data only; the parts may run side by side and are added up in their order,
/// so that the result never depends on the number of processors. One evaluation at a time.
/// </remarks>
internal abstract class MarginalLikelihood
{
    private readonly Design design;
    private readonly LikelihoodPart[] parts;

    private protected MarginalLikelihood(Design design, Func<int, int, LikelihoodPart> part)
    {
        this.design = design;
        parts = [.. design.Operator.Runs().Select(run => part(run.First, run.End))];
    }

    internal int GroupCount => design.Cells.GroupCount;

    /// <summary>The log-likelihood and its derivatives.</summary>
    /// <param name="point">The coefficients of the standardised columns, then sigma, of either sign.</param>
    /// <param name="modes">Where the search for the modes begins, one a group.</param>
    internal LikelihoodPoint Evaluate(double[] point, double[] modes) => Run(point, modes, withDerivatives: true);

    /// <summary>The log-likelihood alone; the derivatives are left at 0.</summary>
    /// <param name="point">The coefficients of the standardised columns, then sigma, of either sign.</param>
    internal double Value(double[] point) => Run(point, new double[GroupCount], withDerivatives: false).LogLikelihood;

    private LikelihoodPoint Run(double[] point, double[] modes, bool withDerivatives)
    {
        var size = point.Length;
        var result = new LikelihoodPoint(0, new double[size], new double[size, size], (double[])modes.Clone(), new double[GroupCount])
        {
            ModeGradients = withDerivatives ? new double[GroupCount * size] : [],
        };
        var predictor = design.Operator.Prepare(point.AsMemory(0, size - 1));
        if (parts.Length == 1) parts[0].Run(predictor, point[^1], result, withDerivatives);
        else Parallel.ForEach(parts, part => part.Run(predictor, point[^1], result, withDerivatives));

        var sum = 0.0;
        var found = true;
        foreach (var part in parts)
        {
            sum += part.LogLikelihood;
            found &= part.ModesFound;
            if (!withDerivatives) continue;
            for (var i = 0; i < size; i++)
            {
                result.Gradient[i] += part.Gradient[i];
                for (var k = 0; k <= i; k++) result.Hessian[i, k] += part.Hessian[i, k];
            }
        }

        if (withDerivatives) design.Operator.AddGram([.. parts.Select(part => part.Products)], result.Hessian);
        for (var i = 0; i < size; i++)
        {
            for (var k = 0; k < i; k++) result.Hessian[k, i] = result.Hessian[i, k];
        }

        return result with { LogLikelihood = sum, ModesFound = found };
    }
}
