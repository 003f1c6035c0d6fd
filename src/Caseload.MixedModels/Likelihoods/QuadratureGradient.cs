using Caseload.MixedModels.Designs;

namespace Caseload.MixedModels.Likelihoods;

/// <summary>
/// The log-likelihood of <see cref="QuadratureLikelihood"/> with its exact gradient and no second derivatives, which are 0 in what it
/// gives: for a look at estimates by more points, which takes little longer than the integrals themselves.
/// </summary>
internal sealed class QuadratureGradient(Design design, GaussHermite rule)
    : MarginalLikelihood(design, (first, end) => new QuadratureGradientPart(design, rule, (first, end)));
