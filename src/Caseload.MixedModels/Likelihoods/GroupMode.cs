namespace Caseload.MixedModels.Likelihoods;

/// <summary>
/// Finds the mode of a group's standardised effect: the root of sigma * score(b) - b, which falls all the way because the
/// log-likelihood is concave. Halley's steps, which use one derivative more than Newton's and converge with the third power of the
/// distance, kept inside a bracket that every evaluation narrows.
/// </summary>
internal static class GroupMode
{
    /// <summary>The distance at which a mode counts as found, relative where it is large.</summary>
    internal const double Tolerance = 1e-12;

    // A step this short leaves a distance of the order of its third power, which the caller verifies.
    private const double ShortStep = 1e-5;

    private const int MostSteps = 200;

    // Where a mean grows exponentially a first step may land so far out that the search returns by one unit at a time: after so many
    // steps every other one halves the bracket.
    private const int PatientSteps = 10;

    /// <summary>The mode from a start.</summary>
    /// <param name="kernel">The log-likelihood of a cell.</param>
    /// <param name="cells">The group's cells.</param>
    /// <param name="sigma">The standard deviation of the random effect, of either sign.</param>
    /// <param name="how">Where the search begins, and whether the caller verifies the mode by <see cref="IsAt"/>; otherwise the search
    /// ends only at a step that is short enough itself.</param>
    /// <returns>The mode and whether it was found; a search that ends at its limit of steps is never taken for one that
    /// succeeded.</returns>
    internal static (double Mode, bool Found) Find(ResponseKernel kernel, in CellSpan cells, double sigma,
        (double Start, bool Verified) how)
    {
        if (sigma == 0) return (0, true);
        var (low, high, b) = (double.NegativeInfinity, double.PositiveInfinity, how.Start);
        for (var step = 0; step < MostSteps; step++)
        {
            var sums = kernel.Slopes(cells, sigma * b);
            var slope = sigma * sums.Score - b;
            if (double.IsNaN(slope)) return (b, false);
            var move = Move(sigma, slope, sums);
            var size = Math.Abs(move) / (1 + Math.Abs(b));
            if (size <= (how.Verified ? ShortStep : Tolerance)) return (b + move, true);
            if (slope > 0) low = b;
            else high = b;

            // Rounding in the score of a large group can keep the step above the tolerance for ever; then the bracket has closed.
            if (high - low <= Tolerance * (1 + Math.Abs(b))) return (b, true);
            // Only a step over the far end of the bracket is refused, so both ends are finite then.
            var next = b + move;
            b = next > low && next < high && !(step > PatientSteps && step % 2 == 0 && double.IsFinite(high - low))
                ? next : (low + high) / 2;
        }

        return (b, false);
    }

    /// <summary>Whether the slope at a point says that it is the mode.</summary>
    internal static bool IsAt(double mode, double sigma, SlopeSums sums) =>
        Math.Abs(Move(sigma, sigma * sums.Score - mode, sums)) <= Tolerance * (1 + Math.Abs(mode));

    // Newton's step divided by 1 + step * h''' / (2 h''), where that is no large change.
    private static double Move(double sigma, double slope, SlopeSums sums)
    {
        var precision = 1 + sigma * sigma * sums.Weight;
        var newton = slope / precision;
        var bend = newton * sigma * sigma * sigma * sums.WeightSlope / (2 * precision);
        return Math.Abs(bend) < 0.5 ? newton / (1 + bend) : newton;
    }
}
