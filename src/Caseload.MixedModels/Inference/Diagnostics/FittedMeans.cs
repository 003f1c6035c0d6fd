using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Means;
using Caseload.MixedModels.Inference.Rows;

namespace Caseload.MixedModels.Inference.Diagnostics;

/// <summary>Rows of data with the means that a fit gives them.</summary>
/// <param name="Fitted">The mean of each row, of one trial where it is binomial.</param>
/// <param name="Sums">The successes; of counts and numbers the response times its weight.</param>
/// <param name="Weights">The trials, or weights.</param>
internal sealed record FittedMeans(double[] Fitted, double[] Sums, double[] Weights)
{
    /// <summary>The rows of a fit, in their own groups at the modes.</summary>
    internal static FittedMeans Of(MixedModelFit fit)
    {
        var (rows, frame) = (PredictorRows.OfData(fit), PredictorRows.Data(fit).Frame);
        return new FittedMeans([.. ModalRows.Of(fit, rows, frame).LinearPredictor.Select(eta => InverseLink.At(fit.Link, eta).Value)],
            frame.Response.Successes, frame.Response.Trials);
    }

    /// <summary>The variance of one trial, count or number about its mean.</summary>
    internal static double Variance(MixedModelFit fit, double mean) => fit.Family switch
    {
        Family.Binomial => mean * (1 - mean),
        Family.Poisson => mean,
        Family.NegativeBinomial => mean + mean * mean / fit.Dispersion,
        _ => fit.Dispersion,
    };
}
