using Caseload.MixedModels.ModelFrames;

namespace Caseload.MixedModels.RandomEffects;

/// <summary>Where a grouping's random effects stand among all of a model.</summary>
/// <param name="Grouping">The grouping.</param>
/// <param name="FirstNode">The node of its first group; the others follow. A node holds all effects of one group.</param>
/// <param name="Columns">For each effect, the column that it multiplies, among those of the layout.</param>
internal sealed record GroupingLayout(Grouping Grouping, int FirstNode, int[] Columns)
{
    /// <summary>The number of effects of a group.</summary>
    internal int Effects => Columns.Length;

    /// <summary>The number of groups.</summary>
    internal int Groups => Grouping.Groups.Size;
}
