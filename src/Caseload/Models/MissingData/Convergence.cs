namespace Caseload.Models.MissingData;

/// <summary>Whether the chains of an imputation have mixed.</summary>
internal static class Convergence
{
    private const int FewestRounds = 4;

    /// <summary>
    /// The potential scale reduction of the mean of a variable's imputed values over the later half of the rounds (Gelman and Rubin 1992):
    /// the root of the pooled variance, that within chains and that between them, over the one within.
    /// </summary>
    internal static double ScaleReduction(IReadOnlyList<ImputedShare> trace, ImputedVariable variable)
    {
        var rounds = trace.Count == 0 ? 0 : trace.Max(t => t.Iteration);
        var chains = trace.Where(t => t.Variable == variable && t.Iteration > rounds / 2).GroupBy(t => t.Imputation)
            .Select(chain => chain.Select(t => t.Share).ToArray()).ToArray();
        if (rounds < FewestRounds || chains.Length < 2) return double.NaN;
        var length = chains[0].Length;
        var within = chains.Average(Variance);
        var between = Variance([.. chains.Select(chain => chain.Average())]);
        return within == 0 ? between == 0 ? 1 : double.PositiveInfinity : Math.Sqrt((length - 1.0) / length + between / within);
    }

    private static double Variance(double[] values)
    {
        var mean = values.Average();
        return values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1);
    }
}
