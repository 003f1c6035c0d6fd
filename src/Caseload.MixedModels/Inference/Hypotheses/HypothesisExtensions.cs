using Caseload.Frames;
using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference;
using Caseload.MixedModels.Inference.Hypotheses;

namespace Caseload.MixedModels;

/// <summary>Tests of several coefficients, of variances, and of what varies between few areas.</summary>
public static class HypothesisExtensions
{
    /// <summary>Wald's test that all coefficients of some terms are 0: of a factor all of its levels.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="terms">
    /// Terms as the formula has them, <c>need</c> or <c>cin:ref</c>, or single coefficients; tested together. None: every term by itself.
    /// </param>
    /// <exception cref="ProblemException">
    /// A term is not in the model (wrong usage), or an estimate does not exist (no estimate).
    /// </exception>
    public static WaldTable WaldTest(this MixedModelFit fit, params IReadOnlyList<string> terms)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(terms);
        fit.Require();
        var test = new WaldTest(fit);
        return new WaldTable(terms.Count > 0 ? [test.Of(terms)]
            : [.. test.Terms.Where(term => term != DesignColumn.InterceptName).Select(term => test.Of([term]))]);
    }

    /// <summary>
    /// The parametric bootstrap of the likelihood-ratio test: responses are simulated from the smaller model and both are fitted to each.
    /// It holds where no distribution is known, as of several variances at once, and where there are few groups.
    /// </summary>
    /// <param name="large">The larger model.</param>
    /// <param name="small">The smaller one, of the same rows.</param>
    /// <param name="settings">Replicates, seed, processors and progress; level and statistics have no part in it.</param>
    /// <param name="cancellation">Stops it; in a notebook the cell's stop button does without.</param>
    /// <exception cref="ProblemException">
    /// An estimate does not exist (no estimate); the models are not nested fits of the same data by maximum likelihood, or the smaller one
    /// is singular and that is not allowed in the settings (wrong usage).
    /// </exception>
    public static BootstrapTest BootstrapLikelihoodRatio(this MixedModelFit large, MixedModelFit small, BootstrapSettings? settings = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(large);
        ArgumentNullException.ThrowIfNull(small);
        NestedModels.Require(small.RequireLikelihood().WithAllEstimates(), large.RequireLikelihood().WithAllEstimates(),
            $"{small.Formula} against {large.Formula}");
        settings ??= new BootstrapSettings();
        settings.Require();
        if (small.Singular && !settings.AllowSingular)
            throw new ProblemException(new Problem(ProblemKind.WrongUsage, "a bootstrap of a singular smaller model",
                "variances above 0 and correlations between -1 and 1: data simulated from it would lack what it estimates as 0",
                small.Formula, "Drop the random effect or its correlation from the smaller model, or set AllowSingular."));
        return new BootstrapTestRun(small, large, settings, LongWork.Or(cancellation)).Run();
    }

    /// <summary>
    /// Tests area-level terms with t degrees of freedom where there are few areas, in two stages: an effect of each area from a model with
    /// a coefficient an area, and a regression of these effects on the area-level terms by restricted maximum likelihood, their sampling
    /// variances taken as known.
    /// </summary>
    /// <param name="fit">A fit whose only random effect is the intercept of one grouping.</param>
    /// <param name="level">The probability with which an interval is to hold the truth.</param>
    /// <exception cref="ProblemException">
    /// The model has other random effects, no area-level terms or no more areas than those (wrong usage), or a stage has no estimate (no
    /// estimate).
    /// </exception>
    public static TwoStageTable TwoStageTest(this MixedModelFit fit, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(fit);
        Levels.Require(level, "level");
        return new TwoStageRun(fit.WithAllEstimates(), level).Run();
    }
}
