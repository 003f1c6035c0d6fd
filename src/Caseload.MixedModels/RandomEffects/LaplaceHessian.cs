using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Factorisations;
using Caseload.MixedModels.Numerics;

namespace Caseload.MixedModels.RandomEffects;

/// <summary>
/// The exact Hessian of the Laplace approximation of any structure. The modes' derivatives come from one solution with H a parameter.
/// docs/method.md derives it; the names are those used there.
/// </summary>
internal sealed class LaplaceHessian
{
    private readonly Design design;
    private readonly Integrand integrand;
    private readonly LaplaceGradient at;
    private readonly CellMoments moments;
    private readonly double[] omega;
    private readonly BlockMatrix curve;
    private readonly InverseSlopes inverseSlopes;

    internal LaplaceHessian(Design design, Integrand integrand, LaplaceGradient at)
    {
        (this.design, this.integrand, this.at) = (design, integrand, at);
        moments = new CellMoments(design, integrand);
        omega = new double[design.Cells.Count];
        curve = new BlockMatrix(integrand.Layout.Pattern);
        inverseSlopes = new InverseSlopes(integrand.Precision, at.Inverse);
    }

    /// <summary>The derivative of the modes by each parameter, where the Hessian was last computed.</summary>
    internal double[][] ModeSlopes { get; private set; } = [];

    /// <summary>Writes the Hessian by the coefficients and the free elements of Lambda.</summary>
    /// <param name="u">The modes, at which the integrand stands and the gradient has been computed.</param>
    /// <param name="hessian">Takes it, both triangles.</param>
    /// <param name="complete">
    /// Whether to compute how H^-1 moves along the coefficients as well. With several groupings that takes a factorisation for each, and
    /// what it adds to the block of the coefficients is of the order of one observation a group: a search can do without.
    /// </param>
    internal void Write(double[] u, double[,] hessian, bool complete)
    {
        SetOmega();
        moments.Compute(omega);
        var directions = Directions(u);
        integrand.ForEachRun((run, cells) => integrand.Sums.SetMoments(run, omega.AsSpan(cells)));
        integrand.Sums.GatherMoments(curve);
        Parallel.ForEach(directions, direction => direction.Complete(curve, moments));
        design.Operator.AddGram(omega, hessian);
        Parallel.For(0, directions.Length, row =>
        {
            var moved = complete || row >= design.Width || integrand.Layout.Groupings.Count == 1
                ? inverseSlopes.Along(directions[row].Precision) : null;
            for (var column = 0; column <= row; column++)
            {
                hessian[row, column] += Entry(directions[row], directions[column])
                    + (moved is null ? 0 : BlockProducts.Trace(moved, directions[column].Precision) / 2);
                hessian[column, row] = hessian[row, column];
            }
        });
    }

    // Omega = -w - v w''/2 - m w', m = Z Lambda lambda.
    private void SetOmega() => integrand.ForEachRun((run, cells) =>
    {
        Span<double> coefficients = stackalloc double[integrand.Layout.Columns.Count];
        integrand.Sums.Coefficients(run, at.Spread, coefficients);
        var m = omega.AsSpan(cells);
        m.Clear();
        integrand.Sums.Spread(run, coefficients, m);
        var weight = integrand.Weight.AsSpan(cells);
        var slope = integrand.WeightSlope.AsSpan(cells);
        var second = integrand.WeightCurve.AsSpan(cells);
        var leverage = at.Leverage.AsSpan(cells);
        for (var i = 0; i < m.Length; i++) m[i] = -weight[i] - leverage[i] * second[i] / 2 - m[i] * slope[i];
    });

    private Direction[] Directions(double[] u)
    {
        var elements = integrand.Factors.Elements;
        Direction[] directions = [.. moments.Weighted.Select((_, column) => new Direction(column, null, u.Length)),
            .. elements.Select(element => new Direction(-1, element, u.Length))];
        Parallel.ForEach(directions, direction => SetModes(direction, u));
        integrand.Factor.Solve(directions.Select(direction => direction.Modes).ToArray());
        ModeSlopes = [.. directions.Select(direction => direction.Modes)];
        Parallel.ForEach(directions, Move);
        return directions;
    }

