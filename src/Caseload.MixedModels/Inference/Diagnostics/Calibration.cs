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

/// <summary>Calibration and discrimination of the predicted probabilities of binary outcomes.</summary>
/// <param name="Level">The level of the intervals.</param>
/// <param name="Measures">
/// Calibration in the large (0 where it is right), calibration slope (1), and the area under the receiver operating characteristic.
/// </param>
/// <param name="Risks">The groups of similar risks, from the lowest.</param>
/// <param name="ChiSquare">The statistic of Hosmer and Lemeshow over those.</param>
/// <param name="DegreesOfFreedom">The number of groups, less 2 in the data of the fit; 0 where no group is left over.</param>
/// <param name="P">The p value of the statistic with those; not-a-number without.</param>
public sealed record Calibration(double Level, IReadOnlyList<CalibrationMeasure> Measures, IReadOnlyList<RiskGroup> Risks, double ChiSquare,
    int DegreesOfFreedom, double P) : InferenceResult
{
    private const int FewestGroups = 3;

    // The fixed effects were fitted to the data: Hosmer and Lemeshow found by simulation how many groups that costs.
    private const int Fitted = 2;

    private const int Decimals = 4;

    private const string OfTheTest = "The test of Hosmer and Lemeshow depends on how many groups are made, has little power in small "
        + "data and finds what does not matter in large.";

    /// <summary>Of the data of the fit, in the rows' own groups.</summary>
    internal static Calibration Of(MixedModelFit fit, int groups, double level)
    {
        Require(fit, groups, level);
        return Of(FittedMeans.Of(fit), null, (groups, level, Fitted)) with
        {
            Remarks =
            [
                "Of the data that the model was fitted to, in the rows' own groups: on other data, which Calibration(data) takes, both are "
                    + "poorer as a rule." + (fit.RandomEffects.Count == 0 ? ""
                        : " Modes of groups are drawn towards 0, so that the slope lies above 1 here, and the lowest risks below and the "
                            + "highest above what is expected, in a model that holds: the more so, the smaller the groups."),
                "Intervals take rows as independent. " + OfTheTest + (fit.RandomEffects.Count == 0 ? ""
                    : " Its degrees of freedom do not allow for the modes."),
            ],
        };
    }

    /// <summary>Of other data.</summary>
    internal static Calibration Of(MixedModelFit fit, (Frame Frame, GroupsAs Groups) data, int groups, double level)
    {
        Require(fit, groups, level);
        var rows = DataMeans.Of(fit, data.Frame, data.Groups);
        var leftOut = data.Frame.RowCount - rows.Numbers.Length;
        return Of(rows.Means, rows.Clusters, (groups, level, 0)) with
        {
            Remarks =
            [
                FormattableString.Invariant($"Of {rows.Numbers.Length:N0} rows of data that are taken as not those of the fit, ")
                + data.Groups switch
                {
                    GroupsAs.Known => "in groups of the fit at their modes.",
                    GroupsAs.AtZero => "where the random effects are 0.",
                    _ => "averaged over the random effects.",
                }
                + (leftOut == 0 ? ""
                    : FormattableString.Invariant($" Rows with a missing cell or without trials, left out: {leftOut:N0}.")),
                rows.Clusters is null ? "Intervals take rows as independent. " + OfTheTest
                    : FormattableString.Invariant($"Intervals take {rows.Clusters.Max() + 1} groups of the outermost grouping as ")
                        + "independent and allow for any dependence within them; with few groups they are too narrow. " + OfTheTest
                        + " It takes rows as independent.",
            ],
        };
    }

    internal override IEnumerable<FitTable> Tables()
    {
        yield return new FitTable("Calibration and discrimination",
            ["measure", "value", "SE", FormattableString.Invariant($"{100 * Level:0.#}% from"), "to"], 1,
            [.. Measures.Select(m => (string[]) [m.Name, Text(m.Value), Text(m.StandardError), Text(m.Lower), Text(m.Upper)])]);
        yield return new FitTable("Groups of risks" + (DegreesOfFreedom == 0 ? "" : FormattableString.Invariant(
            $": Hosmer-Lemeshow chi-square {ChiSquare:F2}, df {DegreesOfFreedom}, p {FitTable.Probability(P)}")),
            ["group", "trials", "expected", "observed", "expected share", "observed share"], 1, [.. Risks.Select((risk, i) => (string[])
            [
                FormattableString.Invariant($"{i + 1}"), FitTable.Decimals(risk.Trials, 0), FitTable.Decimals(risk.Expected, 1),
                FitTable.Decimals(risk.Observed, 0), Text(risk.Expected / risk.Trials), Text(risk.Observed / risk.Trials),
            ])]);
    }

    private static Calibration Of(FittedMeans means, int[]? clusters, (int Groups, double Level, int Fitted) how)
    {
        RiskGroup[] risks = [.. ColumnBins.OfEqualWeight(means.Fitted, means.Weights, how.Groups).Select(rows => new RiskGroup(
            rows.Sum(row => means.Weights[row]), rows.Sum(row => means.Weights[row] * means.Fitted[row]),
            rows.Sum(row => means.Sums[row])))];
        var successes = means.Sums.Sum();
        if (successes == 0 || successes == means.Weights.Sum())
            throw new ProblemException(new Problem(ProblemKind.CheckFailed, "an outcome that is the same in all rows",
                "rows of both outcomes", "data", "Give more data: without both outcomes nothing is known of calibration."));
        var statistic = risks.Sum(risk =>
            (risk.Observed - risk.Expected) * (risk.Observed - risk.Expected) / (risk.Expected * (1 - risk.Expected / risk.Trials)));
        var degrees = risks.Length < FewestGroups ? 0 : risks.Length - how.Fitted;
        return new Calibration(how.Level,
            [.. CalibrationModels.Of(means, clusters, how.Level), Discrimination.Of(means, clusters, how.Level)], risks, statistic,
            degrees, degrees == 0 ? double.NaN : Numerics.ChiSquare.Tail(statistic, degrees));
    }

    private static void Require(MixedModelFit fit, int groups, double level)
    {
        ArgumentNullException.ThrowIfNull(fit);
        Levels.Require(level, "level");
        if (fit.Family != Family.Binomial)
            throw Wrong(fit, "calibration of a model that is not of binary outcomes", "the binomial family", "Look at QuantileResiduals.");
        if (groups < FewestGroups)
            throw Wrong(fit, FormattableString.Invariant($"{groups} groups of risks"), "3 or more", "Ask for 10.");
    }

    // No minus before a number that is 0 but for rounding.
    private static string Text(double value) => FitTable.Decimals(Math.Round(value, Decimals) + 0.0, Decimals);

    private static ProblemException Wrong(MixedModelFit fit, string found, string expected, string remedy) =>
        new(new Problem(ProblemKind.WrongUsage, found, expected, fit.Formula, remedy));
}
