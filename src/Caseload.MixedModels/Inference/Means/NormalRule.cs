using Caseload.MixedModels.Likelihoods;

namespace Caseload.MixedModels.Inference.Means;

/// <summary>Points and weights for the mean of a function of eta + sqrt(v) Z over a standard normal Z.</summary>
/// <remarks>
/// Up to a variance of 0.5 Gauss-Hermite quadrature. The functions here, averaged over a wider distribution, have poles (logit) or grow
/// (cloglog) at a distance from the real axis that is short against it, where Gauss-Hermite converges slowly; the trapezoid rule's error
/// falls exponentially with the number of points still (Goodwin 1949; Trefethen and Weideman 2014).
/// </remarks>
internal sealed class NormalRule
{
    private const int FewPoints = 15;
    private const int Points = 41;
    private const double TinyVariance = 0.1;
    private const double SmallVariance = 0.5;

    // The step of the trapezoid rule in units of the linear predictor, and how many standard deviations it covers.
    private const double Step = 0.3;
    private const double Reach = 8.5;

    // Standard deviations double from rule to rule; the last serves all beyond.
    private const int Rules = 8;

    private static readonly NormalRule Tiny = GaussHermiteRule(FewPoints);
    private static readonly NormalRule Small = GaussHermiteRule(Points);

    private static readonly NormalRule[] Wide =
        [.. Enumerable.Range(0, Rules).Select(doublings => Trapezoid(Step / Math.Pow(2, doublings)))];

    private NormalRule(double[] nodes, double[] weights) => (Nodes, Weights) = (nodes, weights);

    internal double[] Nodes { get; }

    /// <summary>They add up to 1.</summary>
    internal double[] Weights { get; }

    /// <summary>The rule for a variance.</summary>
    internal static NormalRule For(double variance) => variance <= TinyVariance ? Tiny
        : variance <= SmallVariance ? Small : Wide[Math.Clamp((int)Math.Ceiling(Math.Log2(variance) / 2), 0, Rules - 1)];

    private static NormalRule GaussHermiteRule(int points)
    {
        var rule = GaussHermite.Of(points);
        return new NormalRule(rule.Nodes, rule.Weights);
    }

    private static NormalRule Trapezoid(double step)
    {
        var half = (int)Math.Ceiling(Reach / step);
        double[] nodes = [.. Enumerable.Range(-half, 2 * half + 1).Select(k => k * step)];
        double[] densities = [.. nodes.Select(z => Math.Exp(-z * z / 2))];
        var sum = densities.Sum();
        return new NormalRule(nodes, [.. densities.Select(density => density / sum)]);
    }
}
