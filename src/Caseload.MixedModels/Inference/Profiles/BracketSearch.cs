namespace Caseload.MixedModels.Inference.Profiles;

/// <summary>
/// Finds a limit from the profile itself: the root of the signed square root of the profiled deviance, bracketed and narrowed by the
/// method of Illinois (Dowell and Jarratt 1971). It is slower than <see cref="TangentSearch"/> and needs no more than maxima.
/// </summary>
/// <param name="maximum">Maximises with the quantity held.</param>
/// <param name="quantity">The quantity.</param>
/// <param name="height">The log-likelihood at its maximum.</param>
/// <param name="fall">How far below it the limit lies.</param>
internal sealed class BracketSearch(HeldMaximum maximum, Quantity quantity, double height, double fall)
{
    // Of the root of the deviance.
    private const double Tolerance = 1e-8;

    // Where the profile jumps between two maxima it is not continuous, and what is narrowed to is no limit.
    private const double Jump = 1e-4;

    private const int MostSteps = 60;
    private const int MostNarrowings = 80;

    // A profile that falls by less than this while the distance doubles, far out, falls no further.
    private const double Level = 1e-6;
    private const int FarOut = 8;

    // Of the first distance: no maximum was found nearer than this.
    private const double Shortest = 1e-3;

    private readonly double root = Math.Sqrt(2 * fall);

    /// <summary>The limit beyond a point; infinite where the profile does not fall so far; not-a-number where it is not found.</summary>
    /// <param name="inner">A point above the fall, the quantity at its constrained maximum there.</param>
    /// <param name="step">The first distance to look at, signed; shorter where no maximum is found there.</param>
    /// <param name="end">A value of the quantity beyond which nothing is looked for.</param>
    /// <returns>The limit, and the last point that lies above the fall.</returns>
    internal (double Limit, Stand Last) Beyond(Stand inner, double step, double end)
    {
        var (near, nearExcess, at) = (quantity.Value(inner.Point), Excess(inner), inner);
        var (first, doublings) = (Math.Abs(step), 0);
        for (var count = 0; count < MostSteps && Math.Abs(step) > Shortest * first; count++)
        {
            var next = step > 0 ? Math.Min(near + step, end) : Math.Max(near + step, end);
            if (maximum.Find(at, next) is not { } stand)
            {
                (step, doublings) = (step / 4, 0);
                continue;
            }

            var excess = Excess(stand);
            if (excess >= 0) return (Between((near, nearExcess, at), (next, excess, stand)), at);
            if (next == end || (doublings > FarOut && excess - nearExcess < Level))
                return (step > 0 ? double.PositiveInfinity : double.NegativeInfinity, stand);
            (near, nearExcess, at) = (next, excess, stand);
            (step, doublings) = (2 * step, doublings + 1);
        }

        return (double.NaN, at);
    }

    /// <summary>The limit between a point below the fall and those above it, on the side of a step.</summary>
    internal double Towards(Stand outer, double step)
    {
        var (from, at) = (quantity.Value(outer.Point), outer);
        for (var count = 0; count < MostSteps; count++, step *= 2)
        {
            if (maximum.Find(at, from + step) is not { } next) return double.NaN;
            if (Excess(next) < 0) return Between((from + step, Excess(next), next), (from, Excess(at), at));
            (from, at) = (from + step, next);
        }

        return double.NaN;
    }

    private double Between((double At, double Excess, Stand Stand) near, (double At, double Excess, Stand Stand) far)
    {
        for (var count = 0; count < MostNarrowings; count++)
        {
            var middle = far.At - far.Excess * (far.At - near.At) / (far.Excess - near.Excess);
            if ((maximum.Find(near.Stand, middle) ?? maximum.Find(far.Stand, middle)) is not { } stand) return double.NaN;
            var excess = Excess(stand);
            if (Math.Abs(excess) <= Tolerance) return middle;
            if (Math.Abs(far.At - near.At) <= 1e-14 * Math.Abs(middle)) return Math.Abs(excess) <= Jump ? middle : double.NaN;
            if (excess > 0 == far.Excess > 0) near = near with { Excess = near.Excess / 2 };
            else near = far;
            far = (middle, excess, stand);
        }

        return double.NaN;
    }

    private double Excess(Stand stand) => Math.Sqrt(Math.Max(2 * (height - stand.Value), 0)) - root;
}
