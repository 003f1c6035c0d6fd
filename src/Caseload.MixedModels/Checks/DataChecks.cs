using System.Globalization;
using Caseload.MixedModels.Designs;
using Caseload.MixedModels.ModelFrames;

namespace Caseload.MixedModels.Checks;

/// <summary>Checks of the data before anything is estimated.</summary>
internal static class DataChecks
{
    // With fewer groups a variance between them is hardly more than a guess (Snijders and Bosker 2012, section 4.3, ask for more still).
    private const int FewGroups = 5;

    private const double LargestRatio = 1e4;

    internal static FitCheck MissingCells(ModelFrame frame)
    {
        if (frame.MissingRows + frame.RowsWithoutTrials == 0) return FitCheck.Passed(CheckName.MissingCells, "Every row is complete.");
        var columns =
            string.Join(", ", frame.MissingIn.Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Column} ({m.Count})")));
        var reasons = new List<string>(2);
        if (frame.MissingRows > 0) reasons.Add(string.Create(CultureInfo.InvariantCulture,
            $"{frame.MissingRows} with a missing cell in {columns}"));
        if (frame.RowsWithoutTrials > 0) reasons.Add(string.Create(CultureInfo.InvariantCulture,
            $"{frame.RowsWithoutTrials} without {(frame.Family == Family.Binomial ? "trials" : "weight")}"));
        return new FitCheck(CheckName.MissingCells, CheckOutcome.Failed, string.Join(", ", frame.MissingIn.Select(m => m.Column)),
            frame.MissingRows + frame.RowsWithoutTrials, 0, $"Rows were left out: {string.Join(" and ", reasons)}.");
    }

    internal static FitCheck Outcome(CellTable cells, Family family)
    {
        if (family is Family.Poisson or Family.NegativeBinomial) return Counts(cells);
        var (successes, trials) = (cells.Successes.Sum(), cells.Trials.Sum());
        if (successes > 0 && successes < trials) return FitCheck.Passed(CheckName.Outcome, "The outcome varies.");
        return new FitCheck(CheckName.Outcome, CheckOutcome.Failed, "", successes / trials, double.NaN,
            string.Create(CultureInfo.InvariantCulture,
            $"All {trials} trials are {(successes == 0 ? "failures (0)" : "successes (1)")}: the outcome does not vary, "
            + $"which is complete separation, and no coefficient has a finite estimate."));
    }

    private static FitCheck Counts(CellTable cells) => cells.Successes.Any(count => count > 0)
        ? FitCheck.Passed(CheckName.Outcome, "Some counts are above 0.")
        : new FitCheck(CheckName.Outcome, CheckOutcome.Failed, "", 0, double.NaN,
            "All counts are 0: the outcome does not vary, which is complete separation, and no coefficient has a finite estimate.");

    internal static FitCheck Groups(ModelFrame frame)
    {
        if (frame.Groupings.Count == 0) return FitCheck.NotRun(CheckName.TooFewGroups, "The model has no random term.");
        var fewest = frame.Groupings.MinBy(grouping => grouping.Groups.Size)!.Groups;
        if (fewest.Size >= FewGroups) return FitCheck.Passed(CheckName.TooFewGroups, "There are groups enough.");
        return new FitCheck(CheckName.TooFewGroups, CheckOutcome.Failed, fewest.Name, fewest.Size, FewGroups, fewest.Size == 1
            ? $"{fewest.Name} has one group only: a variance between groups cannot be estimated from one."
            : string.Create(CultureInfo.InvariantCulture,
                $"{fewest.Name} has {fewest.Size} groups only: the variance between them is estimated poorly. Consider a fixed effect."));
    }

    internal static FitCheck Scaling(Design design, ModelFrame frame)
    {
        var numeric = Enumerable.Range(0, design.Width)
            .Where(k => design.Names[k].Parts.Count > 0
                && design.Names[k].Parts.All(p => frame.Variables[p.Variable].Levels is null)).ToArray();
        if (numeric.Length == 0) return FitCheck.NotRun(CheckName.Scaling, "The model has no column of numbers.");
        var (least, most) = (numeric.MinBy(k => design.Standardised.Scales[k]), numeric.MaxBy(k => design.Standardised.Scales[k]));

        // One column of numbers alone is held against the indicators, which vary by up to a half.
        var smallest = Math.Min(design.Standardised.Scales[least], 0.5);
        var largest = Math.Max(design.Standardised.Scales[most], 0.5);
        var ratio = largest / smallest;
        if (ratio <= LargestRatio) return FitCheck.Passed(CheckName.Scaling, "The columns vary on comparable scales.");
        var component = largest > 1 / smallest ? most : least;
        return new FitCheck(CheckName.Scaling, CheckOutcome.Failed, design.Names[component].Name, ratio, LargestRatio,
            string.Create(CultureInfo.InvariantCulture,
            $"The columns vary on scales that differ by a factor of {ratio:G3}, {design.Names[component].Name} the furthest out. "
            + $"The estimates are sound, because columns are standardised inside; rescale it so that its coefficient can be read."));
    }
}
