using Caseload.Frames;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Means;
using Caseload.MixedModels.Inference.Rows;

namespace Caseload.MixedModels.Inference.Predictions;

/// <summary>The mean response of one set of rows against that of another.</summary>
/// <param name="Name">The first mean, the second, their difference, or their ratio.</param>
/// <param name="Value">The value, on the scale of the response.</param>
/// <param name="StandardError">Its standard error by the delta method.</param>
/// <param name="Lower">The lower end of the interval; of a ratio it is taken on its logarithm.</param>
/// <param name="Upper">The upper end.</param>
public sealed record ContrastRow(string Name, double Value, double StandardError, double Lower, double Upper);

/// <summary>A contrast of two predicted means.</summary>
/// <param name="Groups">Which groups it is for.</param>
/// <param name="Level">The level of the intervals.</param>
/// <param name="Rows">First, second, difference, and where both are above 0 their ratio.</param>
public sealed record Contrast(GroupsAs Groups, double Level, IReadOnlyList<ContrastRow> Rows) : InferenceResult
{
    internal static Contrast Of(MixedModelFit fit, (Frame First, Frame Second) frames, PredictionSettings settings)
    {
        MarginalEffectEstimates.Require(settings);
        var covariance = JointCovariance.Of(fit.Require(), settings.Groups == GroupsAs.Averaged);
        var (first, second) = (Mean(frames.First), Mean(frames.Second));
        var half = StandardNormal.HalfWidth(settings.Level);
        List<ContrastRow> rows = [Row("first", first), Row("second", second), Row("first - second", first.Less(second))];
        if (first.Value > 0 && second.Value > 0 && fit.Link != Link.Identity)
        {
            var error = covariance.Error(first.Times(1 / first.Value).Less(second.Times(1 / second.Value)).Gradient);
            var (ratio, factor) = (first.Value / second.Value, Math.Exp(half * error));
            rows.Add(new ContrastRow("first / second", ratio, ratio * error, ratio / factor, ratio * factor));
        }

        return new Contrast(settings.Groups, settings.Level, rows) { Remarks = [.. covariance.Said()] };

        MeanWithGradient Mean(Frame frame) =>
            MeanWithGradient.Of(fit, PredictorRows.Of(fit, frame), settings.Groups != GroupsAs.AtZero);

        ContrastRow Row(string name, MeanWithGradient mean)
        {
            var error = covariance.Error(mean.Gradient);
            return new ContrastRow(name, mean.Value, error, mean.Value - half * error, mean.Value + half * error);
        }
    }

    internal override IEnumerable<FitTable> Tables()
    {
        var number = AlignedNumbers.Of(Rows.Select(row => row.StandardError), 3);
        yield return new FitTable($"Contrast of mean responses, {MarginalEffects.Where(Groups)}",
            ["", "value", "SE", FormattableString.Invariant($"{100 * Level:0.#}% from"), "to"], 1, [.. Rows.Select(row => (string[])
                [row.Name, number.Text(row.Value), number.Text(row.StandardError), number.Text(row.Lower), number.Text(row.Upper)])]);
    }
}
