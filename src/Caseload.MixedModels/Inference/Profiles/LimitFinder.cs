using System.Globalization;
using Caseload.MixedModels.Likelihoods;
using Caseload.MixedModels.Numerics;

namespace Caseload.MixedModels.Inference.Profiles;

/// <summary>A limit of a quantity.</summary>
/// <param name="Value">The quantity there; infinite, or not-a-number where it was not found.</param>
/// <param name="Remark">What a reader must know of it, or null.</param>
internal sealed record Limit(double Value, string? Remark = null);

/// <summary>
/// Finds limits of quantities: along the tangent of the profile, and where that fails from the profile itself, whose range may end before
/// the limit.
/// </summary>
/// <param name="model">The fit's likelihood.</param>
/// <param name="likelihood">The same with room of its own.</param>
/// <param name="fall">How far below its maximum the log-likelihood lies at a limit.</param>
/// <param name="cancellation">Stops between steps.</param>
internal sealed class LimitFinder(ProfileModel model, ILogLikelihood likelihood, double fall, CancellationToken cancellation)
{
    private readonly int[] movable = [.. Enumerable.Range(0, model.Peak.Point.Length).Where(k => !model.Fixed.Contains(k))];

    /// <summary>The limit of a target on one side: 1 for the upper, -1 for the lower.</summary>
    internal Limit Find(ProfileTarget target, int side)
    {
        var (quantity, peak) = (target.Quantity, model.Peak);
        var (estimate, free) = (quantity.Value(peak.Point), model.Free(quantity));
        var edge = side > 0 ? target.Upper : target.Lower;
        if (edge is not null && estimate * side >= edge.At * side)
            return new Limit(edge.At, target.SpeaksForItself
                ? $"{target.Name}: the estimate lies at the end of its range, and so does the limit." : null);
        if (target.Inside is null && new TangentSearch(likelihood, quantity, free, cancellation).Find(peak, fall, side) is { } found)
        {
            var value = quantity.Value(found.Point);
            var isInside = (value - estimate) * side > 0 && (edge is null || (edge.At - value) * side > 0);
            if (isInside && !Wakes(found, quantity)) return new Limit(value);
        }

        return Bracketed(target, side, edge);
    }

    /// <summary>The finite limit of a coefficient whose likelihood rises for ever on one side, and which side that is.</summary>
    /// <param name="start">A point of the whole design with that coefficient at 0.</param>
    /// <param name="quantity">The coefficient.</param>
    /// <param name="height">The supremum of the log-likelihood.</param>
    internal (Limit Lower, Limit Upper) OfUnbounded(Stand start, Quantity quantity, double height)
    {
        var more = start.Point.Length - model.Peak.Point.Length;
        int[] free = [.. Enumerable.Range(0, start.Point.Length).Where(k => !model.Fixed.Contains(k - more))];
        var maximum = new HeldMaximum(likelihood, quantity, free, cancellation);
        if (maximum.Find(start, 0) is not { } held) return (new Limit(double.NaN), new Limit(double.NaN));
        var direction = quantity.Gradient(held.Point);
        var side = Vectors.Dot(direction, held.At.Gradient) > 0 ? 1 : -1;
        var step = 1 / Math.Sqrt(free.Where(k => direction[k] != 0).Max(k => -held.At.Hessian[k, k] / (direction[k] * direction[k])));
        var bracket = new BracketSearch(maximum, quantity, height, fall);
        var limit = new Limit(held.Value > height - fall
            ? bracket.Beyond(held, -side * step, -side * double.PositiveInfinity).Limit : bracket.Towards(held, side * step));
        var infinite = new Limit(side * double.PositiveInfinity);
        return side > 0 ? (limit, infinite) : (infinite, limit);
    }

