namespace Caseload.MixedModels.Designs;

/// <summary>
/// The share of a run of groups in the sum of weight times x x'. Parts may be filled side by side; the operator that made them adds them
/// up in their order.
/// </summary>
internal abstract class GramPart
{
    /// <summary>Begins anew.</summary>
    internal abstract void Clear();

    /// <summary>Takes the weights of a group's cells.</summary>
    /// <param name="group">The group, of the run.</param>
    /// <param name="weights">The weight of each of its cells; may be negative.</param>
    /// <param name="sums">The sums over them of weight times x, as <see cref="DesignOperator.GroupSums(int, ReadOnlySpan{double},
    /// Span{double})"/> writes them.</param>
    internal abstract void Add(int group, ReadOnlySpan<double> weights, ReadOnlySpan<double> sums);

    /// <summary>Does what is left to do once all groups of the run are in.</summary>
    internal abstract void Complete();
}
