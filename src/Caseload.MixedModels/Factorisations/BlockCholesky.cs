namespace Caseload.MixedModels.Factorisations;

/// <summary>
/// Cholesky factorisation of symmetric positive definite block matrices that share a pattern. The order of elimination and the structure of
/// the factor are found once; docs/method.md, "Sparse factorisation". An instance serves one thread at a time.
/// </summary>
internal sealed class BlockCholesky
{
    // What rounding alone leaves of a diagonal entry does not make a matrix definite.
    private const double Tolerance = 1e-14;

    private readonly BlockPattern pattern;
    private readonly FactorStructure structure;
    private readonly BlockScatter scatter;
    private readonly PanelCholesky panels;
    private readonly PanelSolve substitution;
    private readonly DenseCore core;
    private readonly double[] numbers;
    private readonly double[] coreFloors;
    private readonly double[] permuted;
    private readonly double[] coreRows;
    private double[] several = [];
    private PanelInverse? panelInverse;
    private double[]? inverse;
    private bool isFactored;

    internal BlockCholesky(BlockPattern pattern)
    {
        this.pattern = pattern;
        structure = new FactorStructure(pattern);
        scatter = new BlockScatter(pattern, structure);
        panels = new PanelCholesky(structure);
        substitution = new PanelSolve(structure);
        core = new DenseCore(structure.PanelStarts[structure.Panels], structure.CoreStride);
        (numbers, coreFloors) = (new double[structure.Length], new double[structure.CoreStride]);
        (permuted, coreRows) = (new double[pattern.Length], new double[DenseTile.Width * structure.CoreStride]);
    }

    /// <summary>The natural logarithm of the determinant of the matrix last factorised; NaN where it was not positive definite.</summary>
    internal double LogDeterminant { get; private set; } = double.NaN;

    /// <summary>
    /// Numbers in the blocks of the factor's lower triangle, diagonal blocks as full squares: as many as the matrix has where nothing
    /// fills.
    /// </summary>
    internal long FactorNumbers => structure.FactorNumbers;

    /// <summary>Rows of the dense core.</summary>
    internal int CoreSize => structure.CoreSize;

    /// <summary>Factorises a matrix on the pattern, of which the lower triangle is read.</summary>
    /// <returns>
    /// Whether it is positive definite: each pivot exceeds 1e-14 of its diagonal entry and is finite. Where not, there is nothing to solve
    /// with.
    /// </returns>
    internal bool Factor(BlockMatrix matrix)
    {
        RequireSamePattern(matrix);
        scatter.Load(matrix, numbers);
        for (var row = 0; row < structure.CoreStride; row++) coreFloors[row] = Tolerance * numbers[CoreDiagonal(row)];
        isFactored = panels.Factor(numbers, Tolerance) && core.Factor(numbers, coreFloors);
        LogDeterminant = isFactored ? SumOfLogarithms() : double.NaN;
        return isFactored;
    }

    /// <summary>Solves with the matrix last factorised.</summary>
    /// <param name="vector">The right-hand side in the caller's order, which becomes the solution.</param>
    internal void Solve(Span<double> vector)
    {
        RequireFactor();
        Array.Clear(coreRows);
        Forward(vector, permuted, coreRows);
        SolveCore(1);
        Backward(vector, permuted, coreRows);
    }

    /// <summary>Solves for several right-hand sides, four of which go through the core together.</summary>
    internal void Solve(ReadOnlySpan<double[]> vectors)
    {
        RequireFactor();
        var length = pattern.Length;
        if (vectors.Length > 1 && several.Length == 0) several = new double[DenseTile.Width * length];
        for (var first = 0; first < vectors.Length; first += DenseTile.Width)
        {
            var four = vectors.Slice(first, Math.Min(DenseTile.Width, vectors.Length - first));
            if (four.Length == 1)
            {
                Solve(four[0].AsSpan());
                continue;
            }

            Array.Clear(coreRows);
            for (var i = 0; i < four.Length; i++)
                Forward(four[i], several.AsSpan(i * length, length), coreRows.AsSpan(i * structure.CoreStride));
            SolveCore(four.Length);
            for (var i = 0; i < four.Length; i++)
                Backward(four[i], several.AsSpan(i * length, length), coreRows.AsSpan(i * structure.CoreStride));
        }
    }

    /// <summary>The inverse of the matrix last factorised, on the pattern alone; diagonal blocks are full squares.</summary>
    /// <param name="result">Takes the blocks of the inverse.</param>
    internal void Inverse(BlockMatrix result)
    {
        RequireSamePattern(result);
        RequireFactor();
        panelInverse ??= new PanelInverse(structure);
        inverse ??= new double[structure.Length];
        core.Inverse(numbers, inverse);
        panelInverse.Compute(numbers, inverse);
        scatter.Store(inverse, result);
    }

    private int CoreDiagonal(int row) => structure.PanelStarts[structure.Panels] + row * (structure.CoreStride + 1);

    // Products of pivots between powers of 2 that leave room for one more; a logarithm is taken only where that room is used up.
    private double SumOfLogarithms()
    {
        var (sum, product) = (0.0, 1.0);
        for (var panel = 0; panel < structure.Panels; panel++)
        {
            var size = structure.Size(panel);
            for (var i = 0; i < size; i++) Take(numbers[structure.PanelStarts[panel] + i * (size + 1)]);
        }

        for (var row = 0; row < CoreSize; row++) Take(numbers[CoreDiagonal(row)]);
        return 2 * (sum + Math.Log(product));

        void Take(double root)
        {
            product *= root;
            if (product is > 1e-100 and < 1e100) return;
            sum += Math.Log(product);
            product = 1;
        }
    }

    private void Forward(ReadOnlySpan<double> vector, Span<double> ordered, Span<double> coreRow)
    {
        for (var position = 0; position < pattern.Nodes; position++)
        {
            var (start, size) = (structure.Starts[position], structure.Size(position));
            var given = pattern.Start(structure.Order.Nodes[position]);
            for (var i = 0; i < size; i++) ordered[start + i] = vector[given + i];
        }

        substitution.Forward(numbers, ordered);
        ordered[structure.CoreStart..].CopyTo(coreRow);
    }

    private void SolveCore(int count)
    {
        if (CoreSize == 0) return;
        core.SolveTransposed(numbers, coreRows);
        core.Solve(numbers, coreRows, count);
    }

    private void Backward(Span<double> vector, Span<double> ordered, ReadOnlySpan<double> coreRow)
    {
        coreRow[..CoreSize].CopyTo(ordered[structure.CoreStart..]);
        substitution.Backward(numbers, ordered);
        for (var position = 0; position < pattern.Nodes; position++)
        {
            var (start, size) = (structure.Starts[position], structure.Size(position));
            var given = pattern.Start(structure.Order.Nodes[position]);
            for (var i = 0; i < size; i++) vector[given + i] = ordered[start + i];
        }
    }

    private void RequireSamePattern(BlockMatrix matrix)
    {
        if (!ReferenceEquals(matrix.Pattern, pattern)) throw new ArgumentException("The matrix is on another pattern.", nameof(matrix));
    }

    private void RequireFactor()
    {
        if (!isFactored) throw new InvalidOperationException("No positive definite matrix has been factorised.");
    }
}
