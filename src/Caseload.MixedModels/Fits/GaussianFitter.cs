using Caseload.MixedModels.Checks;
using Caseload.MixedModels.Designs;
using Caseload.MixedModels.LinearModels;
using Caseload.MixedModels.ModelFrames;
using Caseload.MixedModels.Optimisation;
using Caseload.MixedModels.RandomEffects;

namespace Caseload.MixedModels.Fits;

/// <summary>One fit of a linear model, with random effects or without: collapse, design, rank, estimates, checks.</summary>
internal sealed class GaussianFitter(ModelFrame frame, FitSettings settings)
{
    /// <summary>What the likelihood depends on and where it is at its maximum, once it is fitted; null where there is none.</summary>
    internal (LinearStatistics Statistics, Optimum Optimum)? Found { get; private set; }

    internal MixedModelFit Fit()
    {
        var draft = new FitDraft(frame, settings.Reml ? FitMethod.Reml : frame.Groupings.Count == 0 ? FitMethod.Lm : FitMethod.Ml)
        {
            IsRestricted = settings.Reml,
        };
        var response = (GaussianResponse)frame.Response;
        var cells = CellTable.Collapse(frame);
        var outcome = ResidualCheck.Varies(response);
        var groups = DataChecks.Groups(frame);
        var repeated = RepeatedEffectsCheck.Run(frame, cells);
        draft.Add(DataChecks.MissingCells(frame), outcome, groups, repeated);
        var whole = Design.Build(frame, cells);
        var rank = RankCheck.Run(whole, LinearStatistics.Gram(whole), frame);
        var design = rank.Kept.Count == whole.Width ? whole : whole.Select(rank.Kept);
        draft.Add(rank.Check, DataChecks.Scaling(design, frame),
            FitCheck.NotRun(CheckName.Separation, "A response of numbers cannot be separated."),
            FitCheck.NotRun(CheckName.QuadratureStability, "The likelihood of a linear model is exact."));
        if (outcome.Outcome == CheckOutcome.Failed) return draft.Without(design, outcome);
        if (frame.Groupings.Any(grouping => grouping.Groups.Size == 1)) return draft.Without(design, groups);
        if (repeated.Outcome == CheckOutcome.Failed) return draft.Without(design, repeated);
        if (ResidualCheck.Counts(frame, design.Width) is { } tooFew) return Refuse(tooFew);
        if (LinearStatistics.Of(design, RandomLayout.Of(frame, cells), CellMeans.Of(response, cells), frame.Observations)
            is not { } statistics) return Refuse(ResidualCheck.Dependent);
        if (ResidualCheck.FixedPart(statistics) is { } perfect) return Refuse(perfect);
        var search = new LinearSearch(new ProfiledLikelihood(statistics, settings.Reml), settings);
        if (search.Maximise(SeparateStart.Of(frame, statistics, settings)) is not { } found) return Refuse(ResidualCheck.RandomPart);

        var estimates = search.Estimates(statistics, found);
        draft.Add(FitCheck.Passed(CheckName.ResidualVariance, "The residuals vary."));
        draft.Add(FitChecks.Run(estimates, frame));
        if (draft.Fatal() is { } failed) return draft.Without(design, failed) with { Trace = estimates.Optimum.Trace };
        Found = (statistics, estimates.Optimum);
        return new FitAssembly(frame, design, new HashSet<string>(), estimates).Complete(draft.Of(design, obstacle: null));

        MixedModelFit Refuse(FitCheck check)
        {
            draft.Add(check);
            return draft.Without(design, check);
        }
    }
}
