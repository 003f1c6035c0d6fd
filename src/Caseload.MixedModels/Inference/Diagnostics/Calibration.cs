using Caseload.Frames;
using Caseload.MixedModels.Fits;

namespace Caseload.MixedModels.Inference.Diagnostics;

/// <summary>A number that says how well probabilities are met, with its interval.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">The value.</param>
/// <param name="StandardError">Its standard error.</param>
/// <param name="Lower">The lower end of its interval.</param>
/// <param name="Upper">The upper end.</param>
public sealed record CalibrationMeasure(string Name, double Value, double StandardError, double Lower, double Upper);

/// <summary>A group of similar risks.</summary>
/// <param name="Trials">Its trials.</param>
/// <param name="Expected">The successes that the model expects.</param>
/// <param name="Observed">The successes.</param>
public sealed record RiskGroup(double Trials, double Expected, double Observed);

/// <summary>Calibration and discrimination of the fitted probabilities of binary outcomes.</summary>
/// <param name="Level">The level of the intervals.</param>
/// <param name="Measures">
/// Calibration in the large (0 where it is right), calibration slope (1), and the area under the receiver operating characteristic.
/// </param>
/// <param name="Risks">The groups of similar risks, from the lowest.</param>
/// <param name="ChiSquare">The statistic of Hosmer and Lemeshow over those.</param>
/// <param name="P">Its p value, with two degrees of freedom fewer than groups.</param>
public sealed record Calibration(double Level, IReadOnlyList<CalibrationMeasure> Measures, IReadOnlyList<RiskGroup> Risks, double ChiSquare,
    double P) : InferenceResult
{
    private const int FewestGroups = 3;

    internal static Calibration Of(MixedModelFit fit, int groups, double level)
    {
        ArgumentNullException.ThrowIfNull(fit);
        Levels.Require(level, "level");
        if (fit.Family != Family.Binomial)
            throw Wrong(fit, "calibration of a model that is not of binary outcomes", "the binomial family", "Look at QuantileResiduals.");
        if (groups < FewestGroups)
            throw Wrong(fit, FormattableString.Invariant($"{groups} groups of risks"), "3 or more", "Ask for 10.");
        var means = FittedMeans.Of(fit);
        RiskGroup[] risks = [.. means.Binned(groups).Select(rows => new RiskGroup(rows.Sum(row => means.Weights[row]),
            rows.Sum(row => means.Weights[row] * means.Fitted[row]), rows.Sum(row => means.Sums[row])))];
        var statistic = risks.Sum(risk =>
            (risk.Observed - risk.Expected) * (risk.Observed - risk.Expected) / (risk.Expected * (1 - risk.Expected / risk.Trials)));
        return new Calibration(level, [.. CalibrationModels.Of(means, level), Discrimination.Of(means, level)], risks, statistic,
            risks.Length > 2 ? Numerics.ChiSquare.Tail(statistic, risks.Length - 2) : double.NaN)
        {
            Remarks =
            [
                "Of the data that the model was fitted to, in the rows' own groups: on new data calibration and discrimination are poorer. "
                    + "Intervals take rows as independent. The test of Hosmer and Lemeshow depends on how many groups are made, has little "
                    + "power in small data and finds what does not matter in large; its degrees of freedom do not allow for the modes.",
            ],
        };
    }

    internal override IEnumerable<FitTable> Tables()
    {
        var number = AlignedNumbers.Of(Measures.Select(measure => measure.StandardError), 3);
        yield return new FitTable("Calibration and discrimination",
            ["measure", "value", "SE", FormattableString.Invariant($"{100 * Level:0.#}% from"), "to"], 1,
            [.. Measures.Select(m => (string[])
                [m.Name, number.Text(m.Value), number.Text(m.StandardError), number.Text(m.Lower), number.Text(m.Upper)])]);
        yield return new FitTable(FormattableString.Invariant(
            $"Groups of risks: Hosmer-Lemeshow chi-square {ChiSquare:F2}, df {Risks.Count - 2}, p {FitTable.Probability(P)}"),
            ["group", "trials", "expected", "observed", "expected share", "observed share"], 1, [.. Risks.Select((risk, i) => (string[])
            [
                FormattableString.Invariant($"{i + 1}"), FitTable.Decimals(risk.Trials, 0), FitTable.Decimals(risk.Expected, 1),
                FitTable.Decimals(risk.Observed, 0), FitTable.Decimals(risk.Expected / risk.Trials, 4),
                FitTable.Decimals(risk.Observed / risk.Trials, 4),
            ])]);
    }

    private static ProblemException Wrong(MixedModelFit fit, string found, string expected, string remedy) =>
        new(new Problem(ProblemKind.WrongUsage, found, expected, fit.Formula, remedy));
}
