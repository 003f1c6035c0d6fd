using Caseload.MixedModels.Numerics;

namespace Caseload.MixedModels.RandomEffects;

/// <summary>
/// Finds the modes of the standardised random effects: the maximum of the concave h(u), by Newton's method with steps halved until h
/// rises enough.
/// </summary>
internal static class ModeSearch
{
    // Of g'H^-1 g, the square of the distance from the mode in conditional standard deviations: derivatives there are exact to rounding.
    private const double Tolerance = 1e-20;

    // Where rounding lets it fall no further than this, the mode is found as well as it can be.
    private const double RoundingTolerance = 1e-13;

    private const int MostSteps = 200;
    private const int MostHalvings = 60;
    private const double SufficientRise = 1e-4;

    /// <summary>Seeks the modes and leaves the integrand there, its curvature factorised.</summary>
    /// <param name="integrand">The integrand at its parameters.</param>
    /// <param name="u">Where the search begins; the modes on return.</param>
    /// <returns>h at the modes, or null where the search did not end; a limit of steps is never taken for success.</returns>
    internal static double? Find(Integrand integrand, double[] u)
    {
        var h = integrand.At(u);
        if (!double.IsFinite(h))
        {
            Array.Clear(u);
            h = integrand.At(u);
        }

        var (step, next) = (new double[u.Length], new double[u.Length]);
        var before = double.PositiveInfinity;
        for (var count = 0; count < MostSteps && double.IsFinite(h) && integrand.Curve(); count++)
        {
            integrand.Slope.CopyTo(step, 0);
            integrand.Factor.Solve(step);
            var distance = Vectors.Dot(integrand.Slope, step);
            if (distance <= Tolerance || (distance <= RoundingTolerance && distance > before / 4)) return h;
            before = distance;
            if (Climb(integrand, (u, h, distance), step, next) is not { } higher) return distance <= RoundingTolerance ? h : null;
            next.CopyTo(u, 0);
            h = higher;
        }

        return null;
    }

    private static double? Climb(Integrand integrand, (double[] U, double H, double Distance) from, double[] step, double[] next)
    {
        var slack = 1e-13 * (1 + Math.Abs(from.H));
        var fraction = 1.0;
        for (var halving = 0; halving < MostHalvings; halving++, fraction /= 2)
        {
            from.U.CopyTo(next, 0);
            Vectors.AddTimes(next, fraction, step);
            var h = integrand.At(next);
            if (h >= from.H + SufficientRise * fraction * from.Distance - slack) return h;
        }

        // The integrand is left where it was.
        integrand.At(from.U);
        integrand.Curve();
        return null;
    }
}
