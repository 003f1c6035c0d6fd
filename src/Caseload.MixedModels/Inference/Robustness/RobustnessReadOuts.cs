using Caseload.Frames;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference;
using Caseload.MixedModels.Inference.Robustness;

namespace Caseload.MixedModels;

/// <summary>How far what a fit says rests on single groups and on the model's variances.</summary>
public static class RobustnessReadOuts
{
    /// <summary>
    /// What leaving out each group of the outermost grouping does to fixed effects and standard deviations, by one Newton step from the
    /// estimates.
    /// </summary>
    /// <param name="fit">A model with one grouping, or with groupings that nest.</param>
    /// <exception cref="ProblemException">
    /// The model has no random effects, its groupings are crossed, there are only two groups, it is a fit by quasi-likelihood (wrong
    /// usage), or an estimate does not exist (no estimate).
    /// </exception>
    public static GroupInfluence GroupInfluence(this MixedModelFit fit) => new InfluenceRun(fit).Run();

    /// <summary>
    /// The frame with two columns more: the mean of a covariate in the row's group, its name with <c>_mean</c>, and the difference from it,
    /// with <c>_within</c>. Missing cells take no part in means.
    /// </summary>
    /// <param name="frame">The data; leave out beforehand what the model will not use, so that means are of the rows that it uses.</param>
    /// <param name="column">The covariate: numbers or flags.</param>
    /// <param name="group">The column of groups.</param>
    /// <exception cref="ProblemException">
    /// There is no such column, it holds no numbers, the new names are taken, or it varies not within groups or not between them.
    /// </exception>
    public static Frame WithGroupMeans(this Frame frame, string column, string group) => GroupMeans.Add(frame, column, group);

    /// <summary>
    /// The effects of a covariate within and between groups and their difference, from a fit that holds its group mean and either the
    /// deviation from it or the covariate itself (<see cref="WithGroupMeans"/>).
    /// </summary>
    /// <param name="fit">The fit.</param>
    /// <param name="column">The covariate, by its name without endings.</param>
    /// <param name="level">The level of the intervals.</param>
    /// <exception cref="ProblemException">The fit does not hold both columns, or an estimate does not exist.</exception>
    public static ContextualEffect ContextualEffect(this MixedModelFit fit, string column, double level = 0.95) =>
        Inference.Robustness.ContextualEffect.Of(fit, column, level);

    /// <summary>
    /// Fixed effects with standard errors that hold whatever the covariance within the groups of the outermost grouping is (CR2), and t
    /// statistics with Satterthwaite's degrees of freedom. Of generalised models they are those of the working linear model at the
    /// estimates.
    /// </summary>
    /// <param name="fit">A model with one grouping, or with groupings that nest.</param>
    /// <param name="level">The level of the intervals.</param>
    /// <exception cref="ProblemException">
    /// The model has no random effects, its groupings are crossed (wrong usage), or an estimate does not exist (no estimate).
    /// </exception>
    public static ClusterRobust ClusterRobust(this MixedModelFit fit, double level = 0.95)
    {
        Levels.Require(level, "level");
        return new RobustRun(fit).Effects(level);
    }

    /// <summary>
    /// Tests that all coefficients of some terms are 0, of a factor all of its levels, with the covariance matrix of
    /// <see cref="ClusterRobust"/> and Hotelling's F distribution (Tipton and Pustejovsky 2015).
    /// </summary>
    /// <param name="fit">A model with one grouping, or with groupings that nest.</param>
    /// <param name="terms">
    /// Terms as the formula has them, <c>need</c> or <c>cin:ref</c>, or single coefficients; tested together. None: every term by itself.
    /// </param>
    /// <exception cref="ProblemException">
    /// A term is not in the model, the model has no random effects, its groupings are crossed (wrong usage), or an estimate does not exist
    /// (no estimate).
    /// </exception>
    public static RobustTests ClusterRobustTest(this MixedModelFit fit, params IReadOnlyList<string> terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new RobustRun(fit).Tests(terms);
    }

    /// <summary>
    /// Fits a model with random effects of one grouping to a sample drawn with unequal probabilities, by weighted pseudo-likelihood with
    /// sandwich standard errors, beside the estimates without weights.
    /// </summary>
    /// <param name="frame">The data, a row a sampled unit, with the columns of weights.</param>
    /// <param name="formula">The model, of the binomial, the Poisson or the Gaussian family.</param>
    /// <param name="weights">The columns of weights and how those of rows are scaled.</param>
    /// <param name="settings">How to fit it; all defaults where left out.</param>
    /// <exception cref="ProblemException">
    /// A weight is zero, negative or missing, or differs within a group (check failed); the model is of another kind (wrong usage); there
    /// is no estimate.
    /// </exception>
    public static WeightedEstimates FitWeighted(this Frame frame, string formula, SamplingWeights weights, FitSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(weights);
        return new WeightedRun(frame, formula, weights, settings ?? new FitSettings()).Run();
    }
}
