using Caseload.MixedModels.Likelihoods;

namespace Caseload.MixedModels.Inference.Profiles;

/// <summary>
/// Goes straight to the point where a quantity is largest or smallest among those of a given log-likelihood: Newton's method on both
/// conditions at once, from the maximum along the tangent of the profile (Venzon and Moolgavkar 1988).
/// </summary>
/// <param name="likelihood">The log-likelihood.</param>
/// <param name="quantity">The quantity.</param>
/// <param name="free">The parameters that may move.</param>
/// <param name="cancellation">Stops between steps.</param>
internal sealed class TangentSearch(ILogLikelihood likelihood, Quantity quantity, int[] free, CancellationToken cancellation)
{
    // In standard errors: with exact second derivatives the step that is then taken leaves the square of it.
    private const double ShortStep = 1e-4;

    // With second derivatives that leave a part out a step leaves a share of its length.
    private const double ShorterStep = 1e-6;

    private const int MostSteps = 25;
    private const int MostHalvings = 8;

    // A step into a deviance of more than this many times the one asked for rests on an approximation that does not hold so far away.
    private const double Furthest = 3;

    /// <summary>The point, or null where the search does not end at one.</summary>
    /// <param name="peak">The maximum.</param>
    /// <param name="fall">How far the log-likelihood is to lie below it.</param>
    /// <param name="side">1 for the largest value of the quantity, -1 for the smallest.</param>
    internal Stand? Find(Stand peak, double fall, int side)
    {
        var (at, multiplier, target) = (peak, 0.0, peak.Value - fall);
        var tolerance = likelihood.HasExactHessian ? ShortStep : ShorterStep;
        for (var count = 0; count < MostSteps; count++)
        {
            cancellation.ThrowIfCancellationRequested();
            var model = new LocalModel(at, quantity, free, multiplier);
            if (model.MultiplierAt(at.Value - target, side) is not { } next) return null;
            var step = model.Step(next);
            multiplier = model.SlopeAfter(next, step);
            if (!step.All(double.IsFinite)) return null;
            if (count > 0 && model.Length(step) <= tolerance) return Last(at, step);
            if (Shortened(at, step, target - Furthest * fall) is not { } moved) return null;
            at = moved;
        }

        return null;
    }

    // The step that is short enough is taken without looking where it leads.
    private static Stand Last(Stand at, double[] step) => at with { Point = [.. at.Point.Zip(step, (value, move) => value + move)] };

    private Stand? Shortened(Stand at, double[] step, double least)
    {
        var fraction = 1.0;
        for (var halving = 0; halving < MostHalvings; halving++, fraction /= 2)
        {
            var next = at.Moved(likelihood, step, fraction);
            if (next.Value >= least) return next;
        }

        return null;
    }
}
