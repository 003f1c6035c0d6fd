using System.Globalization;
using Caseload.MixedModels.Fits;
using MathNet.Numerics.Distributions;

namespace Caseload.MixedModels.Inference;

/// <summary>A coefficient of an area-level term from two stages.</summary>
/// <param name="Term">The coefficient, as the one-stage fit names it.</param>
/// <param name="Estimate">The estimate, on the scale of the linear predictor.</param>
/// <param name="StandardError">Its standard error.</param>
/// <param name="DegreesOfFreedom">Areas less area-level coefficients.</param>
public sealed record TwoStageRow(string Term, double Estimate, double StandardError, int DegreesOfFreedom)
{
    /// <summary>The estimate in standard errors.</summary>
    public double T => Estimate / StandardError;

    /// <summary>The two-sided p value from the t distribution.</summary>
    public double P => 2 * StudentT.CDF(0, 1, DegreesOfFreedom, -Math.Abs(T));

    /// <summary>The lower limit.</summary>
    public double Lower { get; init; }

    /// <summary>The upper limit.</summary>
    public double Upper { get; init; }

    /// <summary>The estimate of the fit in one stage.</summary>
    public double OneStageEstimate { get; init; }

    /// <summary>Its standard error.</summary>
    public double OneStageStandardError { get; init; }
}

/// <summary>Area-level terms tested with t degrees of freedom.</summary>
/// <param name="Level">The probability with which an interval is to hold the truth.</param>
/// <param name="Areas">How many areas the second stage rests on.</param>
/// <param name="Deviation">The standard deviation between areas that is left.</param>
/// <param name="Rows">The area-level coefficients but the intercept.</param>
public sealed record TwoStageTable(double Level, int Areas, double Deviation, IReadOnlyList<TwoStageRow> Rows) : InferenceResult
{
    internal override IEnumerable<FitTable> Tables()
    {
        var number = AlignedNumbers.Of(Rows.Select(row => row.StandardError), 3);
        var share = (100 * Level).ToString("0.##", CultureInfo.InvariantCulture);
        yield return new FitTable(
            string.Create(CultureInfo.InvariantCulture, $"Area-level terms in two stages, {Areas:N0} areas, SD between {Deviation:G3}"),
            ["term", "estimate", "SE", "t", "df", "p", share + "% from", "to", "one stage", "SE"], 1, [.. Rows.Select(row => (string[])
            [
                row.Term, number.Text(row.Estimate), number.Text(row.StandardError), FitTable.Decimals(row.T, 2),
                row.DegreesOfFreedom.ToString(CultureInfo.InvariantCulture), FitTable.Probability(row.P), number.Text(row.Lower),
                number.Text(row.Upper), number.Text(row.OneStageEstimate), number.Text(row.OneStageStandardError),
            ])]);
    }
}
