using Caseload.Frames;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.GroupComparisons;

namespace Caseload.MixedModels;

/// <summary>What a fit says of single groups.</summary>
public static class GroupReadOuts
{
    /// <summary>
    /// The groups in order of their effect, with intervals against the average group and, apart from them, intervals for pairs.
    /// </summary>
    /// <param name="fit">A model with random effects.</param>
    /// <param name="settings">Which effect of which grouping.</param>
    /// <exception cref="ProblemException">There is no such effect, or an estimate does not exist.</exception>
    public static GroupComparison CompareGroups(this MixedModelFit fit, GroupSettings? settings = null) =>
        GroupComparison.Of(fit, settings ?? new GroupSettings());

    /// <summary>
    /// The groups whose effect exceeds a size on either side, chosen so that at most a given share of them is expected not to.
    /// </summary>
    /// <param name="fit">A model with random effects.</param>
    /// <param name="size">The size on the scale of the linear predictor, from 0: for an odds ratio of 1.2, <c>Math.Log(1.2)</c>.</param>
    /// <param name="falseDiscovery">The share of false ones that is put up with.</param>
    /// <param name="settings">Which effect of which grouping.</param>
    /// <exception cref="ProblemException">There is no such effect, or a number is out of its range.</exception>
    public static UnexpectedGroups UnexpectedGroups(this MixedModelFit fit, double size = 0, double falseDiscovery = 0.05,
        GroupSettings? settings = null) => Inference.GroupComparisons.UnexpectedGroups.Of(fit, size, falseDiscovery, settings ?? new());

    /// <summary>
    /// Each group's effect as it is predicted with the fixed effects of the other groups, in diagnostic standard errors: does the group
    /// fit the model of the others?
    /// </summary>
    /// <param name="fit">A model with random effects whose groupings nest.</param>
    /// <param name="settings">Which effect of the outermost grouping.</param>
    /// <exception cref="ProblemException">
    /// Groupings are crossed or the one named is not the outermost, there is no such effect, the fit is singular, or an estimate does not
    /// exist.
    /// </exception>
    public static DeletionResiduals DeletionResiduals(this MixedModelFit fit, GroupSettings? settings = null) =>
        Inference.GroupComparisons.DeletionResiduals.Of(fit, settings ?? new GroupSettings());

    /// <summary>Observed over expected for each group, with funnel limits that allow for over-dispersion.</summary>
    /// <param name="fit">A model of binary outcomes, proportions or counts with random effects.</param>
    /// <param name="dispersion">How the limits allow for it.</param>
    /// <param name="settings">Which grouping.</param>
    /// <exception cref="ProblemException">The family has no such ratio, or there is no such grouping.</exception>
    public static GroupFunnel Funnel(this MixedModelFit fit, FunnelDispersion dispersion = FunnelDispersion.Additive,
        GroupSettings? settings = null) => GroupFunnel.Of(fit, dispersion, settings ?? new GroupSettings());

    /// <summary>The ranks of the groups with intervals, by simulation from the effects given the data.</summary>
    /// <param name="fit">A model with random effects.</param>
    /// <param name="settings">Which effect of which grouping, the draws and their seed.</param>
    /// <exception cref="ProblemException">There is no such effect, or an estimate does not exist.</exception>
    public static GroupRanks RankGroups(this MixedModelFit fit, GroupSettings? settings = null) =>
        GroupRanks.Of(fit, settings ?? new GroupSettings());
}
