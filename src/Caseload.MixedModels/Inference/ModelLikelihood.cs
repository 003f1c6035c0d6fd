using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Likelihoods;
using Caseload.MixedModels.ModelFrames;
using Caseload.MixedModels.RandomEffects;

namespace Caseload.MixedModels.Inference;

/// <summary>The likelihood that a generalised model is fitted by, on a design of its columns.</summary>
internal static class ModelLikelihood
{
    /// <summary>The likelihood. Of the negative binomial family it has the dispersion among its parameters.</summary>
    /// <param name="data">What was fitted, and how.</param>
    /// <param name="design">The design.</param>
    internal static ILogLikelihood Of(FittedData data, Design design)
    {
        var (frame, points) = (data.Frame, data.Settings.QuadraturePoints);
        var terms = frame.Family == Family.NegativeBinomial ? new DispersionTerms(((CountResponse)frame.Response).Histogram()) : null;
        if (frame.Groupings.Count == 0) return terms is null ? new LaplaceLikelihood(design) : new NegativeBinomialLikelihood(design, terms);
        if (frame.Formula.HasOneRandomIntercept && terms is null)
            return points == 1 ? new LaplaceLikelihood(design) : new QuadratureLikelihood(design, GaussHermite.Of(points));
        var layout = RandomLayout.Of(frame, design.Cells);
        return points == 1
            ? new SparseLaplaceLikelihood(design, layout, terms)
            : new GridQuadratureLikelihood(design, layout, GaussHermite.Of(points), terms);
    }
}
