using Caseload.MixedModels.Numerics;

namespace Caseload.MixedModels.Likelihoods;

/// <summary>A node of a group's quadrature.</summary>
/// <param name="Node">z, the node of the rule.</param>
/// <param name="Effect">b = mode + s z, the standardised effect there.</param>
/// <param name="Share">Its share of the sum over nodes.</param>
/// <param name="Score">The sum over cells of their scores there.</param>
/// <param name="Weight">The sum over cells of their weights there.</param>
internal readonly record struct NodeSums(double Node, double Effect, double Share, double Score, double Weight);

/// <summary>
/// A group's share of the gradient and the Hessian of the log-likelihood by adaptive quadrature, exact: nodes move and spread with the
/// parameters because the mode and H do. What is a sum over cells of a weight times x x' is left to one pass over all cells. docs/method.md
/// derives every line; the names are those used there. With one node it is the Laplace approximation.
/// </summary>
/// <param name="width">The number of fixed effects; sigma is the last of width + 1 parameters.</param>
internal sealed class QuadratureDerivatives(int width)
{
    // Sums over the group's cells of w a, w' a and w'' a at the mode, and of d a at a node.
    private readonly double[] weightSum = new double[width + 1];
    private readonly double[] slopeSum = new double[width + 1];
    private readonly double[] curveSum = new double[width + 1];
    private readonly double[] scoreSum = new double[width + 1];

    // The gradients by phi of the mode, H and s, of the sums of weights and of scores at the mode, and of a node's term and their mean.
    private readonly double[] mode = new double[width + 1];
    private readonly double[] precision = new double[width + 1];
    private readonly double[] scale = new double[width + 1];
    private readonly double[] weight = new double[width + 1];
    private readonly double[] score = new double[width + 1];
    private readonly double[] term = new double[width + 1];
    private readonly double[] meanTerm = new double[width + 1];

    // The means over nodes of the columns' sums of weights, plain and times z, of h_(phi b) likewise, and partners of low rank.
    private readonly double[] meanWeightSum = new double[width];
    private readonly double[] tiltedWeightSum = new double[width];
    private readonly double[] mixed = new double[width + 1];
    private readonly double[] tiltedMixed = new double[width + 1];
    private readonly double[] modePartner = new double[width + 1];
    private readonly double[] scalePartner = new double[width + 1];
    private readonly double[] sigmaPartner = new double[width + 1];
    private readonly double[] none = new double[width + 1];
    private readonly double[] replacedSum = new double[width];
    private GroupState group;
    private NodeMeans means;
    private double ofPrecision;
    private double ofMode;

    /// <summary>Where the columns' sums at the mode are put before the rest.</summary>
    internal FourSpans Sums => new(scoreSum, weightSum, slopeSum, curveSum);

    /// <summary>Where the columns' sums of scores at the node that is added next are put.</summary>
    internal Span<double> Scores => scoreSum;

    /// <summary>Where the columns' sums of weights averaged over the nodes are put.</summary>
    internal Span<double> MeanWeights => meanWeightSum;

    /// <summary>Where the columns' sums of weights times z averaged over the nodes are put.</summary>
    internal Span<double> TiltedWeights => tiltedWeightSum;

    /// <summary>The gradient of the mode.</summary>
    internal ReadOnlySpan<double> Mode => mode;

    /// <summary>The columns' sums of the weights that <see cref="ReplaceWeights"/> puts in the place of w.</summary>
    internal ReadOnlySpan<double> ReplacedSums => replacedSum;

    /// <summary>Differentiates what the nodes rest on, the mode and H, once the columns' sums are known.</summary>
    internal void Begin(in GroupState at, NodeSums[] nodes)
    {
        group = at;
        var (sigma, b, h, sums) = at;
        means = NodeMeans.Of(nodes, sigma);
        (weightSum[width], slopeSum[width], curveSum[width]) = (b * sums.Weight, b * sums.WeightSlope, b * sums.WeightCurve);
        for (var i = 0; i <= width; i++)
        {
            var direct = i == width ? 1 : 0;
            mode[i] = (direct * sums.Score - sigma * weightSum[i]) / h;
            weight[i] = slopeSum[i] + sigma * sums.WeightSlope * mode[i];
            score[i] = -(weightSum[i] + sigma * sums.Weight * mode[i]);
            precision[i] = 2 * sigma * sums.Weight * direct + sigma * sigma * weight[i];
            scale[i] = -precision[i] / (2 * h * Math.Sqrt(h));
        }

        Array.Clear(meanTerm);

        // The factors of the second derivatives of H and of the mode.
        ofPrecision = -1 / (2 * h) - means.TiltedSlope / (2 * h * Math.Sqrt(h));
        ofMode = means.Slope + ofPrecision * sigma * sigma * sigma * sums.WeightSlope;
    }

