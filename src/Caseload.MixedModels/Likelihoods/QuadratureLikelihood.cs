using Caseload.MixedModels.Designs;

namespace Caseload.MixedModels.Likelihoods;

/// <summary>
/// The log-likelihood of a model with a random intercept by adaptive Gauss-Hermite quadrature, with exact derivatives: each group's
/// integral is s sum(w exp(h(b) + z^2/2)) over the nodes b = mode + s z, where s = 1/sqrt(H) (Liu and Pierce 1994). One node is the Laplace
/// approximation.
/// </summary>
internal sealed class QuadratureLikelihood(Design design, GaussHermite rule)
    : MarginalLikelihood(design, (first, end) => new QuadraturePart(design, rule, (first, end)));
