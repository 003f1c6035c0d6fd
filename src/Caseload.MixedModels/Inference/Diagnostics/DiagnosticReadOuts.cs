using Caseload.Frames;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Diagnostics;

namespace Caseload.MixedModels;

/// <summary>Whether a fit describes its data.</summary>
public static class DiagnosticReadOuts
{
    /// <summary>
    /// Simulated quantile residuals, with tests of uniformity, dispersion and group structure in which the model is fitted to each
    /// simulated response.
    /// </summary>
    /// <param name="fit">The fit.</param>
    /// <param name="draws">The number of simulated sets of responses, from 50.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="effects">Where the random effects behind the residuals come from; those of the tests are drawn anew.</param>
    /// <exception cref="ProblemException">
    /// An estimate does not exist, the model's weights belong to no distribution, or the fit is one by quasi-likelihood.
    /// </exception>
    public static QuantileResiduals QuantileResiduals(this MixedModelFit fit, int draws = 250, long seed = 1,
        RandomEffectDraws effects = RandomEffectDraws.FromDistribution) => QuantileResidualRun.Of(fit, (draws, seed, effects), []);

    /// <summary>The same, with a test of the mean residuals by each of some columns, of the model or not: what does it leave out?</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="data">The data of the fit, all rows.</param>
    /// <param name="columns">The columns: twenty bins of numbers, else one a value. Rows with a missing cell there are in no bin.</param>
    /// <param name="draws">The number of simulated sets of responses, from 50.</param>
    /// <param name="seed">The seed.</param>
    /// <exception cref="ProblemException">
    /// A column is missing or holds dates, the data are not those of the fit, an estimate does not exist, the model's weights belong to no
    /// distribution, or the fit is one by quasi-likelihood.
    /// </exception>
    public static QuantileResiduals QuantileResiduals(this MixedModelFit fit, Frame data, IReadOnlyList<string> columns, int draws = 250,
        long seed = 1) => QuantileResidualRun.Of(fit, (draws, seed, RandomEffectDraws.FromDistribution),
            [.. columns.Select(column => (column, ColumnBins.OfFit(fit, data, column)))]);

    /// <summary>Mean residuals over bins of the fitted mean.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="bins">The number of bins, of about equal weight.</param>
    /// <exception cref="ProblemException">An estimate does not exist, or there are more bins than rows.</exception>
    public static BinnedResiduals BinnedResiduals(this MixedModelFit fit, int bins = 20) =>
        Inference.Diagnostics.BinnedResiduals.Of(fit, bins);

    /// <summary>Mean residuals over bins of a column, of the model or not: a trend says that its effect is another.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="data">Rows with the columns of the model, as a rule those of the fit, in groups of the fit.</param>
    /// <param name="column">The column: of numbers bins of about equal weight, of few numbers, text or flags one a value.</param>
    /// <param name="bins">The number of bins.</param>
    /// <exception cref="ProblemException">
    /// A column is missing, a group or level is none of the fit, an estimate does not exist, or there are more bins than rows.
    /// </exception>
    public static BinnedResiduals BinnedResiduals(this MixedModelFit fit, Frame data, string column, int bins = 20) =>
        Inference.Diagnostics.BinnedResiduals.Of(fit, data, column, bins);

    /// <summary>
    /// Calibration in the large, calibration slope, the area under the receiver operating characteristic, and the groups of risks of
    /// Hosmer and Lemeshow, of the data of the fit in their own groups.
    /// </summary>
    /// <param name="fit">A model of binary outcomes.</param>
    /// <param name="groups">The number of groups of risks.</param>
    /// <param name="level">The level of the intervals.</param>
    /// <exception cref="ProblemException">The family is another, or an estimate does not exist.</exception>
    public static Calibration Calibration(this MixedModelFit fit, int groups = 10, double level = 0.95) =>
        Inference.Diagnostics.Calibration.Of(fit, groups, level);

    /// <summary>
    /// The same of other data: another year, or groups that were held out. Intervals allow for dependence within the groups of the
    /// outermost grouping, where the data hold it.
    /// </summary>
    /// <param name="fit">A model of binary outcomes.</param>
    /// <param name="data">Rows with the columns of the model and the response; groupings only for known groups.</param>
    /// <param name="groupsAs">Averaged over groups, as of groups that the fit has not seen; known, where it has.</param>
    /// <param name="groups">The number of groups of risks.</param>
    /// <param name="level">The level of the intervals.</param>
    /// <exception cref="ProblemException">
    /// The family is another, an estimate does not exist, a column is missing, a group or level is none of the fit, or all outcomes are the
    /// same.
    /// </exception>
    public static Calibration Calibration(this MixedModelFit fit, Frame data, GroupsAs groupsAs = GroupsAs.Averaged, int groups = 10,
        double level = 0.95) => Inference.Diagnostics.Calibration.Of(fit, (data, groupsAs), groups, level);
}