    /// <summary>Takes a node's share of the gradient, and adds the square of its term's gradient to the Hessian.</summary>
    internal void AddNode(in NodeSums node, double[,] hessian)
    {
        var slope = group.Sigma * node.Score - node.Effect;
        scoreSum[width] = node.Effect * node.Score;
        for (var i = 0; i <= width; i++)
        {
            term[i] = Math.Sqrt(node.Share) * (scoreSum[i] + slope * (mode[i] + node.Node * scale[i]));
            meanTerm[i] += Math.Sqrt(node.Share) * term[i];
        }

        Vectors.AddLowRank(hessian, none, none, term);
    }

    /// <summary>Adds the rest: to the gradient the term of H, to the Hessian's lower triangle all but the sum of x x' over cells.</summary>
    internal void Finish(double[] gradient, double[,] hessian)
    {
        var (sigma, b, h, sums) = group;
        for (var i = 0; i < width; i++) (mixed[i], tiltedMixed[i]) = (-sigma * meanWeightSum[i], -sigma * tiltedWeightSum[i]);
        (mixed[width], tiltedMixed[width]) = (means.MixedSigma, means.TiltedMixedSigma);
        var (k, m) = (ofPrecision * sigma * sigma, ofMode * sigma / h);
        var total = k * sums.WeightCurve - m * sums.WeightSlope;
        var ofSquare = 1 / (2 * h * h) + 0.75 * means.TiltedSlope / (h * h * Math.Sqrt(h));
        for (var i = 0; i <= width; i++)
        {
            gradient[i] += meanTerm[i] - precision[i] / (2 * h);
            modePartner[i] = mixed[i] + sigma * (k * curveSum[i] - m * slopeSum[i])
                + (means.Curve + sigma * sigma * total) / 2 * mode[i] + means.TiltedCurve * scale[i];
            scalePartner[i] = tiltedMixed[i] + means.SquareCurve / 2 * scale[i];
            sigmaPartner[i] = ofPrecision * 2 * sigma * weight[i] + ofMode / h * score[i]
                + (k * sums.WeightSlope - m * sums.Weight) * mode[i];
        }

        Vectors.AddLowRank(hessian, mode, modePartner, none);
        Vectors.AddLowRank(hessian, scale, scalePartner, none);
        for (var i = 0; i <= width; i++)
        {
            for (var j = 0; j <= i; j++) hessian[i, j] += ofSquare * precision[i] * precision[j] - meanTerm[i] * meanTerm[j];
        }

        // In the row of sigma stand also the cells' own second derivatives by sigma, whose a = (x, b) ends in the effect.
        var s = 1 / Math.Sqrt(h);
        for (var j = 0; j < width; j++)
        {
            hessian[width, j] += sigmaPartner[j] + b * (k * curveSum[j] - m * slopeSum[j])
                - b * meanWeightSum[j] - s * tiltedWeightSum[j];
        }

        hessian[width, width] += 2 * sigmaPartner[width] + 2 * ofPrecision * sums.Weight + b * b * total - means.SquareWeight;
    }

    /// <summary>Puts the weights of the sum of x x' in the place of the weights w.</summary>
    internal void ReplaceWeights(in CellSpan cells, ReadOnlySpan<double> meanWeights)
    {
        var (k, m) = (ofPrecision * group.Sigma * group.Sigma, ofMode * group.Sigma / group.Precision);
        meanWeights.CopyTo(cells.Weight);
        Vectors.CombineLess(cells.Weight, (k, -m), cells.WeightCurve, cells.WeightSlope);
        for (var i = 0; i < width; i++) replacedSum[i] = k * curveSum[i] - m * slopeSum[i] - meanWeightSum[i];
    }
}
