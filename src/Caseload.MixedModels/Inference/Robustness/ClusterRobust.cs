using Caseload.MixedModels.Fits;
using MathNet.Numerics.Distributions;

namespace Caseload.MixedModels.Inference.Robustness;

/// <summary>A fixed effect with its cluster-robust standard error.</summary>
/// <param name="Term">Its name.</param>
/// <param name="Estimate">The estimate.</param>
/// <param name="ModelError">The standard error that the model gives.</param>
/// <param name="StandardError">The cluster-robust one.</param>
/// <param name="DegreesOfFreedom">Those of its t statistic, after Satterthwaite.</param>
/// <param name="Lower">The lower end of the interval.</param>
/// <param name="Upper">The upper end.</param>
public sealed record RobustEffect(string Term, double Estimate, double ModelError, double StandardError, double DegreesOfFreedom,
    double Lower, double Upper)
{
    /// <summary>The estimate in robust standard errors.</summary>
    public double T => Estimate / StandardError;

    /// <summary>The two-sided p value from the t distribution.</summary>
    public double P => double.IsNaN(T) || double.IsNaN(DegreesOfFreedom)
        ? double.NaN : 2 * StudentT.CDF(0, 1, DegreesOfFreedom, -Math.Abs(T));
}

/// <summary>Fixed effects with cluster-robust standard errors at the outermost grouping (CR2).</summary>
/// <param name="Group">The grouping.</param>
/// <param name="Clusters">The number of its groups.</param>
/// <param name="Level">The level of the intervals.</param>
/// <param name="Rows">The fixed effects.</param>
public sealed record ClusterRobust(string Group, int Clusters, double Level, IReadOnlyList<RobustEffect> Rows) : InferenceResult
{
    /// <summary>The cluster-robust covariance matrix of the fixed effects.</summary>
    public required double[,] Covariance { get; init; }

    internal override IEnumerable<FitTable> Tables()
    {
        var number = AlignedNumbers.Of(Rows.SelectMany(row => new[] { row.StandardError, row.ModelError }), 3);
        yield return new FitTable(FormattableString.Invariant($"Fixed effects, robust to clusters: {Clusters} groups of {Group}"),
            ["term", "estimate", "model SE", "robust SE", "t", "df", "p", FormattableString.Invariant($"{100 * Level:0.#}% from"), "to"], 1,
            [.. Rows.Select(row => (string[])
            [
                row.Term, number.Text(row.Estimate), number.Text(row.ModelError), number.Text(row.StandardError),
                FitTable.Decimals(row.T, 2), FitTable.Decimals(row.DegreesOfFreedom, 1), FitTable.Probability(row.P),
                number.Text(row.Lower), number.Text(row.Upper),
            ])]);
    }
}