    private Limit Bracketed(ProfileTarget target, int side, Edge? edge)
    {
        // What rests at 0 may move on the way.
        var (quantity, peak) = (target.Quantity, model.Peak);
        var bracket = new BracketSearch(new HeldMaximum(likelihood, quantity, movable, cancellation), quantity, peak.Value, fall);
        if (edge is { Held.Length: > 0 } && OnEdge(edge) is { } end && end.Value >= peak.Value - fall)
            return new Limit(edge.At, Words(target, edge, end));
        if (Inner(target) is not { } inner) return NotFound(target, side);
        var near = quantity.Value(inner.Point);
        var step = new LocalModel(inner, quantity, model.Free(quantity), 0).Spread * Math.Sqrt(2 * fall);
        var (limit, last) = bracket.Beyond(inner, side * Math.Min(step, 1 + Math.Abs(near)), edge?.Near ?? side * double.PositiveInfinity);
        if (double.IsNaN(limit)) return NotFound(target, side);
        if (double.IsFinite(limit)) return new Limit(limit);
        return edge is null ? new Limit(limit, $"{target.Name}: the profile does not fall so far before the end of the range, where the "
            + "limit is put.") : new Limit(edge.At, Words(target, edge, last));
    }

    // Where the search begins: at the maximum, unless the quantity is infinite there or has no slope. Then at the maximum with the quantity
    // somewhat inside of the range.
    private Stand? Inner(ProfileTarget target)
    {
        if (target.Inside is null) return model.Peak;
        var point = target.Inside(model.Peak.Point);
        var start = new Stand(point, likelihood.Evaluate(point, new double[likelihood.ModeCount]));
        return new HeldMaximum(likelihood, target.Quantity, movable, cancellation).Find(start, target.Quantity.Value(point));
    }

    private Stand? OnEdge(Edge edge)
    {
        var found = Without(edge.Held, edge.Start(model.Peak.Point)) is { } on && edge.Holds(on.Point) ? on : null;
        return edge.Corners.Select(corner => Without(corner, model.Peak.Point)).Append(found).OfType<Stand>().MaxBy(stand => stand.Value);
    }

    // The maximum with some parameters at 0.
    private Stand? Without(int[] held, double[] point)
    {
        double[] start = [.. point.Select((value, k) => held.Contains(k) ? 0 : value)];
        var stand = new Stand(start, likelihood.Evaluate(start, new double[likelihood.ModeCount]));
        return new HeldMaximum(likelihood, Quantity.None, [.. movable.Except(held)], cancellation).FindAnywhere(stand);
    }

    // Whether the likelihood, with the quantity held, rises with a standard deviation that was kept at 0.
    private bool Wakes(Stand stand, Quantity quantity)
    {
        if (model.Resting.Length == 0) return false;
        var there = new LocalModel(stand, quantity, movable, new LocalModel(stand, quantity, movable, 0).Multiplier);
        return model.Resting.Any(k => stand.Point[k] == 0 && there.CurvesUp(k));
    }

    // A singular fit has no bootstrap either.
    private Limit NotFound(ProfileTarget target, int side) => new(double.NaN,
        $"{target.Name}: the {(side > 0 ? "upper" : "lower")} limit was not found" + (model.Resting.Length == 0
            ? "; take the parametric bootstrap for it." : ", the fit being singular; drop a random effect or its correlation."));

    private string? Words(ProfileTarget target, Edge edge, Stand end)
    {
        if (!target.SpeaksForItself) return null;
        var statistic = 2 * (model.Peak.Value - end.Value);
        var name = target.Name;
        if (edge.At != 0) return $"{name}: the interval reaches the end of the range.";
        var p = ChiSquare.MixtureTail(Math.Max(statistic, 0), edge.Parameters);
        var mixture = $"{edge.Parameters - 1} and {edge.Parameters} degrees of freedom";
        return $"{name}: 0 lies within the interval, whose limits are cut by chi-square with 1 degree of freedom. 0 ends the range: "
            + string.Create(CultureInfo.InvariantCulture, $"its test by the mixture of {mixture} has p = {p:F4}.");
    }
}
