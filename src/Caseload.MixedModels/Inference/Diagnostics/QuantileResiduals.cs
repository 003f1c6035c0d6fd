using Caseload.MixedModels.Fits;

namespace Caseload.MixedModels.Inference.Diagnostics;

/// <summary>A test of a fit by simulation.</summary>
/// <param name="Name">What is tested.</param>
/// <param name="Observed">The statistic of the data.</param>
/// <param name="Expected">Its mean over simulated data.</param>
/// <param name="P">The share of data, simulated or observed, whose statistic is as far out; the smallest is 1 over their number.</param>
public sealed record SimulationTest(string Name, double Observed, double Expected, double P);

/// <summary>
/// Simulated quantile residuals, the idea of DHARMa (Hartig 2024): where each response lies among those simulated for its row, ties broken
/// at random (Dunn and Smyth 1996). Where the model holds they are uniform on 0 to 1.
/// </summary>
/// <param name="Values">The residual of each row that the fit used, in their order.</param>
/// <param name="Tests">Tests of uniformity, dispersion and group structure, each by refits of simulated data.</param>
public sealed record QuantileResiduals(IReadOnlyList<double> Values, IReadOnlyList<SimulationTest> Tests) : InferenceResult
{
    internal override IEnumerable<FitTable> Tables()
    {
        yield return new FitTable("Simulated quantile residuals", ["test", "observed", "expected", "p"], 1,
            [.. Tests.Select(test => (string[])
            [test.Name, FitTable.Decimals(test.Observed, 3), FitTable.Decimals(test.Expected, 3), FitTable.Probability(test.P)])]);
    }
}
