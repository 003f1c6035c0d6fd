using Caseload.Frames;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Variances;

namespace Caseload.MixedModels;

/// <summary>What the variances of a fit say.</summary>
public static class VarianceReadOuts
{
    /// <summary>
    /// The variance partition coefficients (intraclass correlations) on the latent scale and on that of the response, at given
    /// covariates.
    /// </summary>
    /// <param name="fit">A model with random effects.</param>
    /// <param name="at">Rows of covariates; the mean of the linear predictor over the data where left out.</param>
    /// <param name="counts">How the variance of a count is carried to the scale of the logarithm.</param>
    /// <exception cref="ProblemException">There are no random effects, an estimate does not exist, or the rows do not fit the
    /// model.</exception>
    public static VariancePartition PartitionVariance(this MixedModelFit fit, Frame? at = null,
        CountVariance counts = CountVariance.Lognormal) => VariancePartitioning.Of(fit, at, counts);

    /// <summary>The median odds ratio of each grouping; with the log link the median rate ratio, with cloglog that of hazards.</summary>
    /// <param name="fit">A model with random effects.</param>
    /// <param name="at">Rows with the columns of the random slopes; not needed where there are none.</param>
    /// <exception cref="ProblemException">The link has no ratio, or there are slopes and no rows.</exception>
    public static MedianRatios MedianOddsRatios(this MixedModelFit fit, Frame? at = null) => MedianRatios.Of(fit, at);

    /// <summary>The median odds ratio as a function of a column with a random slope.</summary>
    /// <param name="fit">A model whose only random slope is that of the column.</param>
    /// <param name="column">The column.</param>
    /// <param name="values">Its values.</param>
    /// <exception cref="ProblemException">The link has no ratio, or other columns have slopes.</exception>
    public static MedianRatios MedianOddsRatios(this MixedModelFit fit, string column, params double[] values) =>
        MedianRatios.Of(fit, new Frame([new NumberColumn(column, values)]));

    /// <summary>The median odds ratio at levels of a factor with random slopes.</summary>
    /// <param name="fit">A model whose only random slopes are those of the factor.</param>
    /// <param name="column">The factor.</param>
    /// <param name="levels">Some of its levels.</param>
    /// <exception cref="ProblemException">
    /// The link has no ratio, other columns have slopes, or the fit has not seen a level.
    /// </exception>
    public static MedianRatios MedianOddsRatios(this MixedModelFit fit, string column, params string[] levels) =>
        MedianRatios.Of(fit, new Frame([TextColumn.Of(column, levels)]));

    /// <summary>
    /// The interval odds ratio beside each odds ratio of a covariate that is constant within groups; likewise with the log and cloglog
    /// links.
    /// </summary>
    /// <param name="fit">A model with random effects.</param>
    /// <param name="coverage">The share of pairs of groups in the interval.</param>
    /// <exception cref="ProblemException">The link has no ratio, or there are no random effects.</exception>
    public static IntervalRatios IntervalOddsRatios(this MixedModelFit fit, double coverage = 0.8) => IntervalRatios.Of(fit, coverage);

    /// <summary>The marginal and the conditional R2.</summary>
    /// <param name="fit">The fit.</param>
    /// <exception cref="ProblemException">An estimate does not exist.</exception>
    public static ExplainedVariance RSquared(this MixedModelFit fit) => ExplainedVariance.Of(fit);
}
