using Caseload.Frames;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Means;
using Caseload.MixedModels.Inference.Rows;

namespace Caseload.MixedModels.Inference.Predictions;

/// <summary>Predicts the mean of the response for rows of data.</summary>
internal sealed class MeanPredictor
{
    private readonly MixedModelFit fit;
    private readonly PredictionSettings settings;
    private readonly JointCovariance covariance;
    private readonly PredictorRows rows;
    private readonly double[] variances;
    private readonly string[] labels;
    private readonly double half;
    private readonly (double[] Change, double Z)[] draws;

    private MeanPredictor(MixedModelFit fit, Frame frame, PredictionSettings settings)
    {
        (this.fit, this.settings) = (fit, settings);
        (rows, labels) = (PredictorRows.Of(fit, frame), RowLabels.Of(fit, frame));
        variances = rows.Variances();
        covariance = JointCovariance.Of(fit, settings.Groups is GroupsAs.Averaged or GroupsAs.Unseen);
        half = StandardNormal.HalfWidth(settings.Level);
        draws = settings.Method == IntervalMethod.Simulation ? Draw() : [];
    }

    internal static PredictedMeans Of(MixedModelFit fit, Frame frame, PredictionSettings settings)
    {
        settings.Require();
        var predictor = new MeanPredictor(fit, frame, settings);
        var known = settings.Groups == GroupsAs.Known && fit.RandomEffects.Count > 0 ? new KnownGroups(fit, frame) : null;
        return new PredictedMeans(settings.Groups, settings.Level,
            [.. Enumerable.Range(0, predictor.rows.Count).Select(Row)])
        {
            Remarks = [.. Said(fit, settings), .. predictor.covariance.Said()],
        };

        PredictedMean Row(int row)
        {
            LongWork.Look();
            return known is null ? predictor.Row(row) : predictor.OfKnown(row, known.At(row, predictor.rows));
        }
    }

    private static IEnumerable<string> Said(MixedModelFit fit, PredictionSettings settings)
    {
        if (settings.Groups == GroupsAs.AtZero && fit.Link != Link.Identity && fit.RandomEffects.Count > 0)
            yield return "Where the random effects are 0 is the median over groups and not their mean; the mean is GroupsAs.Averaged.";
        if (settings.Groups == GroupsAs.Unseen)
            yield return "The interval holds the mean of one group that the fit has not seen; that of the mean over groups is narrower.";
        if (settings.Groups == GroupsAs.Known)
            yield return "Modes are drawn towards 0, the more so the less a group's data say; their variances are taken as estimated.";
    }

    private PredictedMean Row(int row)
    {
        var gradient = Gradient(row, new AveragedMean(0, 1, 0));
        var error = covariance.Error(gradient);
        var (eta, variance) = (rows.FixedPart[row], settings.Groups == GroupsAs.AtZero ? 0 : variances[row]);
        if (settings.Groups == GroupsAs.Unseen) error = Math.Sqrt(error * error + variance);
        var at = AveragedMean.At(fit.Link, eta, variance);
        var meanError = settings.Groups == GroupsAs.Unseen
            ? Math.Sqrt(new ResponseVariance(fit, eta, error * error).Between(error * error)) : covariance.Error(Gradient(row, at));
        var (lower, upper) = settings.Method == IntervalMethod.Simulation ? Simulated(row)
            : settings.Groups == GroupsAs.Unseen ? Ends(eta, error) : OnTheLink(at.Value, meanError);
        return new PredictedMean(labels[row], eta, error, at.Value, meanError, lower, upper);
    }

    private PredictedMean OfKnown(int row, (double Eta, double Error) known)
    {
        var at = InverseLink.At(fit.Link, known.Eta);
        var (lower, upper) = Ends(known.Eta, known.Error);
        return new PredictedMean(labels[row], known.Eta, known.Error, at.Value, at.Slope * known.Error, lower, upper);
    }

    private (double Lower, double Upper) Ends(double eta, double error) =>
        (InverseLink.At(fit.Link, eta - half * error).Value, InverseLink.At(fit.Link, eta + half * error).Value);

    // All rows share the draws of the estimates, and of an unseen group's effect in standard deviations.
    private (double[] Change, double Z)[] Draw()
    {
        var random = new Random(settings.Seed);
        return [.. Enumerable.Range(0, settings.Draws).Select(_ => (covariance.Draw(random), StandardNormal.Draw(random)))];
    }

    // On the scale of the link the interval stays within the range of the mean.
    private (double Lower, double Upper) OnTheLink(double mean, double error)
    {
        var eta = InverseLink.Of(fit.Link, mean);
        return error == 0 ? (mean, mean) : Ends(eta, error / InverseLink.At(fit.Link, eta).Slope);
    }

    private double[] Gradient(int row, AveragedMean at)
    {
        var gradient = new double[covariance.Size];
        for (var k = 0; k < rows.Columns.Length; k++) gradient[k] = at.Slope * rows.Columns[k][row];
        if (settings.Groups == GroupsAs.AtZero) return gradient;
        var place = rows.Columns.Length;
        foreach (var effect in rows.Random)
        {
            foreach (var one in effect.Columns)
            {
                foreach (var other in effect.Columns) gradient[place++] = at.VarianceSlope * one[row] * other[row];
            }
        }

        return gradient;
    }

    private (double Lower, double Upper) Simulated(int row)
    {
        var means = new double[settings.Draws];
        var (byFixed, byVariance) = (Gradient(row, new AveragedMean(0, 1, 0)), Gradient(row, new AveragedMean(0, 0, 1)));
        for (var draw = 0; draw < means.Length; draw++)
        {
            var (change, z) = draws[draw];
            var (eta, variance) = (rows.FixedPart[row], variances[row]);
            for (var k = 0; k < change.Length; k++)
            {
                eta += byFixed[k] * change[k];
                variance += byVariance[k] * change[k];
            }

            variance = Math.Max(variance, 0);
            means[draw] = settings.Groups switch
            {
                GroupsAs.Unseen => InverseLink.At(fit.Link, eta + Math.Sqrt(variance) * z).Value,
                GroupsAs.AtZero => InverseLink.At(fit.Link, eta).Value,
                _ => AveragedMean.At(fit.Link, eta, variance).Value,
            };
        }

        return Quantiles.Central(means, settings.Level);
    }
}
