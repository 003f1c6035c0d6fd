using Caseload.MixedModels.Numerics;
using Caseload.MixedModels.Optimisation;

namespace Caseload.MixedModels.Inference.Profiles;

/// <summary>
/// The log-likelihood taken as quadratic about a point, and a quantity as linear with the curvature that a multiplier gives it. With M the
/// curvature of their Lagrangian, the steps to be taken are u - lambda v, u = M^-1 grad l, v = M^-1 grad g. Where M is not definite a
/// multiple of grad g grad g' makes it so, which leaves these steps as they are; where that does not, a ridge.
/// </summary>
internal sealed class LocalModel
{
    // Of the largest second derivative: second derivatives may be differences, and a gain that is smaller is none.
    private const double Rounding = 1e-4;

    private readonly int[] free;
    private readonly int size;
    private readonly double[] slope;
    private readonly double[] direction;
    private readonly double[] u;
    private readonly double[] v;
    private readonly double[,] information;
    private readonly double added;
    private readonly double[,] hessian;
    private readonly double[,] curvature;

    /// <param name="at">The point.</param>
    /// <param name="quantity">The quantity g.</param>
    /// <param name="free">The parameters that may move.</param>
    /// <param name="multiplier">The derivative of the log-likelihood by the quantity, as far as it is known.</param>
    internal LocalModel(Stand at, Quantity quantity, int[] free, double multiplier)
    {
        (this.free, size) = (free, at.Point.Length);
        var whole = (double[,])at.At.Hessian.Clone();
        hessian = Of(whole);
        quantity.AddCurvature(at.Point, -multiplier, whole);
        slope = Of(at.At.Gradient);
        direction = Of(quantity.Gradient(at.Point));
        curvature = Of(whole);

        // Where a correlation is 1 its derivatives are infinite; no step leads from there.
        if (!curvature.Cast<double>().All(double.IsFinite))
        {
            information = curvature;
            u = v = [.. free.Select(_ => double.NaN)];
            return;
        }

        (information, var factor, added) = Definite(curvature);
        (u, v) = (factor.Solve(slope), factor.Solve(direction));
    }

    /// <summary>The standard error of the quantity.</summary>
    internal double Spread => Math.Sqrt(Vectors.Dot(direction, v));

    /// <summary>The derivative of the log-likelihood by the quantity at a point where the two have one direction.</summary>
    internal double Multiplier => Vectors.Dot(slope, direction) / Vectors.Dot(direction, direction);

    /// <summary>Whether the log-likelihood, with the quantity held, curves upwards along a parameter, and by more than rounding.</summary>
    /// <param name="parameter">One of those that may move.</param>
    internal bool CurvesUp(int parameter) => Curvature(parameter)
        > Rounding * Enumerable.Range(0, free.Length).Max(k => Math.Abs(curvature[k, k]));

    /// <summary>The second derivative of the log-likelihood, with the quantity held, by a parameter.</summary>
    /// <param name="parameter">One of those that may move.</param>
    internal double Curvature(int parameter)
    {
        var k = Array.IndexOf(free, parameter);
        return curvature[k, k];
    }

    /// <summary>The derivative of the log-likelihood by the quantity where a step leads.</summary>
    internal double SlopeAfter(double multiplier, double[] step) =>
        multiplier + added * Vectors.Dot(direction, free.Select(k => step[k]).ToArray());

    /// <summary>The multiplier at which the step leads to a value of the quantity.</summary>
    /// <param name="change">That value less the one here.</param>
    internal double MultiplierFor(double change) => (Vectors.Dot(direction, u) - change) / Vectors.Dot(direction, v);

    /// <summary>
    /// The multiplier at which the step leads to a fall of the log-likelihood, on a side of the quantity (Venzon and Moolgavkar 1988); null
    /// where the approximation reaches none.
    /// </summary>
    /// <param name="excess">The log-likelihood here less the one asked for.</param>
    /// <param name="side">1 where the quantity is to be large, -1 where it is to be small.</param>
    internal double? MultiplierAt(double excess, int side)
    {
        var (hu, hv) = (Times(u), Times(v));
        var second = Vectors.Dot(v, hv) / 2;
        var first = -(Vectors.Dot(slope, v) + Vectors.Dot(u, hv));
        var rest = excess + Vectors.Dot(slope, u) + Vectors.Dot(u, hu) / 2;
        var discriminant = first * first - 4 * second * rest;
        if (!(discriminant >= 0)) return null;
        double[] roots = [.. new[] { 1, -1 }.Select(sign => (-first + sign * Math.Sqrt(discriminant)) / (2 * second))
            .Where(root => SlopeAfter(root, Step(root)) * side < 0)];
        return roots.Length == 0 ? null : roots.MinBy(root => Length(Step(root)));
    }

    /// <summary>The step at a multiplier, 0 for parameters that may not move.</summary>
    internal double[] Step(double multiplier)
    {
        var step = new double[size];
        for (var i = 0; i < free.Length; i++) step[free[i]] = u[i] - multiplier * v[i];
        return step;
    }

    /// <summary>The length of a step in standard errors.</summary>
    internal double Length(double[] step)
    {
        var sum = 0.0;
        for (var i = 0; i < free.Length; i++)
        {
            for (var j = 0; j < free.Length; j++) sum += step[free[i]] * information[i, j] * step[free[j]];
        }

        return Math.Sqrt(Math.Max(sum, 0));
    }

    // Twice a negative curvature, as a ridge, turns its sign.
    private (double[,] Information, Cholesky Factor, double Added) Definite(double[,] curvature)
    {
        for (var ridge = 0.0; ; ridge = ridge == 0 ? 1e-3 : ridge < 0.1 ? ridge * 10 : Math.Max(2, ridge * 2))
        {
            var definite = NewtonOptimiser.Information(curvature, free.Length, ridge);
            if (Cholesky.Factor(definite) is { } found) return (definite, found, 0);
            if (ridge > 0) continue;
            var share = Stiffness(curvature);
            for (var i = 0; i < free.Length; i++)
            {
                for (var j = 0; j < free.Length; j++) definite[i, j] += share * direction[i] * direction[j];
            }

            if (Cholesky.Factor(definite) is { } stiffened) return (definite, stiffened, share);
        }
    }

    // What outweighs every negative curvature along the gradient of the quantity.
    private double Stiffness(double[,] curvature)
    {
        var largest = 0.0;
        for (var i = 0; i < free.Length; i++)
        {
            if (direction[i] != 0) largest = Math.Max(largest, Math.Abs(curvature[i, i]) / (direction[i] * direction[i]));
        }

        return 10 * largest;
    }

    private double[] Times(double[] vector)
    {
        var product = new double[free.Length];
        for (var i = 0; i < free.Length; i++)
        {
            for (var j = 0; j < free.Length; j++) product[i] += hessian[i, j] * vector[j];
        }

        return product;
    }

    private double[] Of(double[] whole) => [.. free.Select(k => whole[k])];

    private double[,] Of(double[,] whole)
    {
        var part = new double[free.Length, free.Length];
        for (var i = 0; i < free.Length; i++)
        {
            for (var j = 0; j < free.Length; j++) part[i, j] = whole[free[i], free[j]];
        }

        return part;
    }
}
