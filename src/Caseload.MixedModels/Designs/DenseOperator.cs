using Caseload.MixedModels.ModelFrames;
using Caseload.MixedModels.Numerics;

namespace Caseload.MixedModels.Designs;

/// <summary>The columns as they are, one number a cell each: for designs whose patterns hardly repeat.</summary>
/// <param name="cells">The cells.</param>
/// <param name="columns">The standardised columns.</param>
internal sealed class DenseOperator(CellTable cells, IReadOnlyList<double[]> columns) : DesignOperator(cells)
{
    // A run's columns stay in a processor's cache while all passes go over them. Runs have a Hessian each, which must not outgrow the data.
    private const int RunCells = 1024;

    internal override int Width => columns.Count;

    /// <summary>Writes the columns out and standardises them.</summary>
    /// <param name="variables">The model's variables.</param>
    /// <param name="names">What each column is.</param>
    /// <param name="cells">The cells.</param>
    /// <param name="scales">Takes what standardising takes from the columns.</param>
    internal static DenseOperator Build(IReadOnlyList<CodedVariable> variables, IReadOnlyList<DesignColumn> names, CellTable cells,
        ColumnScales scales)
    {
        var codes = new int[variables.Count][];
        Parallel.For(0, codes.Length, v => codes[v] = variables[v].At(cells.Rows));
        var columns = new double[names.Count][];
        var centred = names.Count > 0 && names[0].Parts.Count == 0;
        Parallel.For(0, names.Count, k =>
        {
            columns[k] = GC.AllocateUninitializedArray<double>(cells.Count);
            names[k].Fill(codes, variables, columns[k]);
            if (names[k].Parts.Count == 0) scales.LeaveAsIs(k);
            else scales.Standardise(k, columns[k], [], centred);
        });
        return new DenseOperator(cells, columns);
    }

    internal override IReadOnlyList<double[]> Columns() => columns;

    internal override DesignOperator Select(IReadOnlyList<int> kept) => new DenseOperator(Cells, [.. kept.Select(k => columns[k])]);

    internal override IReadOnlyList<(int First, int End)> Runs() => Cut(Math.Max(RunCells, Width * Width));

    internal override Predictor Prepare(ReadOnlyMemory<double> beta) => new DensePredictor(this, beta);

    internal override void GroupSums(int group, ReadOnlySpan<double> weights, Span<double> sums)
    {
        var start = Cells.GroupStarts[group];
        for (var k = 0; k < columns.Count; k++) sums[k] = Vectors.Dot(columns[k].AsSpan(start, weights.Length), weights);
    }

    internal override void RunSums(int group, Range cells, in FourSpans weights, in FourSpans sums)
    {
        for (var k = 0; k < columns.Count; k++)
            (sums.First[k], sums.Second[k], sums.Third[k], sums.Fourth[k]) =
                WeightedProducts.Sums(columns[k].AsSpan(cells), weights);
    }

    internal override void AddTranspose(ReadOnlySpan<double> weights, Span<double> sums)
    {
        for (var k = 0; k < columns.Count; k++) sums[k] += Vectors.Dot(columns[k], weights);
    }

    internal override GramPart Gram(int firstGroup, int endGroup) =>
        new DenseGram(columns, Cells.GroupStarts, (firstGroup, endGroup));

    internal override void AddGram(IReadOnlyList<GramPart> parts, double[,] matrix)
    {
        foreach (var part in parts.Cast<DenseGram>())
        {
            for (var row = 0; row < columns.Count; row++)
            {
                for (var column = 0; column <= row; column++) matrix[row, column] += part.Sum[row, column];
            }
        }
    }

    private sealed class DensePredictor(DenseOperator design, ReadOnlyMemory<double> beta) : Predictor
    {
        internal override void Write(int firstGroup, int endGroup, Span<double> eta)
        {
            var first = design.Cells.GroupStarts[firstGroup];
            var count = design.Cells.GroupStarts[endGroup] - first;
            var columns = design.Columns();
            eta[..count].Clear();
            for (var k = 0; k < columns.Count; k++) Vectors.AddTimes(eta[..count], beta.Span[k], columns[k].AsSpan(first, count));
        }
    }

    // The weights of the run are collected, so that one pass over blocks of cells serves all of its groups.
    private sealed class DenseGram(IReadOnlyList<double[]> columns, int[] starts, (int First, int End) groups) : GramPart
    {
        private readonly double[] collected = new double[starts[groups.End] - starts[groups.First]];
        private readonly CrossProduct products = new(columns);

        internal double[,] Sum { get; } = new double[columns.Count, columns.Count];

        internal override void Clear() => Array.Clear(Sum);

        internal override void Add(int group, ReadOnlySpan<double> weights, ReadOnlySpan<double> sums) =>
            weights.CopyTo(collected.AsSpan(starts[group] - starts[groups.First]));

        internal override void Complete() => products.AddTo(starts[groups.First], collected, Sum);
    }
}
