using Caseload.MixedModels.ModelFrames;
using Caseload.MixedModels.Numerics;

namespace Caseload.MixedModels.Designs;

/// <summary>
/// The columns in two tables: those of variables that vary within groups have a number a pattern, those of variables that are constant
/// within groups, the intercept among them, a number a group. A column on the cells is never written out: a cell's linear predictor is the
/// sum of its pattern's part and its group's, and what is summed over cells is summed over the cells of each pattern or group first.
/// </summary>
internal sealed class PatternOperator : DesignOperator
{
    // Each run has a table of the patterns' weights, so there are not many runs.
    private const int RunCells = 2048;
    private const int MostRuns = 16;

    // The tables pay where a pattern and a group have a few cells each.
    private const int FewestCells = 2;

    private readonly PatternTable patterns;
    private readonly ColumnTable within;
    private readonly ColumnTable between;
    private readonly PatternRows rows;

    private PatternOperator(CellTable cells, PatternTable patterns, ColumnTable within, ColumnTable between)
        : base(cells)
    {
        (this.patterns, this.within, this.between) = (patterns, within, between);
        rows = new PatternRows(within.Values, patterns.Count);
    }

    internal override int Width => within.Count + between.Count;

    /// <summary>
    /// The operator, or null where it does not pay, or does not apply because a column is the product of a variable that varies within
    /// groups and one that does not: then the columns are written out.
    /// </summary>
    /// <param name="frame">The model's data.</param>
    /// <param name="names">What each column is.</param>
    /// <param name="cells">The cells.</param>
    /// <param name="scales">Takes what standardising takes from the columns.</param>
    internal static PatternOperator? TryBuild(ModelFrame frame, IReadOnlyList<DesignColumn> names, CellTable cells, ColumnScales scales)
    {
        if (cells.Patterns is not { } patterns || FewestCells * Math.Max(patterns.Count, cells.GroupCount) > cells.Count) return null;
        var constant = frame.Variables.Select(v => !patterns.Within.Contains(v)).ToArray();
        var between = Enumerable.Range(0, names.Count).Where(k => names[k].Parts.All(p => constant[p.Variable])).ToArray();
        var within = Enumerable.Range(0, names.Count).Where(k => names[k].Parts.Any(p => !constant[p.Variable])).ToArray();
        if (within.Any(k => names[k].Parts.Any(p => constant[p.Variable]))) return null;

        var cellsOfPattern = new double[patterns.Count];
        foreach (var pattern in patterns.Of) cellsOfPattern[pattern]++;
        var cellsOfGroup = new double[cells.GroupCount];
        for (var group = 0; group < cellsOfGroup.Length; group++)
            cellsOfGroup[group] = cells.GroupStarts[group + 1] - cells.GroupStarts[group];
        int[] groupRows = [.. cells.GroupStarts[..^1].Select(start => cells.Rows[start])];
        return new PatternOperator(cells, patterns,
            ColumnTable.Build(frame.Variables, names, within, (patterns.Rows, cellsOfPattern), scales),
            ColumnTable.Build(frame.Variables, names, between, (groupRows, cellsOfGroup), scales));
    }

    internal override IReadOnlyList<(int First, int End)> Runs() => Cut(Math.Max(RunCells, (Cells.Count + MostRuns - 1) / MostRuns));

    internal override Predictor Prepare(ReadOnlyMemory<double> beta) =>
        new PatternPredictor(Cells.GroupStarts, patterns.Of, within.Predict(beta.Span), between.Predict(beta.Span));

    internal override void GroupSums(int group, ReadOnlySpan<double> weights, Span<double> sums)
    {
        Span<double> row = stackalloc double[rows.Stride];
        rows.Sums(OfGroup(group), weights, row);
        Spread(group, row, sums);
    }

    internal override void RunSums(int group, Range cells, in FourSpans weights, in FourSpans sums)
    {
        var stride = rows.Stride;
        Span<double> buffer = stackalloc double[4 * stride];
        var four = new FourSpans(buffer[..stride], buffer[stride..(2 * stride)], buffer[(2 * stride)..(3 * stride)],
            buffer[(3 * stride)..]);
        rows.Sums(patterns.Of.AsSpan(cells), weights, four);
        Spread(group, four.First, sums.First);
        Spread(group, four.Second, sums.Second);
        Spread(group, four.Third, sums.Third);
        Spread(group, four.Fourth, sums.Fourth);
    }

