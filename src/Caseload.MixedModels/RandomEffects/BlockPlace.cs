using Caseload.MixedModels.ModelFrames;

namespace Caseload.MixedModels.RandomEffects;

/// <summary>A covariance matrix: its grouping, its first effect there, and its columns.</summary>
internal sealed record BlockPlace(int Grouping, int First, EffectBlock Block)
{
    internal int Size => Block.Columns.Count;

    // The place of the intercept's effect in the block; -1 without one.
    private int Intercept => Block.Columns.ToList().FindIndex(column => column.Parts.Count == 0);

    /// <summary>All covariance matrices of a layout, in the order of groupings and blocks.</summary>
    internal static IEnumerable<BlockPlace> Of(RandomLayout layout)
    {
        for (var g = 0; g < layout.Groupings.Count; g++)
        {
            var first = 0;
            foreach (var block in layout.Groupings[g].Grouping.Blocks)
            {
                yield return new BlockPlace(g, first, block);
                first += block.Columns.Count;
            }
        }
    }

    /// <summary>Whether an effect of the grouping belongs to the block.</summary>
    internal bool Holds(int effect) => effect >= First && effect < First + Size;

    /// <summary>
    /// The effects of the columns as they were given are this matrix times those of the columns as they were estimated: each is divided by
    /// the column's scale, and the intercept's effect is that where the columns are 0.
    /// </summary>
    internal double[,] Basis(RandomLayout layout)
    {
        var basis = new double[Size, Size];
        for (var k = 0; k < Size; k++)
        {
            var column = layout.Groupings[Grouping].Columns[First + k];
            basis[k, k] = 1 / layout.Columns.Scales[column];
            if (layout.Columns.Centres[column] is not 0 and var centre) basis[Intercept, k] = -centre / layout.Columns.Scales[column];
        }

        return basis;
    }
}
