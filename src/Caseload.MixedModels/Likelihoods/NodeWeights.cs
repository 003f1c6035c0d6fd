using Caseload.MixedModels.Numerics;

namespace Caseload.MixedModels.Likelihoods;

/// <summary>
/// The means over a group's nodes of each cell's weight, plain and times z, taken while the nodes pass, before their shares are known:
/// sums are kept relative to one node's share, and scaled anew where another grows beyond all proportion.
/// </summary>
/// <param name="largest">The most cells of a group.</param>
internal sealed class NodeWeights(int largest)
{
    private const double Proportion = 600;

    private readonly double[] mean = new double[largest];
    private readonly double[] tilted = new double[largest];
    private double reference;
    private int count;

    /// <summary>The mean of the weights.</summary>
    internal Span<double> Mean => mean.AsSpan(0, count);

    /// <summary>The mean of z times the weights.</summary>
    internal Span<double> Tilted => tilted.AsSpan(0, count);

    /// <summary>Begins a group.</summary>
    internal void Clear(int cells)
    {
        (count, reference) = (cells, double.NaN);
        Mean.Clear();
        Tilted.Clear();
    }

    /// <summary>Takes a node.</summary>
    /// <param name="node">z.</param>
    /// <param name="logShare">The logarithm of its term in the sum over nodes.</param>
    /// <param name="weights">The weights of the cells there.</param>
    internal void Add(double node, double logShare, ReadOnlySpan<double> weights)
    {
        if (double.IsNaN(reference)) reference = logShare;
        if (logShare > reference + Proportion)
        {
            Scale(Math.Exp(reference - logShare));
            reference = logShare;
        }

        var share = Math.Exp(logShare - reference);

        // A node without a share may lie where a mean overflows.
        if (share == 0) return;
        Vectors.AddTimes(Mean, share, weights);
        Vectors.AddTimes(Tilted, share * node, weights);
    }

    /// <summary>Ends the group.</summary>
    /// <param name="logTotal">The logarithm of the sum over nodes.</param>
    internal void Complete(double logTotal) => Scale(Math.Exp(reference - logTotal));

    private void Scale(double factor)
    {
        Vectors.Multiply(Mean, factor);
        Vectors.Multiply(Tilted, factor);
    }
}