    internal override GramPart Gram(int firstGroup, int endGroup) => new PatternGram(this);

    internal override void AddGram(IReadOnlyList<GramPart> parts, double[,] matrix)
    {
        var weights = new double[patterns.Count];
        var ofBetween = new double[between.Count * Width];
        foreach (var part in parts.Cast<PatternGram>())
        {
            Vectors.AddTimes(weights, 1, part.PatternWeights);
            Vectors.AddTimes(ofBetween, 1, part.BetweenRows);
        }

        var products = new double[within.Count, within.Count];
        new CrossProduct(within.Values).AddTo(0, weights, products);
        for (var row = 0; row < within.Count; row++)
        {
            for (var column = 0; column <= row; column++)
                Lower(matrix, within.Numbers[row], within.Numbers[column]) += products[row, column];
        }

        for (var row = 0; row < between.Count; row++)
        {
            var sums = ofBetween.AsSpan(row * Width, Width);
            foreach (var k in within.Numbers) Lower(matrix, between.Numbers[row], k) += sums[k];
            for (var column = 0; column <= row; column++)
                Lower(matrix, between.Numbers[row], between.Numbers[column]) += sums[between.Numbers[column]];
        }
    }

    internal override IReadOnlyList<double[]> Columns()
    {
        var columns = new double[Width][];
        for (var k = 0; k < within.Count; k++) columns[within.Numbers[k]] = Gather(within.Values[k], patterns.Of);
        for (var k = 0; k < between.Count; k++)
        {
            var column = columns[between.Numbers[k]] = new double[Cells.Count];
            for (var group = 0; group < Cells.GroupCount; group++)
                column.AsSpan(Cells.GroupStarts[group]..Cells.GroupStarts[group + 1]).Fill(between.Values[k][group]);
        }

        return columns;
    }

    internal override DesignOperator Select(IReadOnlyList<int> kept) =>
        new PatternOperator(Cells, patterns, within.Select(kept), between.Select(kept));

    private ReadOnlySpan<int> OfGroup(int group) => patterns.Of.AsSpan(Cells.GroupStarts[group]..Cells.GroupStarts[group + 1]);

    // From a row of the patterns' table to the columns in their order; those of the group are constant, so the sum of weights gives theirs.
    private void Spread(int group, ReadOnlySpan<double> row, Span<double> sums)
    {
        for (var k = 0; k < within.Count; k++) sums[within.Numbers[k]] = row[k];
        for (var k = 0; k < between.Count; k++) sums[between.Numbers[k]] = between.Values[k][group] * row[within.Count];
    }

    private static ref double Lower(double[,] matrix, int row, int column) =>
        ref row >= column ? ref matrix[row, column] : ref matrix[column, row];

    private static double[] Gather(double[] values, int[] of)
    {
        var gathered = new double[of.Length];
        for (var i = 0; i < of.Length; i++) gathered[i] = values[of[i]];
        return gathered;
    }

    private sealed class PatternPredictor(int[] starts, int[] of, double[] ofPattern, double[] ofGroup) : Predictor
    {
        internal override void Write(int firstGroup, int endGroup, Span<double> eta)
        {
            var first = starts[firstGroup];
            for (var group = firstGroup; group < endGroup; group++)
            {
                var here = ofGroup[group];
                for (var cell = starts[group]; cell < starts[group + 1]; cell++) eta[cell - first] = ofPattern[of[cell]] + here;
            }
        }
    }

    // The weights of each pattern's cells added up, and for each column of the groups the sums over groups of it times weight times x.
    private sealed class PatternGram(PatternOperator design) : GramPart
    {
        internal double[] PatternWeights { get; } = new double[design.patterns.Count];

        internal double[] BetweenRows { get; } = new double[design.between.Count * design.Width];

        internal override void Clear()
        {
            Array.Clear(PatternWeights);
            Array.Clear(BetweenRows);
        }

        internal override void Add(int group, ReadOnlySpan<double> weights, ReadOnlySpan<double> sums)
        {
            var of = design.OfGroup(group);
            var to = PatternWeights;
            for (var i = 0; i < of.Length; i++) to[of[i]] += weights[i];
            for (var k = 0; k < design.between.Count; k++)
                Vectors.AddTimes(BetweenRows.AsSpan(k * design.Width, design.Width), design.between.Values[k][group], sums[..design.Width]);
        }

        internal override void Complete()
        {
        }
    }
}
