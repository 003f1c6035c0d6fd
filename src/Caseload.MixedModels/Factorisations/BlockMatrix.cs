namespace Caseload.MixedModels.Factorisations;

/// <summary>
/// The numbers of a symmetric block matrix on a pattern. A block is row-major, Size(row) by Size(column); diagonal blocks are full squares,
/// of which a factorisation reads the lower triangle.
/// </summary>
/// <param name="pattern">The places of the blocks.</param>
internal sealed class BlockMatrix(BlockPattern pattern)
{
    internal BlockPattern Pattern { get; } = pattern;

    /// <summary>The numbers of all blocks, slot after slot.</summary>
    internal double[] Values { get; } = new double[pattern.Offsets[^1]];

    internal Span<double> Block(int slot)
    {
        var first = Pattern.Offsets[slot];
        return Values.AsSpan(first, Pattern.Offsets[slot + 1] - first);
    }

    internal void Clear() => Array.Clear(Values);
}
