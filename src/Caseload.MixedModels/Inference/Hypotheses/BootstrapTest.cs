using System.Globalization;
using Caseload.MixedModels.Fits;

namespace Caseload.MixedModels.Inference;

/// <summary>A likelihood-ratio test against the statistics of responses that were simulated from the smaller model.</summary>
/// <param name="Statistic">Twice the rise of the log-likelihood.</param>
/// <param name="Replicates">How many responses were simulated.</param>
/// <param name="Failed">For how many of them a model has no fit; the test rests on the others.</param>
/// <param name="Draws">The statistics, in the order of replicates; not-a-number of a replicate that failed.</param>
public sealed record BootstrapTest(double Statistic, int Replicates, int Failed, IReadOnlyList<double> Draws) : InferenceResult
{
    // What rounding leaves of equal statistics.
    private const double Rounding = 1e-8;

    /// <summary>How many simulated statistics are at least as large.</summary>
    public int AsLarge => Draws.Count(draw => draw >= Statistic - Rounding);

    /// <summary>The p value (b + 1) / (B + 1), of b statistics as large out of B (Davison and Hinkley 1997).</summary>
    public double P => (AsLarge + 1.0) / (Replicates - Failed + 1);

    /// <summary>The standard error of the p value that comes from the number of replicates.</summary>
    public double MonteCarloError => Math.Sqrt(P * (1 - P) / (Replicates - Failed + 1));

    internal override IEnumerable<FitTable> Tables() =>
    [
        new FitTable("Likelihood-ratio test by the parametric bootstrap",
            ["statistic", "replicates", "failed", "as large", "p", "Monte Carlo error"], 0,
            [
                [
                    FitTable.Decimals(Statistic, 3), Whole(Replicates), Whole(Failed), Whole(AsLarge), FitTable.Decimals(P, 4),
                    FitTable.Decimals(MonteCarloError, 4),
                ],
            ]),
    ];

    private static string Whole(int value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
