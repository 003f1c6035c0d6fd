using Caseload.Frames;
using Caseload.MixedModels.Checks;
using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Likelihoods;
using Caseload.MixedModels.ModelFrames;
using Caseload.MixedModels.Optimisation;
using Caseload.MixedModels.RandomEffects;

namespace Caseload.MixedModels.Fits;

/// <summary>One fit, step by step: collapse, design, rank, estimates without the random effect, separation, estimates, checks.</summary>
internal sealed class Fitter(ModelFrame frame, FitSettings settings)
{
    private readonly List<FitCheck> checks = [];

    internal MixedModelFit Fit()
    {
        var cells = CellTable.Collapse(frame);
        checks.Add(DataChecks.MissingCells(frame));
        var outcome = DataChecks.Outcome(cells, frame.Family);
        var groups = DataChecks.Groups(frame);
        checks.AddRange([outcome, groups]);
        var whole = Design.Build(frame, cells);
        var start = PooledSearch.Start(whole);
        var rank = RankCheck.Run(whole, start.At, frame);
        checks.Add(rank.Check);
        var design = rank.Kept.Count == whole.Width ? whole : whole.Select(rank.Kept);
        checks.Add(DataChecks.Scaling(design, frame));
        if (outcome.Outcome == CheckOutcome.Failed) return Without(design, outcome);
        if (frame.Groupings.Any(grouping => grouping.Groups.Size == 1)) return Without(design, groups);

        var search = new PooledSearch(settings);
        var glm = search.Approach(design == whole ? start : PooledSearch.Start(design));
        var bounded = new SeparationCheck(frame, design, search).Run(glm);
        checks.Add(bounded.Check);
        if (bounded.Design.Cells.Count == 0) return Without(design, bounded.Check);
        var estimates = Maximise(bounded);
        checks.AddRange(FitChecks.Run(estimates, frame));
        if (checks.FirstOrDefault(IsFatal) is { } failed) return Without(design, failed) with { Trace = estimates.Optimum.Trace };
        return new FitAssembly(frame, design, bounded, estimates)
            .Complete(Draft(design, obstacle: bounded.Unbounded.Count > 0 ? bounded.Check : null)) with
        {
            Checks = checks,
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
            return Estimates.Joint(bounded.Design, new PooledSearch(settings).Refine(bounded.Glm), [], (_, _) => RandomPart.None);
        return frame.Formula.HasOneRandomIntercept
            ? new RandomInterceptSearch(bounded.Design, frame.Groupings[0].Groups, settings).Maximise(bounded.Glm)
            : new RandomEffectsSearch(bounded.Design, RandomLayout.Of(frame, bounded.Design.Cells), settings).Maximise(bounded.Glm);
    }

    private static bool IsFatal(FitCheck check) =>
        check is { Outcome: CheckOutcome.Failed, Check: CheckName.Convergence or CheckName.Gradient or CheckName.Hessian };

    // The fit of which no estimate exists.
    private MixedModelFit Without(Design design, FitCheck obstacle)
    {
        var covariance = new double[design.Width, design.Width];
        for (var row = 0; row < design.Width; row++)
        {
            for (var column = 0; column < design.Width; column++) covariance[row, column] = double.NaN;
        }

        return Draft(design, obstacle) with
        {
            FixedEffects = [.. design.Names.Select(name => new FixedEffect(name.Name, double.NaN, double.NaN))],
            Covariance = covariance,
            RandomEffects = RandomPart.Unknown(frame).Effects,
            Checks = checks,
        };
    }

    private MixedModelFit Draft(Design design, FitCheck? obstacle) => new()
    {
        Formula = frame.Formula.Text,
        Family = frame.Family,
        Link = frame.Link,
        Method = frame.Groupings.Count == 0 ? FitMethod.Glm : settings.QuadraturePoints > 1 ? FitMethod.Agq : FitMethod.Laplace,
        QuadraturePoints = frame.Groupings.Count == 0 ? null : settings.QuadraturePoints,
        Observations = frame.Observations,
        RowsLeftOut = frame.MissingRows + frame.RowsWithoutTrials,
        Patterns = design.Cells.Count,
        Groups = [.. frame.Groupings.Select(grouping => new GroupCount(grouping.Groups.Name, grouping.Groups.Size))],
        LogLikelihood = double.NaN,
        Parameters = design.Width + frame.Groupings.Sum(grouping => grouping.Blocks.Sum(block => block.Parameters))
            + (frame.Family == Family.NegativeBinomial ? 1 : 0),
        Recipe = new ModelRecipe(frame.Formula, [.. frame.Variables.Select(v => v.Levels)], design.Names)
        {
            RandomEffects = [.. frame.Groupings.Select(grouping => (grouping.Groups.Name,
                (IReadOnlyList<DesignColumn>)[.. grouping.Blocks.SelectMany(block => block.Columns)]))],
        },
        Obstacle = obstacle is null
            ? null : new Problem(ProblemKind.NoEstimate, obstacle.Message, "data from which every coefficient can be estimated",
            frame.Formula.Text, Remedy(obstacle.Check)),
    };

    private static string Remedy(CheckName check) => check switch
    {
        CheckName.Separation =>
            "Merge the level with another, leave the term out, or report that it tells the outcome without error; other estimates stand.",
        CheckName.Outcome => "Check how the outcome was made, and which rows were chosen.",
        CheckName.TooFewGroups => "Leave the random term out, or add groups.",
        _ => "Simplify the model; look at the checks and the optimiser's trace.",
    };
}
