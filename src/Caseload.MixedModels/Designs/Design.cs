using System.Globalization;
using Caseload.Frames;
using Caseload.MixedModels.Likelihoods;
using Caseload.MixedModels.ModelFrames;

namespace Caseload.MixedModels.Designs;

/// <summary>
/// The design matrix on the cells, standardised: every column but the intercept has mean 0 (where there is an intercept) and root mean
/// square 1 over the cells. Coefficients are estimated for these columns and carried back, so that the units and the origin of a
/// covariate, a year of about 2010 say, cost no accuracy.
/// </summary>
internal sealed class Design
{
    // A design beyond this is a slip in the formula, such as an identifier among the factors, and would exhaust memory and patience.
    private const int MostColumns = 1000;
    private const double MostNumbers = 4e8;

    private Design(IReadOnlyList<DesignColumn> names, DesignOperator columns, ColumnScales standardised) =>
        (Names, Operator, Standardised) = (names, columns, standardised);

    internal CellTable Cells => Operator.Cells;

    /// <summary>The columns' names and parts.</summary>
    internal IReadOnlyList<DesignColumn> Names { get; }

    /// <summary>The standardised columns as a linear operator.</summary>
    internal DesignOperator Operator { get; }

    /// <summary>What was taken from the columns.</summary>
    internal ColumnScales Standardised { get; }

    /// <summary>What is added to the linear predictor of each cell; empty where nothing is.</summary>
    internal double[] Offsets { get; private init; } = [];

    /// <summary>The log-likelihood of a cell.</summary>
    internal ResponseKernel Kernel { get; private init; } = LogisticKernel.Instance;

    internal int Width => Operator.Width;

    internal bool HasIntercept => Width > 0 && Names[0].Parts.Count == 0;

    internal static Design Build(ModelFrame frame, CellTable cells)
    {
        var names = DesignColumn.Of(frame.Formula, frame.Variables);
        if (names.Count > MostColumns || (double)names.Count * cells.Count > MostNumbers)
            throw new ProblemException(new Problem(ProblemKind.WrongUsage, string.Create(CultureInfo.InvariantCulture,
                $"a design of {names.Count} columns and {cells.Count} distinct rows"), string.Create(CultureInfo.InvariantCulture,
                $"at most {MostColumns} columns and {MostNumbers:G2} numbers in all"), frame.Formula.Text,
                "Look for a factor of very many levels; make it the grouping of a random intercept, or merge levels."));
        var scales = ColumnScales.Of(names.Count);
        var columns = PatternOperator.TryBuild(frame, names, cells, scales)
            ?? (DesignOperator)DenseOperator.Build(frame.Variables, names, cells, scales);
        return new Design(names, columns, scales)
        {
            Offsets = OffsetsOf(frame.Offset, cells),
            Kernel = ResponseKernel.Of(frame.Family, frame.Link),
        };
    }

    /// <summary>The design with some of its columns.</summary>
    internal Design Select(IReadOnlyList<int> kept) =>
        new([.. kept.Select(k => Names[k])], Operator.Select(kept), Standardised.Select(kept)) { Offsets = Offsets, Kernel = Kernel };

    /// <summary>The same columns with another response.</summary>
    /// <param name="successes">The successes of each cell, which the caller may change between evaluations.</param>
    internal Design Responding(double[] successes) =>
        new(Names, Operator.Responding(Cells with { Successes = successes }), Standardised) { Offsets = Offsets, Kernel = Kernel };

    /// <summary>The design on some of its cells, with its columns written out.</summary>
    internal Design Where(bool[] keep)
    {
        var columns = Operator.Columns().Select(column => Pick(column, keep)).ToArray();
        return new Design(Names, new DenseOperator(Cells.Where(keep), columns), Standardised)
        {
            Offsets = Offsets.Length == 0 ? [] : Pick(Offsets, keep),
            Kernel = Kernel,
        };
    }

    /// <summary>The design on some of its cells and the groups that hold any; columns stay standardised as over all cells.</summary>
    /// <param name="cells">The cells, in their order.</param>
    /// <param name="columns">The columns of this design, written out.</param>
    internal Design At(int[] cells, IReadOnlyList<double[]> columns) => new(Names, new DenseOperator(Cells.At(cells),
        [.. columns.Select(column => Pick(column, cells))]), Standardised)
    {
        Offsets = Offsets.Length == 0 ? [] : Pick(Offsets, cells),
        Kernel = Kernel,
    };

    /// <summary>The linear predictor of every cell without a random effect.</summary>
    internal double[] Predict(ReadOnlyMemory<double> beta)
    {
        var eta = new double[Cells.Count];
        Write(Operator.Prepare(beta), 0, Cells.GroupCount, eta);
        return eta;
    }

    /// <summary>Writes the linear predictor, offsets included, of the cells of a run of groups.</summary>
    internal void Write(Predictor predictor, int firstGroup, int endGroup, Span<double> eta)
    {
        predictor.Write(firstGroup, endGroup, eta);
        if (Offsets.Length == 0) return;
        var first = Cells.GroupStarts[firstGroup];
        for (var i = 0; i < Cells.GroupStarts[endGroup] - first; i++) eta[i] += Offsets[first + i];
    }

    /// <summary>Carries coefficients, or a direction, of the standardised columns over to those of the columns as they were.</summary>
    internal double[] ToOriginal(ReadOnlySpan<double> standardised)
    {
        var original = new double[Width];
        for (var k = 0; k < Width; k++)
        {
            original[k] += standardised[k] / Standardised.Scales[k];
            if (HasIntercept && k > 0) original[0] -= Standardised.Centres[k] * standardised[k] / Standardised.Scales[k];
        }

        return original;
    }

    /// <summary>Carries a covariance matrix over likewise.</summary>
    internal double[,] ToOriginal(double[,] standardised)
    {
        var half = new double[Width, Width];
        for (var row = 0; row < Width; row++)
        {
            var carried = ToOriginal([.. Enumerable.Range(0, Width).Select(k => standardised[row, k])]);
            for (var k = 0; k < Width; k++) half[row, k] = carried[k];
        }

        var whole = new double[Width, Width];
        for (var k = 0; k < Width; k++)
        {
            var carried = ToOriginal([.. Enumerable.Range(0, Width).Select(row => half[row, k])]);
            for (var row = 0; row < Width; row++) whole[row, k] = carried[row];
        }

        return whole;
    }

    private static double[] OffsetsOf(CodedVariable? offset, CellTable cells)
    {
        if (offset is null) return [];
        var offsets = new double[cells.Count];
        for (var i = 0; i < offsets.Length; i++) offsets[i] = offset.Values[offset.Codes[cells.Rows[i]]];
        return offsets;
    }

    private static double[] Pick(double[] values, int[] cells) => [.. cells.Select(cell => values[cell])];

    private static double[] Pick(double[] values, bool[] keep) => [.. values.Where((_, i) => keep[i])];
}
