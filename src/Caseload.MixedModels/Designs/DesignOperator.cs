using Caseload.MixedModels.Numerics;

namespace Caseload.MixedModels.Designs;

/// <summary>
/// The standardised columns x of a design on its cells as a linear operator: all that estimation asks of them, however they are held.
/// Nothing in it changes once it is built, so any number of threads may use it.
/// </summary>
internal abstract class DesignOperator
{
    private protected DesignOperator(CellTable cells) => Cells = cells;

    internal CellTable Cells { get; private set; }

    /// <summary>The number of columns.</summary>
    internal abstract int Width { get; }

    /// <summary>The same columns on the same cells with another response.</summary>
    internal DesignOperator Responding(CellTable cells)
    {
        var other = (DesignOperator)MemberwiseClone();
        other.Cells = cells;
        return other;
    }

    /// <summary>Prepares the prediction of x'beta: what many cells share is computed here, once.</summary>
    /// <param name="beta">The coefficients; it is read until the prediction is no longer used.</param>
    internal abstract Predictor Prepare(ReadOnlyMemory<double> beta);

    /// <summary>Writes, over a group's cells, the sums of a weight times x.</summary>
    /// <param name="group">The group.</param>
    /// <param name="weights">The weight of each of its cells.</param>
    /// <param name="sums">Takes the sum of each column.</param>
    internal abstract void GroupSums(int group, ReadOnlySpan<double> weights, Span<double> sums);

    /// <summary>Writes, over a group's cells, the sums of four weights times x, in one pass.</summary>
    /// <param name="group">The group.</param>
    /// <param name="weights">The four weights of each of its cells.</param>
    /// <param name="sums">Takes the sums of each column.</param>
    internal void GroupSums(int group, in FourSpans weights, in FourSpans sums) =>
        RunSums(group, Cells.GroupStarts[group]..Cells.GroupStarts[group + 1], weights, sums);

    /// <summary>The same over some neighbouring cells of a group.</summary>
    /// <param name="group">The group.</param>
    /// <param name="cells">The cells, counted from the first of all.</param>
    /// <param name="weights">The four weights of each of them.</param>
    /// <param name="sums">Takes the sums of each column.</param>
    internal abstract void RunSums(int group, Range cells, in FourSpans weights, in FourSpans sums);

    /// <summary>A part of the sum of weight times x x', over a run of groups.</summary>
    internal abstract GramPart Gram(int firstGroup, int endGroup);

    /// <summary>Adds the parts of a sum of weight times x x' to the lower triangle of a matrix, in their order.</summary>
    internal abstract void AddGram(IReadOnlyList<GramPart> parts, double[,] matrix);

    /// <summary>The columns written out, a number a cell each; for checks that look at them one by one.</summary>
    internal abstract IReadOnlyList<double[]> Columns();

    /// <summary>The operator with some of its columns.</summary>
    internal abstract DesignOperator Select(IReadOnlyList<int> kept);

    /// <summary>Writes x'beta of all cells.</summary>
    internal void Predict(ReadOnlyMemory<double> beta, Span<double> eta) =>
        Prepare(beta).Write(0, Cells.GroupCount, eta);

    /// <summary>Adds the sum over all cells of a weight times x: X'v.</summary>
    internal virtual void AddTranspose(ReadOnlySpan<double> weights, Span<double> sums)
    {
        var ofGroup = new double[Width];
        for (var group = 0; group < Cells.GroupCount; group++)
        {
            GroupSums(group, weights[Cells.GroupStarts[group]..Cells.GroupStarts[group + 1]], ofGroup);
            Vectors.AddTimes(sums, 1, ofGroup);
        }
    }

    /// <summary>Adds the sum over all cells of weight times x x', X'WX, to the lower triangle of a matrix.</summary>
    internal void AddGram(double[] weights, double[,] matrix)
    {
        var runs = Runs();
        var parts = new GramPart[runs.Count];
        Parallel.For(0, runs.Count, i =>
        {
            parts[i] = Gram(runs[i].First, runs[i].End);
            var sums = new double[Width];
            for (var group = runs[i].First; group < runs[i].End; group++)
            {
                var ofGroup = weights.AsSpan(Cells.GroupStarts[group]..Cells.GroupStarts[group + 1]);
                GroupSums(group, ofGroup, sums);
                parts[i].Add(group, ofGroup, sums);
            }

            parts[i].Complete();
        });
        AddGram(parts, matrix);
    }

    /// <summary>
    /// The groups cut into runs that may be worked on side by side; how depends on the data only, so that sums taken in their order do.
    /// </summary>
    internal abstract IReadOnlyList<(int First, int End)> Runs();

    /// <summary>Cuts the groups into runs of some cells at least.</summary>
    private protected IReadOnlyList<(int First, int End)> Cut(int least)
    {
        var starts = Cells.GroupStarts;
        var runs = new List<(int, int)>();
        for (var (first, group) = (0, 1); group < starts.Length; group++)
        {
            if (starts[group] - starts[first] < least && group < starts.Length - 1) continue;
            runs.Add((first, group));
            first = group;
        }

        return runs;
    }
}
