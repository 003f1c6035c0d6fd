namespace Caseload.Descriptives;

/// <summary>Points of the standard normal distribution.</summary>
public static class Normal
{
    /// <summary>The 97.5% point: half the width of a 95% interval in standard errors.</summary>
    public const double Quantile975 = 1.959963984540054;

    /// <summary>The 90% point: half the width of an 80% interval in standard deviations.</summary>
    public const double Quantile90 = 1.2815515655446004;
}
