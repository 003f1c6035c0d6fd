using Caseload.MixedModels.Designs;

namespace Caseload.MixedModels.Likelihoods;

/// <summary>
/// The Laplace approximation of the log-likelihood of a model with a random intercept, with exact derivatives.
/// </summary>
/// <remarks>
/// With h(b) the sum over a group's cells of l(x'beta + sigma b) less b^2/2, the group's integral is approximated at the mode of h by
/// h - log(H)/2, where H = 1 + sigma^2 sum(w) is minus h'' (Tierney and Kadane 1986; Pinheiro and Chao 2006). With sigma = 0 it is the
/// log-likelihood of the model without the random effect, exactly. docs/method.md has the derivatives.
/// </remarks>
internal sealed class LaplaceLikelihood(Design design)
    : MarginalLikelihood(design, (first, end) => new LaplacePart(design, first, end));
