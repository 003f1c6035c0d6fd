using Caseload.MixedModels.Likelihoods;

namespace Caseload.MixedModels.Inference.Profiles;

/// <summary>
/// Maximises a log-likelihood while a quantity is held at a value: Newton's method on the Lagrangian, steps halved until the log-likelihood
/// less a penalty for the distance from the value does not fall (Nocedal and Wright 2006, chapter 18). A standard deviation at 0, where the
/// log-likelihood is stationary whether it rises from there or falls, rests there as long as it falls.
/// </summary>
/// <param name="likelihood">The log-likelihood.</param>
/// <param name="quantity">What is held.</param>
/// <param name="free">The parameters that may move.</param>
/// <param name="cancellation">Stops between steps.</param>
internal sealed class HeldMaximum(ILogLikelihood likelihood, Quantity quantity, int[] free, CancellationToken cancellation)
{
    // In standard errors; the log-likelihood is then off by its square.
    private const double Tolerance = 1e-7;

    private const int MostSteps = 100;
    private const int MostHalvings = 30;

    // A standard deviation below this is 0.
    private const double Vanishing = 1e-6;

    // Where one begins that leaves 0; just behind the point from which on it does, the maximum is still near.
    private static readonly double[] Awake = [0.1, 0.01, 0.001];

    private readonly Range random = likelihood.FirstRandomParameter..^likelihood.DispersionParameters;

    /// <summary>The maximum with the quantity at a value; null where none was found.</summary>
    internal Stand? Find(Stand start, double value) => Climb(start, quantity, at => value - quantity.Value(at));

    /// <summary>The maximum with the quantity wherever it likes; null where none was found.</summary>
    internal Stand? FindAnywhere(Stand start) => Climb(start, Quantity.None, static _ => 0);

    private Stand? Climb(Stand start, Quantity held, Func<double[], double> missing)
    {
        var (from, resting) = Settled(start, held);
        var found = Ascend(from, [.. free.Except(resting)], held, missing);
        for (var wakes = 0; wakes < free.Length && found is { } end && Rising(end, resting, held) is { } rising; wakes++)
        {
            found = null;
            foreach (var deviation in Awake)
            {
                (from, resting) = Settled(With(end, [rising], deviation), held);
                found = Ascend(from, [.. free.Except(resting)], held, missing);
                if (found?.Value >= end.Value) break;
                found = null;
            }
        }

        return found;
    }

    private Stand? Ascend(Stand start, int[] moving, Quantity held, Func<double[], double> missing)
    {
        var (at, multiplier, penalty, isHeld) = (start, 0.0, 0.0, held != Quantity.None);
        for (var count = 0; count < MostSteps && !double.IsNaN(at.Value); count++)
        {
            cancellation.ThrowIfCancellationRequested();
            var model = new LocalModel(at, held, moving, multiplier);
            var chosen = isHeld ? model.MultiplierFor(missing(at.Point)) : 0;
            var step = model.Step(chosen);
            multiplier = isHeld ? model.SlopeAfter(chosen, step) : 0;
            if (!step.All(double.IsFinite)) return null;
            if (model.Length(step) <= Tolerance && (!isHeld || count > 0)) return at;
            penalty = Math.Max(penalty, 2 * Math.Abs(multiplier));
            if (Shortened(at, step, point => penalty * Math.Abs(missing(point))) is not { } next)
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

    // What is 0, or nearly, and would stay there: neither the log-likelihood nor the quantity has a slope.
    private (Stand From, int[] Resting) Settled(Stand start, Quantity held)
    {
        var (first, count) = random.GetOffsetAndLength(start.Point.Length);
        int[] small = [.. free.Where(k => k >= first && k < first + count && Math.Abs(start.Point[k]) < Vanishing)];
        if (small.Length == 0) return (start, []);
        var from = small.All(k => start.Point[k] == 0) ? start : With(start, small, 0);
        var slope = held.Gradient(from.Point);
        return (from, [.. small.Where(k => Math.Abs(slope[k]) < Vanishing
            && Math.Abs(from.At.Gradient[k]) < Vanishing * (1 + Math.Abs(from.At.Hessian[k, k])))]);
    }

    // The one along which it rises most: once that moves, others have slopes or need not move.
    private int? Rising(Stand stand, int[] resting, Quantity held)
    {
        if (resting.Length == 0) return null;
        var multiplier = held == Quantity.None ? 0 : new LocalModel(stand, held, free, 0).Multiplier;
        var model = new LocalModel(stand, held, free, multiplier);
        int[] rising = [.. resting.Where(model.CurvesUp)];
        return rising.Length == 0 ? null : rising.MaxBy(model.Curvature);
    }

    private Stand With(Stand stand, int[] parameters, double value)
    {
        double[] point = [.. stand.Point.Select((at, k) => parameters.Contains(k) ? value : at)];
        return new Stand(point, likelihood.Evaluate(point, new double[likelihood.ModeCount]));
    }
}
