using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Profiles;
using Caseload.MixedModels.Likelihoods;
using Caseload.MixedModels.ModelFrames;
using Caseload.MixedModels.RandomEffects;

namespace Caseload.MixedModels.Inference.Robustness;

/// <summary>
/// The log-likelihood of a model as the sum of those of its clusters, each in the parameters of the whole: columns stay standardised as
/// over all cells. Of a linear model it is the likelihood, not the restricted one, and the weights of rows say how often each counts.
/// </summary>
internal static class ClusterLikelihoods
{
    /// <summary>The log-likelihood of each cluster.</summary>
    /// <param name="data">What the model was fitted to.</param>
    /// <param name="model">The model at its maximum.</param>
    /// <param name="clusters">The clusters.</param>
    internal static ILogLikelihood[] Of(FittedData data, ProfileModel model, Clusters clusters)
    {
        var (design, columns) = (model.Design, model.Design.Operator.Columns());
        var rule = GaussHermite.Of(data.Settings.QuadraturePoints);
        var cells = clusters.Split(design.Cells.Rows);
        if (model.Likelihood is LinearJointLikelihood linear)
        {
            var means = new ClusterMeans((GaussianResponse)data.Frame.Response, design.Cells, clusters);
            return [.. cells.Select((own, cluster) =>
                linear.At(own, columns, means.Of(cluster, own), own.Sum(cell => design.Cells.Trials[cell])))];
        }

        var terms = model.Likelihood.DispersionParameters == 0 ? null : Terms(data.Frame, clusters);
        return [.. cells.Select((own, cluster) => Generalised(design.At(own, columns), own, cluster))];

        ILogLikelihood Generalised(Design part, int[] own, int cluster) => model.Likelihood switch
        {
            SparseLaplaceLikelihood sparse => new SparseLaplaceLikelihood(part, sparse.Layout.At(own), terms?[cluster]),
            GridQuadratureLikelihood grid => new GridQuadratureLikelihood(part, grid.Layout.At(own), rule, terms?[cluster]),
            QuadratureLikelihood => new QuadratureLikelihood(part, rule),
            _ => new LaplaceLikelihood(part),
        };
    }

    private static DispersionTerms[] Terms(ModelFrame frame, Clusters clusters)
    {
        var response = (CountResponse)frame.Response;
        return [.. clusters.Split([.. Enumerable.Range(0, frame.Rows)]).Select(rows => new DispersionTerms(
            new CountResponse([.. rows.Select(row => response.Counts[row])], [.. rows.Select(row => response.Weights[row])])
            {
                Frequencies = response.Frequencies is { } all ? [.. rows.Select(row => all[row])] : null,
            }.Histogram()))];
    }
}
