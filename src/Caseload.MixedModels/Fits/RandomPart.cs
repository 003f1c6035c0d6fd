using Caseload.MixedModels.ModelFrames;

namespace Caseload.MixedModels.Fits;

/// <summary>What a fit says of its random effects.</summary>
/// <param name="Effects">The covariance matrices, one entry a block of effects.</param>
/// <param name="Modes">The conditional modes of every group.</param>
internal sealed record RandomPart(IReadOnlyList<RandomEffect> Effects, IReadOnlyList<ConditionalMode> Modes)
{
    /// <summary>Of a model without random effects.</summary>
    internal static RandomPart None { get; } = new([], []);

    /// <summary>The effects of a model of which no estimate exists.</summary>
    internal static RandomPart Unknown(ModelFrame frame) => new(
        [.. frame.Groupings.SelectMany(grouping => grouping.Blocks, (grouping, block) => Unknown(grouping.Groups.Name, block))], []);

    private static RandomEffect Unknown(string group, EffectBlock block)
    {
        double[] nothing = [.. block.Columns.Select(_ => double.NaN)];
        return new RandomEffect(group, [.. block.Columns.Select(c => c.Name)], nothing, nothing,
            [.. block.Columns.Select(_ => (IReadOnlyList<double>)nothing)]);
    }

    /// <summary>The same with the effects of each block in the order of the formula.</summary>
    /// <param name="groupings">The groupings as the formula gives them, in the same order.</param>
    internal RandomPart InOrderOf(IEnumerable<Grouping> groupings)
    {
        var (effects, modes) = (new List<RandomEffect>(), new List<ConditionalMode>());
        foreach (var grouping in groupings)
        {
            foreach (var block in grouping.Blocks)
            {
                var found = Effects[effects.Count];
                int[] places = [.. block.Columns.Select(column => found.Terms.ToList().IndexOf(column.Name))];
                effects.Add(found with
                {
                    Terms = [.. places.Select(k => found.Terms[k])],
                    StandardDeviations = [.. places.Select(k => found.StandardDeviations[k])],
                    StandardDeviationErrors = [.. places.Select(k => found.StandardDeviationErrors[k])],
                    Covariance = [.. places.Select(row => (IReadOnlyList<double>)[.. places.Select(k => found.Covariance[row][k])])],
                });
                for (var group = 0; group < grouping.Groups.Size; group++)
                {
                    var first = modes.Count;
                    modes.AddRange(places.Select(k => Modes[first + k]));
                }
            }
        }

        return new RandomPart(effects, modes);
    }
}
