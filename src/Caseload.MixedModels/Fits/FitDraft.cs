using Caseload.Frames;
using Caseload.MixedModels.Checks;
using Caseload.MixedModels.Designs;
using Caseload.MixedModels.ModelFrames;

namespace Caseload.MixedModels.Fits;

/// <summary>What a fit says of its data and model whatever its estimates are, with the checks that it collects on the way.</summary>
/// <param name="frame">The model's data.</param>
/// <param name="method">How it is estimated.</param>
internal sealed class FitDraft(ModelFrame frame, FitMethod method)
{
    private readonly List<FitCheck> checks = [];

    internal IReadOnlyList<FitCheck> Checks => checks;

    /// <summary>The points of quadrature for each random effect, or null.</summary>
    internal int? QuadraturePoints { get; init; }

    /// <summary>The estimator.</summary>
    internal Estimator Estimator { get; init; }

    /// <summary>Whether the variances are those of a restricted likelihood.</summary>
    internal bool IsRestricted { get; init; }

    /// <summary>Takes checks.</summary>
    internal void Add(params IEnumerable<FitCheck> found) => checks.AddRange(found);

    /// <summary>The check that leaves no estimate, or null.</summary>
    internal FitCheck? Fatal() => checks.FirstOrDefault(check =>
        check is { Outcome: CheckOutcome.Failed, Check: CheckName.Convergence or CheckName.Gradient or CheckName.Hessian });

    /// <summary>The fit without its estimates.</summary>
    /// <param name="design">The design, of full rank.</param>
    /// <param name="obstacle">The check because of which an estimate does not exist, or null.</param>
    internal MixedModelFit Of(Design design, FitCheck? obstacle) => new()
    {
        Formula = frame.Formula.Text,
        Family = frame.Family,
        Link = frame.Link,
        Method = method,
        Estimator = Estimator,
        IsRestricted = IsRestricted,
        QuadraturePoints = QuadraturePoints,
        Observations = frame.Observations,
        RowsLeftOut = frame.MissingRows + frame.RowsWithoutTrials,
        Patterns = design.Cells.Count,
        Groups = [.. frame.Groupings.Select(grouping => new GroupCount(grouping.Groups.Name, grouping.Groups.Size))],
        GroupsNest = Grouping.AreNested(frame.Groupings),
        LogLikelihood = double.NaN,
        Parameters = design.Width + frame.Groupings.Sum(grouping => grouping.Blocks.Sum(block => block.Parameters))
            + (frame.Family is Family.Gaussian or Family.NegativeBinomial ? 1 : 0),
        Recipe = new ModelRecipe(frame.Formula, [.. frame.Variables.Select(v => v.Levels)], design.Names)
        {
            RandomEffects = [.. frame.Groupings.Select(grouping => (grouping.Groups.Name,
                (IReadOnlyList<DesignColumn>)[.. grouping.Blocks.SelectMany(block => block.Columns)]))],
        },
        Checks = checks,
        Obstacle = obstacle is null
            ? null : new Problem(ProblemKind.NoEstimate, obstacle.Message, "data from which every coefficient can be estimated",
            frame.Formula.Text, Remedy(obstacle.Check)),
    };

    /// <summary>The fit of which no estimate exists.</summary>
    internal MixedModelFit Without(Design design, FitCheck obstacle)
    {
        var covariance = new double[design.Width, design.Width];
        for (var row = 0; row < design.Width; row++)
        {
            for (var column = 0; column < design.Width; column++) covariance[row, column] = double.NaN;
        }

        return Of(design, obstacle) with
        {
            FixedEffects = [.. design.Names.Select(name => new FixedEffect(name.Name, double.NaN, double.NaN))],
            Covariance = covariance,
            RandomEffects = RandomPart.Unknown(frame).Effects,
            Dispersion = frame.Family == Family.Gaussian ? double.NaN : 1,
        };
    }

    private static string Remedy(CheckName check) => check switch
    {
        CheckName.Separation =>
            "Merge the level with another, leave the term out, or report that it tells the outcome without error; other estimates stand.",
        CheckName.Outcome => "Check how the outcome was made, and which rows were chosen.",
        CheckName.RepeatedEffects => "Leave the repeated random effect out of the formula.",
        CheckName.TooFewGroups => "Leave the random term out, or add groups.",
        CheckName.ResidualVariance =>
            "Leave out terms, or merge levels, so that observations are left over; check how the response was made.",
        _ => "Simplify the model; look at the checks and the optimiser's trace.",
    };
}
