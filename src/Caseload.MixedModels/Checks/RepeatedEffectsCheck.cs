using Caseload.MixedModels.Designs;
using Caseload.MixedModels.ModelFrames;
using Caseload.MixedModels.Numerics;

namespace Caseload.MixedModels.Checks;

/// <summary>
/// Whether the random effects can be told from each other. Where a column of one block is a combination of columns of another for the
/// same groups, or of its own, variance moves from the one to the other without changing the model: the likelihood has a ridge of maxima,
/// and an optimiser stops anywhere on it.
/// </summary>
internal static class RepeatedEffectsCheck
{
    internal static FitCheck Run(ModelFrame frame, CellTable cells)
    {
        if (frame.Groupings.Count == 0) return FitCheck.NotRun(CheckName.RepeatedEffects, "The model has no random term.");
        var values = DesignColumn.CodesAt(cells.Rows,
            frame.Groupings.SelectMany(grouping => grouping.Blocks).SelectMany(block => block.Columns), frame.Variables);
        Block[] blocks = [.. frame.Groupings.SelectMany((grouping, g) =>
            grouping.Blocks.Select(block => new Block(g, grouping.Groups.Name, block)))];
        for (var later = 0; later < blocks.Length; later++)
        {
            if (blocks[later].Effects.Count > 1 && Dependent(blocks[later].Effects) is { } column)
                return Failed(blocks[later].Group, $"Among the random effects for {blocks[later].Group}, {column} is 0 or a combination of "
                    + "those before it, so its variance cannot be told from theirs. Leave it out.");
            for (var earlier = 0; earlier < later; earlier++)
            {
                var (one, other) = (blocks[earlier], blocks[later]);
                if (!SameGroups(one.Grouping, other.Grouping)) continue;
                if (Dependent([.. one.Effects, .. other.Effects]) is null) continue;
                return Failed(other.Group, $"The random effects {other.Words} repeat those {one.Words}: "
                    + (one.Grouping == other.Grouping ? "" : $"{one.Group} and {other.Group} divide the rows into the same groups, and ")
                    + "what varies by the one can as well vary by the other, so their variances cannot be told apart. Leave one out.");
            }
        }

        return FitCheck.Passed(CheckName.RepeatedEffects, "No random effect repeats another.");

        // As many groups, and never two of the one in one of the other.
        bool SameGroups(int one, int other)
        {
            if (one == other) return true;
            var (groups, others) = (frame.Groupings[one].Groups, frame.Groupings[other].Groups);
            if (groups.Size != others.Size) return false;
            var image = new int[groups.Size];
            Array.Fill(image, -1);
            foreach (var row in cells.Rows)
            {
                ref var group = ref image[groups.Codes[row]];
                if (group >= 0 && group != others.Codes[row]) return false;
                group = others.Codes[row];
            }

            return true;
        }

        // The first column that depends on those before it, or null.
        string? Dependent(IReadOnlyList<DesignColumn> columns)
        {
            double[][] written = [.. columns.Select(Write)];
            return ColumnRank.Of(written, [.. columns.Select(_ => 1.0)]).Aliased is [var first, ..] ? columns[first.Column].Name : null;
        }

        double[] Write(DesignColumn column)
        {
            var written = new double[cells.Count];
            if (column.Parts.Count == 0) Array.Fill(written, 1);
            else column.Fill(values, frame.Variables, written);
            var size = Math.Sqrt(Vectors.Dot(written, written));
            if (size > 0) Vectors.Multiply(written, 1 / size);
            return written;
        }
    }

    private static FitCheck Failed(string group, string message) =>
        new(CheckName.RepeatedEffects, CheckOutcome.Failed, group, double.NaN, double.NaN, message);

    private sealed record Block(int Grouping, string Group, EffectBlock Of)
    {
        internal IReadOnlyList<DesignColumn> Effects => Of.Columns;

        internal string Words => $"of {string.Join(", ", Effects.Select(effect => effect.Name))} for {Group}";
    }
}
