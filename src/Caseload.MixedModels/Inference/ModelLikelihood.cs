using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Likelihoods;
using Caseload.MixedModels.ModelFrames;
using Caseload.MixedModels.RandomEffects;

namespace Caseload.MixedModels.Inference;

/// <summary>Makes the likelihood that a generalised model was fitted by, on another design or response.</summary>
internal static class ModelLikelihood
{
    /// <summary>The likelihood.</summary>
    /// <param name="data">The data, with the response that the design has, and how they were fitted.</param>
    /// <param name="design">The design.</param>
    /// <param name="like">The likelihood that the fit ended with, whose kind and order of effects are kept.</param>
    internal static ILogLikelihood Of(FittedData data, Design design, ILogLikelihood like)
    {
        var rule = GaussHermite.Of(data.Settings.QuadraturePoints);
        var terms = like.DispersionParameters > 0 ? new DispersionTerms(((CountResponse)data.Frame.Response).Histogram()) : null;
        return like switch
        {
            SparseLaplaceLikelihood sparse => new SparseLaplaceLikelihood(design, Layout(sparse), terms)
            {
                WithExactHessian = sparse.WithExactHessian,
            },
            GridQuadratureLikelihood grid => new GridQuadratureLikelihood(design, Layout(grid), rule, terms)
            {
                WithExactHessian = grid.WithExactHessian,
            },
            NegativeBinomialLikelihood => new NegativeBinomialLikelihood(design, terms!),
            QuadratureLikelihood => new QuadratureLikelihood(design, rule),
            _ => new LaplaceLikelihood(design),
        };

        // Where cells were left out the runs of cells are others; the order of effects is that of the likelihood before.
        RandomLayout Layout(IRandomEffectsLikelihood of) => of.Layout.RunStarts[^1] == design.Cells.Count ? of.Layout
            : RandomLayout.Of(data.Frame with { Groupings = [.. of.Layout.Groupings.Select(grouping => grouping.Grouping)] }, design.Cells);
    }
}
