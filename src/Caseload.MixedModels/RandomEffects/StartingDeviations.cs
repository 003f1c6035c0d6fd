using Caseload.MixedModels.Factorisations;
using Caseload.MixedModels.Likelihoods;

namespace Caseload.MixedModels.RandomEffects;

/// <summary>
/// Standard deviations to begin from, at a maximum without random effects. Where the log-likelihood is taken as quadratic in the effects,
/// that of each effect on its own is a maximum in one dimension (<see cref="VarianceScore"/>). Effects found before are eliminated from the
/// scores and weights of those that share observations with them, groupings of many groups first: what two schools have in common is not
/// taken for a district's doing twice.
/// </summary>
/// <param name="layout">How the random effects meet the cells.</param>
/// <param name="scores">Z'd at the maximum; used up.</param>
/// <param name="information">Z'WZ there.</param>
internal sealed class StartingDeviations(RandomLayout layout, double[] scores, BlockMatrix information)
{
    private readonly double[] weights = Diagonal(layout, information);
    private readonly bool[] eliminated = new bool[scores.Length];

    /// <summary>The standard deviation of each effect of each grouping, for columns of root mean square 1.</summary>
    internal double[][] Find()
    {
        double[][] deviations = [.. layout.Groupings.Select(grouping => new double[grouping.Effects])];
        foreach (var g in Enumerable.Range(0, layout.Groupings.Count).OrderByDescending(g => layout.Groupings[g].Groups))
        {
            for (var effect = 0; effect < layout.Groupings[g].Effects; effect++)
            {
                deviations[g][effect] = OfEffect(layout.Groupings[g], effect);
                Eliminate(layout.Groupings[g], effect, deviations[g][effect]);
            }
        }

        return deviations;
    }

    private static double[] Diagonal(RandomLayout layout, BlockMatrix information)
    {
        var diagonal = new double[layout.Pattern.Length];
        for (var node = 0; node < layout.Pattern.Nodes; node++)
        {
            var (size, block) = (layout.Pattern.Size(node), layout.Pattern.ColumnStarts[node]);
            for (var k = 0; k < size; k++) diagonal[layout.Pattern.Start(node) + k] = information.Block(block)[k * (size + 1)];
        }

        return diagonal;
    }

    private double OfEffect(GroupingLayout grouping, int effect)
    {
        var (ofEffect, weight) = (new double[grouping.Groups], new double[grouping.Groups]);
        for (var group = 0; group < grouping.Groups; group++)
        {
            var at = layout.Pattern.Start(grouping.FirstNode + group) + effect;
            (ofEffect[group], weight[group]) = (scores[at], Math.Max(weights[at], 0));
        }

        return VarianceScore.Maximum(ofEffect, weight);
    }

    // One step of elimination with the pivot 1/v + S; only the diagonal of what is left is kept.
    private void Eliminate(GroupingLayout grouping, int effect, double deviation)
    {
        var pattern = layout.Pattern;
        var end = grouping.FirstNode + grouping.Groups;
        for (var node = grouping.FirstNode; node < end; node++) eliminated[pattern.Start(node) + effect] = true;
        for (var column = 0; column < pattern.Nodes; column++)
        {
            for (var slot = pattern.ColumnStarts[column]; slot < pattern.ColumnStarts[column + 1]; slot++)
            {
                var row = pattern.Rows[slot];
                var (rows, columns) = (pattern.Start(row), pattern.Start(column));
                var width = pattern.Size(column);
                var block = information.Block(slot);
                if (column >= grouping.FirstNode && column < end)
                {
                    for (var k = 0; k < pattern.Size(row); k++) Take(rows + k, columns + effect, block[k * width + effect], deviation);
                }
                else if (row >= grouping.FirstNode && row < end)
                {
                    for (var k = 0; k < width; k++) Take(columns + k, rows + effect, block[effect * width + k], deviation);
                }
            }
        }
    }

    private void Take(int from, int pivot, double shared, double deviation)
    {
        if (eliminated[from]) return;
        var share = shared / (1 / (deviation * deviation) + weights[pivot]);
        scores[from] -= share * scores[pivot];
        weights[from] -= share * shared;
    }
}
