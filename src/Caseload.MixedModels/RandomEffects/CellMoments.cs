using System.Buffers;
using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Factorisations;
using Caseload.MixedModels.Numerics;

namespace Caseload.MixedModels.RandomEffects;

/// <summary>
/// The sums over cells that second derivatives are made of, beside X'Omega X: Z'WX and Z'Omega X, and in each run the sums of w' times
/// pairs of effect columns times x, and times a third effect column.
/// </summary>
internal sealed class CellMoments
{
    private readonly Design design;
    private readonly Integrand integrand;
    private readonly int columns;
    private readonly int pairs;
    private readonly int weightings;
    private readonly int[] groupOfRun;
    private readonly double[] ofRuns;
    private readonly double[] cubes;

    internal CellMoments(Design design, Integrand integrand)
    {
        (this.design, this.integrand) = (design, integrand);
        var layout = integrand.Layout;
        (columns, pairs) = (layout.Columns.Count, layout.Columns.Pairs);
        weightings = (2 * columns + pairs + 3) / 4 * 4;
        groupOfRun = GroupsOfRuns(design.Cells.GroupStarts, layout.RunStarts);
        ofRuns = new double[(long)layout.Runs * weightings * design.Width];
        cubes = new double[layout.Runs * pairs * columns];
        (Weighted, Curved) = (NewColumns(), NewColumns());
    }

    /// <summary>Z'WX, a column of X after another.</summary>
    internal double[][] Weighted { get; }

    /// <summary>Z'Omega X, likewise.</summary>
    internal double[][] Curved { get; }

    /// <summary>Computes the sums.</summary>
    /// <param name="omega">The weight Omega of each cell.</param>
    internal void Compute(double[] omega)
    {
        integrand.ForEachRun((run, cells) => Sum(run, cells, omega));
        Gather(Weighted, 0);
        Gather(Curved, columns);
    }

    /// <summary>Writes, for each run, the sums of w' (x + z'b) times pairs of effect columns: how Z'WZ moves.</summary>
    /// <param name="column">The column x, or -1 for none.</param>
    /// <param name="b">The random effects' part of the direction.</param>
    /// <param name="slopes">Takes the sums, as <see cref="RunSums.Moments"/> holds them.</param>
    internal void MomentSlopes(int column, double[] b, double[] slopes)
    {
        if (integrand.Layout.Columns.OnlyIntercept)
        {
            SlopesOfIntercepts(column, b, slopes);
            return;
        }

        Span<double> coefficients = stackalloc double[columns];
        for (var run = 0; run < integrand.Layout.Runs; run++)
        {
            integrand.Sums.Coefficients(run, b, coefficients);
            for (var pair = 0; pair < pairs; pair++)
            {
                var sum = column < 0 ? 0 : ofRuns[(run * weightings + 2 * columns + pair) * design.Width + column];
                for (var k = 0; k < columns; k++) sum += cubes[(run * pairs + pair) * columns + k] * coefficients[k];
                slopes[run * pairs + pair] = sum;
            }
        }
    }

    // With intercepts alone there is one pair, and a node is the place of its effect.
    private void SlopesOfIntercepts(int column, double[] b, double[] slopes)
    {
        Array.Clear(slopes);
        for (var (g, layout) = (0, integrand.Layout); g < layout.Groupings.Count; g++)
        {
            var nodes = layout.Nodes(g);
            for (var run = 0; run < slopes.Length; run++)
                slopes[run] += cubes[run] * b[nodes[run]];
        }

        if (column < 0) return;
        for (var (run, at) = (0, 2 * design.Width + column); run < slopes.Length; run++, at += weightings * design.Width)
            slopes[run] += ofRuns[at];
    }

    private void Sum(int run, Range cells, double[] omega)
    {
        var layout = integrand.Layout;
        var (start, count) = (layout.RunStarts[run], layout.RunStarts[run + 1] - layout.RunStarts[run]);
        var room = ArrayPool<double>.Shared.Rent(weightings * count);
        var weights = room.AsSpan(0, weightings * count);
        for (var k = 0; k < columns; k++)
        {
            Product(integrand.Weight.AsSpan(cells), layout.Columns.Column(k, start, count), weights.Slice(k * count, count));
            Product(omega.AsSpan(cells), layout.Columns.Column(k, start, count), weights.Slice((columns + k) * count, count));
        }

        for (var pair = 0; pair < pairs; pair++)
        {
            var slopes = weights.Slice((2 * columns + pair) * count, count);
            Product(integrand.WeightSlope.AsSpan(cells), layout.Columns.Product(pair, start, count), slopes);
            for (var k = 0; k < columns; k++)
            {
                var third = layout.Columns.Column(k, start, count);
                cubes[(run * pairs + pair) * columns + k] = third.IsEmpty ? Vectors.Moments(slopes).Sum : Vectors.Dot(slopes, third);
            }
        }

        weights[((2 * columns + pairs) * count)..].Clear();
        for (var four = 0; four < weightings; four += 4)
        {
            var sums = ofRuns.AsSpan((run * weightings + four) * design.Width, 4 * design.Width);
            design.Operator.RunSums(groupOfRun[run], cells, Four(weights.Slice(four * count, 4 * count), count), Four(sums, design.Width));
        }

        ArrayPool<double>.Shared.Return(room);
    }

    private static FourSpans Four(Span<double> values, int size) =>
        new(values[..size], values.Slice(size, size), values.Slice(2 * size, size), values.Slice(3 * size, size));

    private static void Product(ReadOnlySpan<double> weights, ReadOnlySpan<double> column, Span<double> product)
    {
        weights.CopyTo(product);
        for (var i = 0; i < column.Length; i++) product[i] *= column[i];
    }

    private void Gather(double[][] gathered, int first)
    {
        var layout = integrand.Layout;
        foreach (var column in gathered) Array.Clear(column);
        for (var g = 0; g < layout.Groupings.Count; g++)
        {
            var effects = layout.Groupings[g].Columns;
            for (var run = 0; run < layout.Runs; run++)
            {
                var start = layout.Pattern.Start(layout.Node(g, run));
                for (var effect = 0; effect < effects.Length; effect++)
                {
                    var row = ofRuns.AsSpan((run * weightings + first + effects[effect]) * design.Width, design.Width);
                    for (var k = 0; k < row.Length; k++) gathered[k][start + effect] += row[k];
                }
            }
        }
    }

    private double[][] NewColumns() =>
        [.. Enumerable.Range(0, design.Width).Select(_ => new double[integrand.Layout.Pattern.Length])];

    private static int[] GroupsOfRuns(int[] groupStarts, int[] runStarts)
    {
        var groups = new int[runStarts.Length - 1];
        for (var (group, run) = (0, 0); run < groups.Length; run++)
        {
            while (groupStarts[group + 1] <= runStarts[run]) group++;
            groups[run] = group;
        }

        return groups;
    }
}
