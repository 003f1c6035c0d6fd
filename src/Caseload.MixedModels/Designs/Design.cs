using System.Globalization;
using Caseload.Frames;
using Caseload.MixedModels.Likelihoods;
using Caseload.MixedModels.ModelFrames;
using Caseload.MixedModels.Numerics;

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

    private Design(CellTable cells, IReadOnlyList<DesignColumn> names, IReadOnlyList<double[]> columns) =>
        (Cells, Names, Columns) = (cells, names, columns);

    internal CellTable Cells { get; }

    /// <summary>The columns' names and parts.</summary>
    internal IReadOnlyList<DesignColumn> Names { get; }

    /// <summary>The standardised columns, of one number a cell.</summary>
    internal IReadOnlyList<double[]> Columns { get; }

    /// <summary>What was subtracted from each column; 0 without an intercept and for the intercept itself.</summary>
    internal double[] Centres { get; private init; } = [];

    /// <summary>What each column was then divided by; above 0.</summary>
    internal double[] Scales { get; private init; } = [];

    /// <summary>
    /// The root mean square of each column before it was centred, in units of its scale: 1 or more where it varies, infinite where it does
    /// not.
    /// </summary>
    internal double[] RawSizes { get; private init; } = [];

    /// <summary>What is added to the linear predictor of each cell.</summary>
    internal double[] Offsets { get; private init; } = [];

    /// <summary>The log-likelihood of a cell.</summary>
    internal ResponseKernel Kernel { get; private init; } = LogisticKernel.Instance;

    internal int Width => Columns.Count;

    internal bool HasIntercept => Width > 0 && Names[0].Parts.Count == 0;

    internal static Design Build(ModelFrame frame, CellTable cells)
    {
        var names = DesignColumn.Of(frame.Formula, frame.Variables);
        if (names.Count > MostColumns || (double)names.Count * cells.Count > MostNumbers)
            throw new ProblemException(new Problem(ProblemKind.WrongUsage, string.Create(CultureInfo.InvariantCulture,
                $"a design of {names.Count} columns and {cells.Count} distinct rows"), string.Create(CultureInfo.InvariantCulture,
                $"at most {MostColumns} columns and {MostNumbers:G2} numbers in all"), frame.Formula.Text,
                "Look for a factor of very many levels; make it the grouping of a random intercept, or merge levels."));
        var codes = frame.Variables.Select(v => Gather(v.Codes, cells.Rows)).ToArray();
        var columns = new double[names.Count][];
        var (centres, scales, sizes) = (new double[names.Count], new double[names.Count], new double[names.Count]);
        var centred = names.Count > 0 && names[0].Parts.Count == 0;
        Parallel.For(0, names.Count, k =>
        {
            var column = columns[k] = GC.AllocateUninitializedArray<double>(cells.Count);
            names[k].Fill(codes, frame.Variables, column);
            (centres[k], scales[k], sizes[k]) = names[k].Parts.Count == 0 ? (0, 1, 1) : Standardise(column, centred);
        });
        var offsets = new double[cells.Count];
        if (frame.Offset is { } offset)
        {
            for (var i = 0; i < offsets.Length; i++) offsets[i] = offset.Values[offset.Codes[cells.Rows[i]]];
        }

        return new Design(cells, names, columns)
        {
            Centres = centres,
            Scales = scales,
            RawSizes = sizes,
            Offsets = offsets,
            Kernel = ResponseKernel.Of(frame.Family, frame.Link),
        };
    }

    /// <summary>The design with some of its columns.</summary>
    internal Design Select(IReadOnlyList<int> kept) => new(Cells, [.. kept.Select(k => Names[k])], [.. kept.Select(k => Columns[k])])
    {
        Centres = [.. kept.Select(k => Centres[k])],
        Scales = [.. kept.Select(k => Scales[k])],
        RawSizes = [.. kept.Select(k => RawSizes[k])],
        Offsets = Offsets,
        Kernel = Kernel,
    };

    /// <summary>The design on some of its cells.</summary>
    internal Design Where(bool[] keep) => new(Cells.Where(keep), Names, [.. Columns.Select(column => Pick(column, keep))])
    {
        Centres = Centres,
        Scales = Scales,
        RawSizes = RawSizes,
        Offsets = Pick(Offsets, keep),
        Kernel = Kernel,
    };

    /// <summary>Carries coefficients, or a direction, of the standardised columns over to those of the columns as they were.</summary>
    internal double[] ToOriginal(ReadOnlySpan<double> standardised)
    {
        var original = new double[Width];
        for (var k = 0; k < Width; k++)
        {
            original[k] += standardised[k] / Scales[k];
            if (HasIntercept && k > 0) original[0] -= Centres[k] * standardised[k] / Scales[k];
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

    // A column that does not vary (to rounding) is left at zero after centring, for the check of rank to find.
    private static (double Centre, double Scale, double Size) Standardise(double[] column, bool centre)
    {
        var (sum, squares) = Vectors.Moments(column);
        var raw = Math.Sqrt(squares / column.Length);
        var mean = centre ? sum / column.Length : 0;
        Vectors.Subtract(column, mean);
        var scale = Math.Sqrt(Vectors.Dot(column, column) / column.Length);
        if (!(scale > raw * 1e-12))
        {
            Array.Clear(column);
            return (mean, 1, double.PositiveInfinity);
        }

        Vectors.Multiply(column, 1 / scale);
        return (mean, scale, raw / scale);
    }

    private static int[] Gather(int[] codes, int[] rows)
    {
        var gathered = new int[rows.Length];
        for (var i = 0; i < rows.Length; i++) gathered[i] = codes[rows[i]];
        return gathered;
    }

    private static double[] Pick(double[] values, bool[] keep) => [.. values.Where((_, i) => keep[i])];
}
