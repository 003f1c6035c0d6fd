namespace Caseload.Descriptives;

/// <summary>A share of a number of children, with its 95% interval.</summary>
/// <param name="Count">How many of them.</param>
/// <param name="Of">Of how many.</param>
public readonly record struct Proportion(int Count, int Of)
{
    /// <summary>The share, from 0 to 1; not a number where there is nobody.</summary>
    public double Value => Of == 0 ? double.NaN : (double)Count / Of;

    /// <summary>Lower limit of the score interval (Wilson 1927), which stays inside 0 to 1 for small numbers too.</summary>
    public double Lower => Limit(-1);

    /// <summary>Upper limit of the score interval (Wilson 1927).</summary>
    public double Upper => Limit(1);

    private double Limit(int sign)
    {
        if (Of == 0) return double.NaN;

        // At the ends the limit is 0 or 1 exactly, which the formula meets only up to rounding.
        if (sign < 0 && Count == 0) return 0;
        if (sign > 0 && Count == Of) return 1;
        var (n, p, z2) = ((double)Of, Value, Normal.Quantile975 * Normal.Quantile975);
        var centre = p + (z2 / (2 * n));
        var half = Normal.Quantile975 * Math.Sqrt((p * (1 - p) / n) + (z2 / (4 * n * n)));
        return (centre + (sign * half)) / (1 + (z2 / n));
    }
}
