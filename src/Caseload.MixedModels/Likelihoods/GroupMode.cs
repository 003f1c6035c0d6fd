namespace Caseload.MixedModels.Likelihoods;

/// <summary>
/// Finds the mode of a group's standardised effect: the root of sigma * score(b) - b, which falls all the way because the
/// log-likelihood is concave. Newton's steps, kept inside a bracket that every evaluation narrows.
/// </summary>
internal static class GroupMode
{
    private const double Tolerance = 1e-12;
    private const int MostSteps = 200;

    // Where a mean grows exponentially a first step may land so far out that Newton's method returns by one unit at a time: after so many
    // steps every other one halves the bracket.
    private const int PatientSteps = 10;

    /// <summary>The mode from a start.</summary>
    /// <param name="kernel">The log-likelihood of a cell.</param>
    /// <param name="cells">The group's cells.</param>
    /// <param name="sigma">The standard deviation of the random effect, of either sign.</param>
    /// <param name="start">Where the search begins.</param>
    /// <returns>The mode and whether it was found; a search that ends at its limit of steps is never taken for one that
    /// succeeded.</returns>
    internal static (double Mode, bool Found) Find(ResponseKernel kernel, in CellSpan cells, double sigma, double start)
    {
        if (sigma == 0) return (0, true);
        var (low, high, b) = (double.NegativeInfinity, double.PositiveInfinity, start);
        for (var step = 0; step < MostSteps; step++)
        {
            var (score, weight) = kernel.ScoreAndWeight(cells, sigma * b);
            var slope = sigma * score - b;
            if (double.IsNaN(slope)) return (b, false);
            var newton = slope / (1 + sigma * sigma * weight);
            if (Math.Abs(newton) <= Tolerance * (1 + Math.Abs(b))) return (b + newton, true);
            if (slope > 0) low = b;
            else high = b;

            // Rounding in the score of a large group can keep the step above the tolerance for ever; then the bracket has closed.
            if (high - low <= Tolerance * (1 + Math.Abs(b))) return (b, true);
            // Only a step over the far end of the bracket is refused, so both ends are finite then.
            var next = b + newton;
            b = next > low && next < high && !(step > PatientSteps && step % 2 == 0 && double.IsFinite(high - low))
                ? next : (low + high) / 2;
        }

        return (b, false);
    }
}
