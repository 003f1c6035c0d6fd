using Caseload.MixedModels.Numerics;

namespace Caseload.MixedModels.Likelihoods;

/// <summary>
/// A log-likelihood of the coefficients of the standardised columns and of the parameters of the random effects, which follow them, and of
/// the logarithm of a dispersion, where there is one, at the end. What depends on no parameter is left out.
/// </summary>
internal interface ILogLikelihood
{
    /// <summary>The number of modes that are sought on the way: of standardised random effects, distributed as N(0, 1).</summary>
    int ModeCount { get; }

    /// <summary>The position of the first parameter that is not a coefficient.</summary>
    int FirstRandomParameter { get; }

    /// <summary>The number of parameters after those of the random effects: 1 with a dispersion, as its logarithm.</summary>
    int DispersionParameters => 0;

    /// <summary>The size of a parameter of the random effects beyond which the estimate runs away.</summary>
    /// <remarks>On the logit scale a standard deviation of 30 leaves hardly a group whose outcomes are not all alike.</remarks>
    double LargestDeviation => 30;

    /// <summary>Whether the second derivatives of <see cref="Evaluate"/> leave nothing out.</summary>
    bool HasExactHessian => true;

    /// <summary>The log-likelihood and its derivatives; second ones may be approximate, as a search can bear.</summary>
    /// <param name="point">The parameters; those of the random effects may have either sign.</param>
    /// <param name="modes">Where the search for the modes begins.</param>
    LikelihoodPoint Evaluate(double[] point, double[] modes);

    /// <summary>The same, computed anew with modes sought from 0, and all derivatives as they are.</summary>
    /// <param name="point">The parameters.</param>
    LikelihoodPoint Confirm(double[] point);

    /// <summary>The log-likelihood alone.</summary>
    /// <param name="point">The parameters.</param>
    double Value(double[] point);

    /// <summary>The same of the same data with working room of its own: one evaluation at a time may run in each.</summary>
    ILogLikelihood Another();
}

/// <summary>The log-likelihood at a point, with its first and second derivatives by the parameters.</summary>
/// <param name="LogLikelihood">The log-likelihood without what depends on no parameter.</param>
/// <param name="Gradient">First derivatives: by the coefficients, then by the parameters of the random effects.</param>
/// <param name="Hessian">Second derivatives; the lower triangle and the upper one.</param>
/// <param name="Modes">The modes of the standardised effects.</param>
/// <param name="Precisions">
/// Of one random intercept, H of each group: minus the second derivative of the integrand's logarithm at the mode; at least 1. Otherwise
/// empty.
/// </param>
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
        if (ModeGradients.Length == 0) return modes;
        for (var group = 0; group < modes.Length; group++)
            modes[group] += fraction * Vectors.Dot(ModeGradients.AsSpan(group * step.Length, step.Length), step);
        return modes;
    }
}
