using System.Globalization;
using Caseload.MixedModels.Fits;
using MathNet.Numerics;

namespace Caseload.MixedModels.Inference.Robustness;

/// <summary>A joint test that several coefficients are 0, with a cluster-robust covariance matrix.</summary>
/// <param name="Terms">The terms whose coefficients they are.</param>
/// <param name="F">The statistic; not-a-number where the groups are too few to test so many coefficients together.</param>
/// <param name="NumeratorFreedom">The number of coefficients.</param>
/// <param name="DenominatorFreedom">The degrees of freedom of the denominator.</param>
public sealed record RobustTest(string Terms, double F, int NumeratorFreedom, double DenominatorFreedom)
{
    /// <summary>The p value from the F distribution.</summary>
    public double P => double.IsNaN(F) ? double.NaN
        : SpecialFunctions.BetaRegularized(DenominatorFreedom / 2, NumeratorFreedom / 2.0,
            DenominatorFreedom / (DenominatorFreedom + NumeratorFreedom * F));
}

/// <summary>Tests of terms, all of whose coefficients are tested together, with a cluster-robust covariance matrix (CR2).</summary>
/// <param name="Group">The grouping.</param>
/// <param name="Clusters">The number of its groups.</param>
/// <param name="Rows">One row a test.</param>
public sealed record RobustTests(string Group, int Clusters, IReadOnlyList<RobustTest> Rows) : InferenceResult
{
    internal override IEnumerable<FitTable> Tables() =>
    [
        new FitTable("Tests that all coefficients of a term are 0, robust to clusters: "
                + FormattableString.Invariant($"{Clusters} groups of {Group}"), ["terms", "F", "df", "denominator df", "p"], 1,
            [.. Rows.Select(row => (string[])
            [
                row.Terms, FitTable.Decimals(row.F, 2), row.NumeratorFreedom.ToString(CultureInfo.InvariantCulture),
                FitTable.Decimals(row.DenominatorFreedom, 1), FitTable.Probability(row.P),
            ])]),
    ];
}
