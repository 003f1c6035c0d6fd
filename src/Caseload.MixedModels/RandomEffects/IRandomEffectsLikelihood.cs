using Caseload.MixedModels.Factorisations;
using Caseload.MixedModels.Likelihoods;

namespace Caseload.MixedModels.RandomEffects;

/// <summary>
/// A log-likelihood of a model with random effects of any structure, the integrals over them approximated. Its parameters after the
/// coefficients are the free elements of the covariance factors.
/// </summary>
internal interface IRandomEffectsLikelihood : ILogLikelihood
{
    /// <summary>How the random effects meet the cells.</summary>
    RandomLayout Layout { get; }

    /// <summary>The factors of the covariance matrices, at the parameters of the last evaluation.</summary>
    CovarianceFactors Factors { get; }

    /// <summary>The random effects b at a point and the conditional covariances of those of each group, block after block.</summary>
    /// <param name="point">The parameters.</param>
    /// <param name="modes">The modes there.</param>
    (double[] Effects, BlockMatrix Covariance) Conditional(double[] point, double[] modes);
}
