namespace Caseload.Simulation;

/// <summary>The logistic function, and the shift on its scale at which chances add up to a count.</summary>
internal static class Logistic
{
    private const int MostSteps = 60;
    private const double Enough = 1e-9;

    /// <summary>The chance of a log-odds.</summary>
    internal static double Of(double logOdds) => 1 / (1 + Math.Exp(-logOdds));

    /// <summary>The log-odds of a chance.</summary>
    internal static double LogOdds(double chance) => Math.Log(chance / (1 - chance));

    /// <summary>The shift at which a sum of chances is what is asked for: Newton's steps, kept inside a bracket that shrinks.</summary>
    /// <param name="sums">For a shift, the sum of the chances and its derivative.</param>
    /// <param name="sum">The sum asked for.</param>
    /// <param name="start">Where to begin.</param>
    internal static double Shift(Func<double, (double Sum, double Slope)> sums, double sum, double start = 0)
    {
        var (low, high, at) = (-40.0, 40.0, start);
        for (var step = 0; step < MostSteps; step++)
        {
            var (found, slope) = sums(at);
            if (found < sum) low = at;
            else high = at;
            if (Math.Abs(found - sum) <= Enough * Math.Max(1, sum)) break;
            var next = at + ((sum - found) / Math.Max(slope, 1e-300));
            at = next > low && next < high ? next : (low + high) / 2;
        }

        return at;
    }

    /// <summary>The sum of the chances of some log-odds at a shift, and its derivative.</summary>
    internal static (double Sum, double Slope) Sum(ReadOnlySpan<double> logOdds, double shift)
    {
        var (sum, slope) = (0.0, 0.0);
        foreach (var x in logOdds)
        {
            var p = Of(x + shift);
            sum += p;
            slope += p * (1 - p);
        }

        return (sum, slope);
    }
}
