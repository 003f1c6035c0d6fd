namespace Caseload.MixedModels.Likelihoods;

/// <summary>
/// Means over a group's nodes, weighted by their shares. With h(b) the logarithm of the integrand, "tilted" is a mean of z times it,
/// "square" of z^2.
/// </summary>
/// <param name="Slope">The mean of h_b.</param>
/// <param name="TiltedSlope">The mean of z h_b.</param>
/// <param name="Curve">The mean of h_bb.</param>
/// <param name="TiltedCurve">The mean of z h_bb.</param>
/// <param name="SquareCurve">The mean of z^2 h_bb.</param>
/// <param name="MixedSigma">The mean of h_(sigma b).</param>
/// <param name="TiltedMixedSigma">The mean of z h_(sigma b).</param>
/// <param name="SquareWeight">The mean of -h_(sigma sigma), b^2 times the sum of weights.</param>
internal readonly record struct NodeMeans(double Slope, double TiltedSlope, double Curve, double TiltedCurve, double SquareCurve,
    double MixedSigma, double TiltedMixedSigma, double SquareWeight)
{
    internal static NodeMeans Of(ReadOnlySpan<NodeSums> nodes, double sigma)
    {
        var sum = default(NodeMeans);
        foreach (var (z, b, share, score, weight) in nodes)
        {
            if (share == 0) continue;
            var slope = share * (sigma * score - b);
            var curve = -share * (1 + sigma * sigma * weight);
            var mixed = share * (score - sigma * b * weight);
            sum = new NodeMeans(sum.Slope + slope, sum.TiltedSlope + z * slope, sum.Curve + curve, sum.TiltedCurve + z * curve,
                sum.SquareCurve + z * z * curve, sum.MixedSigma + mixed, sum.TiltedMixedSigma + z * mixed,
                sum.SquareWeight + share * b * b * weight);
        }

        return sum;
    }
}
