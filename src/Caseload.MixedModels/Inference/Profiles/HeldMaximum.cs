using Caseload.MixedModels.Likelihoods;

namespace Caseload.MixedModels.Inference.Profiles;

/// <summary>
/// Maximises a log-likelihood while a quantity is held at a value: Newton's method on the Lagrangian, steps halved until the log-likelihood
/// less a penalty for the distance from the value does not fall (Nocedal and Wright 2006, chapter 18).
/// </summary>
/// <param name="likelihood">The log-likelihood.</param>
/// <param name="quantity">What is held.</param>
/// <param name="free">The parameters that may move.</param>
internal sealed class HeldMaximum(ILogLikelihood likelihood, Quantity quantity, int[] free)
{
    // In standard errors; the log-likelihood is then off by its square.
    private const double Tolerance = 1e-7;

    private const int MostSteps = 100;
    private const int MostHalvings = 30;

    /// <summary>The maximum with the quantity at a value; null where none was found.</summary>
    internal Stand? Find(Stand start, double value) => Climb(start, at => value - quantity.Value(at));

    /// <summary>The maximum with the quantity wherever it likes; null where none was found.</summary>
    internal Stand? FindAnywhere(Stand start) => Climb(start, null);

    private Stand? Climb(Stand start, Func<double[], double>? missing)
    {
        var (at, multiplier, penalty) = (start, 0.0, 0.0);
        var random = likelihood.FirstRandomParameter..^likelihood.DispersionParameters;
        for (var count = 0; count < MostSteps && !double.IsNaN(at.Value); count++)
        {
            var model = new LocalModel(at, missing is null ? Quantity.None : quantity, free, multiplier);
            var chosen = missing is null ? 0 : model.MultiplierFor(missing(at.Point));
            var step = model.Step(chosen);
            multiplier = missing is null ? 0 : model.SlopeAfter(chosen, step);
            if (!step.All(double.IsFinite)) return null;
            if (model.Length(step) <= Tolerance && (missing is null || count > 0)) return at;
            penalty = Math.Max(penalty, 2 * Math.Abs(multiplier));
            if (Shortened(at, step, point => missing is null ? 0 : penalty * Math.Abs(missing(point))) is not { } next)
                return model.Length(step) <= Math.Sqrt(Tolerance) ? at : null;
            if (next.Point[random].Any(value => Math.Abs(value) > likelihood.LargestDeviation)) return null;
            at = next;
        }

        return null;
    }

    private Stand? Shortened(Stand at, double[] step, Func<double[], double> penalty)
    {
        var least = at.Value - penalty(at.Point) - 1e-12 * (1 + Math.Abs(at.Value));
        var fraction = 1.0;
        for (var halving = 0; halving < MostHalvings; halving++, fraction /= 2)
        {
            var next = at.Moved(likelihood, step, fraction);
            if (next.Value - penalty(next.Point) >= least) return next;
        }

        return null;
    }
}
