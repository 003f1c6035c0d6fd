using System.Globalization;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Numerics;

namespace Caseload.MixedModels.Inference;

/// <summary>A joint test that several coefficients are 0.</summary>
/// <param name="Terms">The terms whose coefficients they are.</param>
/// <param name="ChiSquare">Wald's statistic b'V^-1 b.</param>
/// <param name="DegreesOfFreedom">The number of coefficients.</param>
public sealed record WaldRow(string Terms, double ChiSquare, int DegreesOfFreedom)
{
    /// <summary>The p value, from chi-square.</summary>
    public double P => ChiSquare is double.NaN ? double.NaN : Numerics.ChiSquare.Tail(ChiSquare, DegreesOfFreedom);
}

/// <summary>Wald's tests of terms, all of whose coefficients are tested together.</summary>
/// <param name="Rows">One row a test.</param>
public sealed record WaldTable(IReadOnlyList<WaldRow> Rows) : InferenceResult
{
    internal override IEnumerable<FitTable> Tables() =>
    [
        new FitTable("Wald tests that all coefficients of a term are 0", ["terms", "chi-square", "df", "p"], 1,
            [.. Rows.Select(row => (string[])
            [
                row.Terms, FitTable.Decimals(row.ChiSquare, 2), row.DegreesOfFreedom.ToString(CultureInfo.InvariantCulture),
                FitTable.Probability(row.P),
            ])]),
    ];
}