    // The right side of the derivative of the modes: H u_a = -Lambda'Z'W x_a, or Lambda_e'Z'd - Lambda'A Lambda_e u.
    private void SetModes(Direction direction, double[] u)
    {
        var (modes, element) = (direction.Modes, direction.Element);
        if (element is null)
        {
            Vectors.AddTimes(modes, -1, moments.Weighted[direction.Column]);
            integrand.Factors.MultiplyTransposed(modes, modes);
            return;
        }

        ForEachGroup(element, start => direction.Effects[start + element.Row] = u[start + element.Column]);
        Vectors.AddTimes(modes, -1, BlockProducts.Multiply(integrand.Information, direction.Effects));
        integrand.Factors.MultiplyTransposed(modes, modes);
        ForEachGroup(element, start => modes[start + element.Column] += at.Scores[start + element.Row]);
    }

    // b_a = Lambda_e u + Lambda u_a, and how A and H move with it.
    private void Move(Direction direction)
    {
        var effects = new double[direction.Modes.Length];
        integrand.Factors.Multiply(direction.Modes, effects);
        Vectors.AddTimes(direction.Effects, 1, effects);
        var slopes = new double[integrand.Sums.Moments.Length];
        moments.MomentSlopes(direction.Column, direction.Effects, slopes);
        direction.Precision = new BlockMatrix(integrand.Layout.Pattern);
        integrand.Sums.GatherMoments(slopes, direction.Precision);
        var products = BlockProducts.Diagonals(integrand.Layout, direction.Precision, integrand.Factors.Lambda, at.Inverse);
        direction.Products = [.. integrand.Factors.Elements.Select(e => products[e.Grouping][e.Row, e.Column])];
        integrand.Factors.PrecisionSlope(integrand.Information, direction.Precision, direction.Element);
        direction.Weighted = BlockProducts.Multiply(integrand.Information, direction.Effects);
        if (direction.Column >= 0) Vectors.AddTimes(direction.Weighted, 1, moments.Weighted[direction.Column]);
    }

    private double Entry(Direction a, Direction b)
    {
        var sum = Vectors.Dot(a.Curved, b.Effects) - Vectors.Dot(a.Modes, b.Modes);
        if (b.Column >= 0) sum += Vectors.Dot(moments.Curved[b.Column], a.Effects);
        if (a.Element is not null) sum += OfElement(a.Element, b);
        if (b.Element is not null) sum += OfElement(b.Element, a);
        if (a.Element is not null && b.Element is not null)
            sum -= BlockProducts.Trace(integrand.Layout, (integrand.Information, at.Inverse), a.Element, b.Element);
        return sum;
    }

    // (Z'e)'Lambda_e u_b - (Lambda_e lambda)'Z'W eta_b - tr(H^-1 Lambda_e'A_b Lambda).
    private double OfElement(FactorElement e, Direction b)
    {
        var sum = 0.0;
        ForEachGroup(e, start => sum += at.Totals[start + e.Row] * b.Modes[start + e.Column]
            - at.Adjoint[start + e.Column] * b.Weighted[start + e.Row]);
        var place = integrand.Factors.Elements.TakeWhile(element => element != e).Count();
        return sum - b.Products[place];
    }

    private void ForEachGroup(FactorElement element, Action<int> work)
    {
        var (layout, grouping) = (integrand.Layout, integrand.Layout.Groupings[element.Grouping]);
        for (var group = 0; group < grouping.Groups; group++) work(layout.Pattern.Start(grouping.FirstNode + group));
    }

    /// <summary>A parameter, a coefficient's column or an element of Lambda, and what moves with it.</summary>
    private sealed class Direction(int column, FactorElement? element, int length)
    {
        internal int Column => column;

        internal FactorElement? Element => element;

        /// <summary>The derivative of the modes.</summary>
        internal double[] Modes { get; } = new double[length];

        /// <summary>b_a, the random effects' part of the derivative of the linear predictor.</summary>
        internal double[] Effects { get; } = new double[length];

        /// <summary>How H moves.</summary>
        internal BlockMatrix Precision { get; set; } = null!;

        /// <summary>Z'W eta_a.</summary>
        internal double[] Weighted { get; set; } = [];

        /// <summary>Z'Omega eta_a.</summary>
        internal double[] Curved { get; private set; } = [];

        /// <summary>For each element e, tr(H^-1 Lambda_e'A_a Lambda).</summary>
        internal double[] Products { get; set; } = [];

        internal void Complete(BlockMatrix curve, CellMoments moments)
        {
            Curved = BlockProducts.Multiply(curve, Effects);
            if (column >= 0) Vectors.AddTimes(Curved, 1, moments.Curved[column]);
        }
    }
}
