namespace Caseload.Disclosure;

/// <summary>
/// When a sum of magnitudes is made up of so few contributions that one contributor could work out another's. Source: Hundepool and others
/// (2012), Statistical Disclosure Control, section 4.2.
/// </summary>
/// <param name="Largest">The (n, k) rule: how many of the largest contributions are looked at; 0 for no rule.</param>
/// <param name="Percent">The (n, k) rule: together they may be at most this percentage of the sum.</param>
/// <param name="Precision">
/// The p% rule: the second largest contributor must not be able to estimate the largest within this percentage; 0 for no rule.
/// </param>
public sealed record DominanceRule(int Largest, double Percent, double Precision)
{
    /// <summary>Two contributors may make up at most 85%, and none may be estimated by another within 10%.</summary>
    public static DominanceRule Standard { get; } = new(2, 85, 10);

    /// <summary>No rule.</summary>
    public static DominanceRule None { get; } = new(0, 100, 0);

    /// <summary>Whether a few contributions dominate.</summary>
    /// <param name="contributions">What each contributor adds to the sum, none below 0.</param>
    public bool IsDominated(IReadOnlyList<double> contributions)
    {
        ArgumentNullException.ThrowIfNull(contributions);
        var sorted = contributions.OrderDescending().ToArray();
        var sum = sorted.Sum();
        if (sum <= 0) return false;
        if (Largest > 0 && sorted.Take(Largest).Sum() > Percent / 100 * sum) return true;

        // What is left when the two largest are taken away is all that keeps the second from knowing the first.
        return Precision > 0 && sum - sorted.Take(2).Sum() < Precision / 100 * sorted[0];
    }
}
