namespace Caseload.Simulation;

/// <summary>
/// The chance of a re-referral in each later census year of a child who returned before: solved so that the share of children re-referred
/// in at least three years is met, given how many years each of them had left.
/// </summary>
internal static class LaterReturns
{
    private const int Halvings = 60;

    /// <summary>Solves the chance.</summary>
    internal static double Chance(Truth truth, SimulatedAuthority[] authorities, Children[] children)
    {
        var left = new int[StudyYears.Count];
        foreach (var a in authorities.Where(a => !a.IsBroken))
        {
            var own = children[a.Index];
            for (var i = 0; i < own.Count; i++)
            {
                if (own.Returns[i]) left[StudyYears.Of(own.LastDay(i)) - StudyYears.Of(own.FirstReturn[i])]++;
            }
        }

        var target = truth.InThreeYears * authorities.Sum(a => (double)a.Children);
        var (low, high) = (0.0, 1.0);
        for (var i = 0; i < Halvings; i++)
        {
            var q = (low + high) / 2;
            if (Expected(left, q) < target) low = q;
            else high = q;
        }

        return (low + high) / 2;
    }

    // Two or more of m years, each with chance q.
    private static double Expected(int[] left, double q) =>
        left.Select((count, m) => m < 2 ? 0 : count * (1 - Math.Pow(1 - q, m) - (m * q * Math.Pow(1 - q, m - 1)))).Sum();
}
