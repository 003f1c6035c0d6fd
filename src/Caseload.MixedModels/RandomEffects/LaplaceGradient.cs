using System.Buffers;
using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Factorisations;
using Caseload.MixedModels.Likelihoods;
using Caseload.MixedModels.Numerics;

namespace Caseload.MixedModels.RandomEffects;

/// <summary>
/// The exact gradient of the Laplace approximation of any structure, h - log|H|/2 at the modes, by the adjoint of the mode's equation: one
/// solution with H serves all parameters. docs/method.md derives it; the names are those used there.
/// </summary>
internal sealed class LaplaceGradient
{
    private readonly Design design;
    private readonly Integrand integrand;
    private readonly BlockMatrix inverse;
    private readonly BlockMatrix carried;
    private readonly double[] sensitivity;
    private readonly double[] scores;
    private readonly double[] totals;
    private readonly double[] adjoint;
    private readonly double[] spread;

    internal LaplaceGradient(Design design, Integrand integrand)
    {
        (this.design, this.integrand) = (design, integrand);
        var pattern = integrand.Layout.Pattern;
        (inverse, carried) = (new BlockMatrix(pattern), new BlockMatrix(pattern));
        sensitivity = new double[design.Cells.Count];
        (scores, totals, adjoint, spread) =
            (new double[pattern.Length], new double[pattern.Length], new double[pattern.Length], new double[pattern.Length]);
    }

    /// <summary>The blocks of H^-1, where the gradient was last computed.</summary>
    internal BlockMatrix Inverse => inverse;

    /// <summary>Z'd, likewise.</summary>
    internal double[] Scores => scores;

    /// <summary>Z'e, the sums of the derivatives by each cell's linear predictor once the modes move with it, likewise.</summary>
    internal double[] Totals => totals;

    /// <summary>The adjoint lambda of the modes' equation, likewise.</summary>
    internal double[] Adjoint => adjoint;

    /// <summary>Lambda lambda, likewise.</summary>
    internal double[] Spread => spread;

    /// <summary>The variance of each cell's linear predictor given the data, v = z'Lambda H^-1 Lambda'z, likewise.</summary>
    internal double[] Leverage { get; private set; } = [];

    /// <summary>Writes the gradient by the coefficients and the free elements of Lambda.</summary>
    /// <param name="u">The modes, at which the integrand stands with its curvature factorised.</param>
    /// <param name="gradient">Takes it.</param>
    internal void Write(double[] u, Span<double> gradient)
    {
        integrand.Factor.Inverse(inverse);
        inverse.Values.CopyTo(carried.Values, 0);
        integrand.Factors.Carry(carried);
        if (Leverage.Length == 0) Leverage = new double[design.Cells.Count];

        // s = -v w'/2, what log|H| adds to the derivative by each linear predictor, and Z'd and Z's.
        integrand.Sums.GatherScores(scores);
        integrand.ForEachRun((run, cells) =>
        {
            var v = Leverage.AsSpan(cells);
            integrand.Sums.Leverage(run, carried, v);
            var s = sensitivity.AsSpan(cells);
            var slope = integrand.WeightSlope.AsSpan(cells);
            for (var i = 0; i < s.Length; i++) s[i] = -v[i] * slope[i] / 2;
            integrand.Sums.SetScores(run, s);
        });
        integrand.Sums.GatherScores(adjoint);
        integrand.Factors.MultiplyTransposed(adjoint, adjoint);
        integrand.Factor.Solve(adjoint);
        integrand.Factors.Multiply(adjoint, spread);

        // e = d + s - w Z Lambda lambda.
        integrand.ForEachRun((run, cells) => Complete(run, cells));
        integrand.Sums.GatherScores(totals);
        gradient.Clear();
        design.Operator.AddTranspose(sensitivity, gradient[..design.Width]);
        AddElements(u, gradient[design.Width..]);
    }

    /// <summary>
    /// The derivative by the logarithm of the dispersion where the gradient was last written, but for the terms of the counts.
    /// </summary>
    /// <param name="kernel">The log-likelihood of a cell.</param>
    internal double ByKappa(NegativeBinomialKernel kernel)
    {
        var (eta, sums) = (new double[design.Cells.Count], new double[integrand.Layout.Runs]);
        integrand.LinearPredictor(eta);
        integrand.ForEachRun((run, cells) =>
        {
            Span<double> coefficients = stackalloc double[integrand.Layout.Columns.Count];
            integrand.Sums.Coefficients(run, spread, coefficients);
            var moved = new double[cells.End.Value - cells.Start.Value];
            integrand.Sums.Spread(run, coefficients, moved);
            for (var (cell, i) = (cells.Start.Value, 0); cell < cells.End.Value; cell++, i++)
            {
                var by = kernel.ByKappa(design.Cells.Successes[cell], design.Cells.Trials[cell], eta[cell]);
                sums[run] += by.Slope - Leverage[cell] * by.Weight / 2 + moved[i] * by.Score;
            }
        });
        return sums.Sum();
    }

    private void Complete(int run, Range cells)
    {
        Span<double> coefficients = stackalloc double[integrand.Layout.Columns.Count];
        var e = sensitivity.AsSpan(cells);
        var score = integrand.Score.AsSpan(cells);
        var weight = integrand.Weight.AsSpan(cells);
        integrand.Sums.Coefficients(run, spread, coefficients);
        var room = ArrayPool<double>.Shared.Rent(e.Length);
        var moved = room.AsSpan(0, e.Length);
        moved.Clear();
        integrand.Sums.Spread(run, coefficients, moved);
        for (var i = 0; i < e.Length; i++) e[i] += score[i] - weight[i] * moved[i];
        integrand.Sums.SetScores(run, e);
        ArrayPool<double>.Shared.Return(room);
    }

    // For an element (a, b): the sum over groups of (Z'e)_a u_b + (Z'd)_a lambda_b - (A Lambda H^-1)_ab.
    private void AddElements(double[] u, Span<double> gradient)
    {
        var (layout, elements) = (integrand.Layout, integrand.Factors.Elements);
        var products = BlockProducts.Diagonals(layout, integrand.Information, integrand.Factors.Lambda, inverse);
        for (var i = 0; i < elements.Count; i++)
        {
            var (g, a, b, _) = elements[i];
            var sum = 0.0;
            for (var group = 0; group < layout.Groupings[g].Groups; group++)
            {
                var start = layout.Pattern.Start(layout.Groupings[g].FirstNode + group);
                sum += totals[start + a] * u[start + b] + scores[start + a] * adjoint[start + b];
            }

            gradient[i] += sum - products[g][a, b];
        }
    }
}
