using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Likelihoods;
using Caseload.MixedModels.Optimisation;

namespace Caseload.MixedModels.Fits;

/// <summary>The maximum of the log-likelihood with the covariance of the estimates, for the standardised columns.</summary>
/// <param name="Design">The design on which the likelihood was maximised.</param>
/// <param name="Optimum">Where the optimiser stopped.</param>
/// <param name="Again">The likelihood and its derivatives at the estimates, computed anew with modes sought from 0.</param>
/// <param name="Covariance">The inverse of the observed information of the free parameters, or null where it is not definite.</param>
internal sealed record Estimates(Design Design, Optimum Optimum, LikelihoodPoint Again, double[,]? Covariance)
{
    /// <summary>Whether the variance of the random effect was estimated as 0.</summary>
    internal bool Singular { get; init; }

    /// <summary>The standard deviation of the random effect, from 0; 0 without one.</summary>
    internal double Sigma => Math.Abs(Point[^1]);

    /// <summary>The estimates: the coefficients of the standardised columns, then sigma of either sign.</summary>
    internal double[] Point => Optimum.Next;

    /// <summary>Checks a maximum by computing everything there again.</summary>
    /// <param name="design">The design.</param>
    /// <param name="optimum">The maximum.</param>
    /// <param name="withSigma">Whether sigma is among the free parameters.</param>
    internal static Estimates Of(Design design, Optimum optimum, bool withSigma)
    {
        var again = optimum.Likelihood.Evaluate(optimum.Next, new double[optimum.Likelihood.GroupCount]);
        return new Estimates(design, optimum, again, NewtonOptimiser.Covariance(again.Hessian, design.Width + (withSigma ? 1 : 0)));
    }
}
