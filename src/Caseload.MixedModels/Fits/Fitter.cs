using Caseload.MixedModels.Checks;
using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Likelihoods;
using Caseload.MixedModels.ModelFrames;
using Caseload.MixedModels.Optimisation;
using Caseload.MixedModels.RandomEffects;

namespace Caseload.MixedModels.Fits;

/// <summary>
/// One fit of a generalised model, step by step: collapse, design, rank, estimates without the random effect, separation, estimates,
/// checks.
/// </summary>
internal sealed class Fitter(ModelFrame frame, FitSettings settings)
{
    /// <summary>The estimates on the whole design, once it is fitted; null where there are none.</summary>
    internal FoundEstimates? Found { get; private set; }

    internal MixedModelFit Fit()
    {
        var draft = new FitDraft(frame, Method)
        {
            QuadraturePoints = Method is FitMethod.Laplace or FitMethod.Agq ? settings.QuadraturePoints : null,
            Estimator = settings.Estimator,
            IsRestricted = settings.Reml,
        };
        var cells = CellTable.Collapse(frame);
        var outcome = DataChecks.Outcome(cells, frame.Family);
        var groups = DataChecks.Groups(frame);
        var repeated = RepeatedEffectsCheck.Run(frame, cells);
        draft.Add(DataChecks.MissingCells(frame), outcome, groups, repeated,
            FitCheck.NotRun(CheckName.ResidualVariance, "The family has no residual variance."));
        var whole = Design.Build(frame, cells);
        var start = PooledSearch.Start(whole);
        var rank = RankCheck.Run(whole, NewtonOptimiser.Information(start.At.Hessian, whole.Width, 0), frame);
        var design = rank.Kept.Count == whole.Width ? whole : whole.Select(rank.Kept);
        draft.Add(rank.Check, DataChecks.Scaling(design, frame));
        if (outcome.Outcome == CheckOutcome.Failed) return draft.Without(design, outcome);
        if (frame.Groupings.Any(grouping => grouping.Groups.Size == 1)) return draft.Without(design, groups);
        if (repeated.Outcome == CheckOutcome.Failed) return draft.Without(design, repeated);

        var search = new PooledSearch(settings);
        var glm = search.Approach(design == whole ? start : PooledSearch.Start(design));
        var bounded = new SeparationCheck(frame, design, search).Run(glm);
        draft.Add(bounded.Check);
        if (bounded.Design.Cells.Count == 0) return draft.Without(design, bounded.Check);
        if (settings.Estimator != Estimator.Ml) return ByQuasiLikelihood(bounded, draft, design);
        var estimates = Maximise(bounded);
        draft.Add(FitChecks.Run(estimates, frame));
        if (draft.Fatal() is { } failed) return draft.Without(design, failed) with { Trace = estimates.Optimum.Trace };
        Found = new FoundEstimates(design, estimates);
        return new FitAssembly(frame, design, bounded.Unbounded, estimates)
            .Complete(draft.Of(design, obstacle: bounded.Unbounded.Count > 0 ? bounded.Check : null));
    }

    private FitMethod Method => settings.Estimator switch
    {
        Estimator.Mql1 => FitMethod.Mql,
        Estimator.Pql1 or Estimator.Pql2 => FitMethod.Pql,
        _ => frame.Groupings.Count == 0 ? FitMethod.Glm : settings.QuadraturePoints > 1 ? FitMethod.Agq : FitMethod.Laplace,
    };

    // The likelihood of a working model, whose response is made of the estimates, is none of the data.
    private MixedModelFit ByQuasiLikelihood(BoundedDesign bounded, FitDraft draft, Design design)
    {
        var found = new QuasiLikelihoodSearch(bounded.Design, RandomLayout.Of(frame, bounded.Design.Cells), settings).Find(bounded.Glm);
        draft.Add(found.Checks(frame));
        if (draft.Fatal() is { } failed) return draft.Without(design, failed) with { Trace = found.Trace };
        return new FitAssembly(frame, design, bounded.Unbounded, found.Estimates!)
            .Complete(draft.Of(design, obstacle: bounded.Unbounded.Count > 0 ? bounded.Check : null)) with
        {
            LogLikelihood = double.NaN, Dispersion = 1,
        };
    }

    private Estimates Maximise(BoundedDesign bounded)
    {
        if (frame.Family != Family.NegativeBinomial) return MaximiseWithoutDispersion(bounded);
        var layout = frame.Groupings.Count == 0 ? null : RandomLayout.Of(frame, bounded.Design.Cells);
        var terms = new DispersionTerms(((CountResponse)frame.Response).Histogram());
        return new NegativeBinomialSearch(bounded.Design, terms, settings)
            .Maximise(bounded.Glm, layout, () => MaximiseWithoutDispersion(bounded));
    }

    private Estimates MaximiseWithoutDispersion(BoundedDesign bounded)
    {
        if (frame.Groupings.Count == 0)
            return Estimates.Joint(bounded.Design, new PooledSearch(settings).Refine(bounded.Glm), [], (_, _, _) => RandomPart.None);
        return frame.Formula.HasOneRandomIntercept
            ? new RandomInterceptSearch(bounded.Design, frame.Groupings[0].Groups, settings).Maximise(bounded.Glm)
            : new RandomEffectsSearch(bounded.Design, RandomLayout.Of(frame, bounded.Design.Cells), settings).Maximise(bounded.Glm);
    }
}
