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
}
