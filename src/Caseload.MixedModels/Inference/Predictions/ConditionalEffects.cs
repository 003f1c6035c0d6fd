using Caseload.Frames;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Rows;
using Caseload.MixedModels.Likelihoods;
using Caseload.MixedModels.ModelFrames;
using MathNet.Numerics.LinearAlgebra;

namespace Caseload.MixedModels.Inference.Predictions;

/// <summary>
/// The random effects given the data: their modes, how they move with the fixed effects, and their conditional covariance
/// C = (Z'WZ + Sigma^-1)^-1, group by group or, where groups of several groupings share observations, for those that hang together.
/// </summary>
internal sealed class ConditionalEffects
{
    // The matrices of groups that hang together are held whole.
    private const int MostTogether = 2000;

    private readonly MixedModelFit fit;
    private readonly PredictorRows rows;
    private readonly ModelFrame frame;
    private readonly IReadOnlyList<EffectRows>[] effects;
    private readonly int[] firstNode;
    private readonly int[] component;
    private readonly int[] place;
    private readonly EffectComponent[] components;

    internal ConditionalEffects(MixedModelFit fit)
    {
        (this.fit, rows, frame) = (fit, PredictorRows.OfData(fit), PredictorRows.Data(fit).Frame);
        effects = [.. frame.Groupings.Select(g => rows.Random.Where(random => random.Effect.Group == g.Groups.Name).ToArray())];
        firstNode = new int[effects.Length + 1];
        for (var g = 0; g < effects.Length; g++) firstNode[g + 1] = firstNode[g] + frame.Groupings[g].Groups.Size;
        (Modes, LinearPredictor) = ModalRows.Of(fit, rows, frame);
        component = Together();
        (place, components) = Build();
        Add();
    }

    /// <summary>The modes, by grouping, group and effect.</summary>
    internal double[][][] Modes { get; }

    /// <summary>The fixed and the random part of the linear predictor of each row of the data, at the modes.</summary>
    internal double[] LinearPredictor { get; }

    /// <summary>The rows of the data.</summary>
    internal PredictorRows Rows => rows;

    /// <summary>The groupings, with the groups of the data.</summary>
    internal IReadOnlyList<Grouping> Groupings => frame.Groupings;

    /// <summary>The group that a node is the first of: what its effects belong to, and where they stand there.</summary>
    internal (EffectComponent Component, int First) Of(int grouping, int group)
    {
        var node = firstNode[grouping] + group;
        return (components[component[node]], place[node]);
    }

    /// <summary>The kernel of the family, at its dispersion.</summary>
    internal static ResponseKernel Kernel(MixedModelFit fit) => fit.Family == Family.NegativeBinomial && double.IsFinite(fit.Dispersion)
        ? new NegativeBinomialKernel(Math.Log(fit.Dispersion)) : ResponseKernel.Of(fit.Family, fit.Link);

    // For each group the number of its component: groups that share an observation, directly or by way of others, are in one.
    private int[] Together()
    {
        var leader = Enumerable.Range(0, firstNode[^1]).ToArray();
        for (var row = 0; row < rows.Count; row++)
        {
            for (var g = 1; g < effects.Length; g++) leader[Find(Node(g, row))] = Find(Node(0, row));
        }

        var numbers = new Dictionary<int, int>();
        return [.. leader.Select((_, node) =>
        {
            if (!numbers.TryGetValue(Find(node), out var number)) numbers.Add(Find(node), number = numbers.Count);
            return number;
        })];

        int Find(int node)
        {
            while (leader[node] != node) node = leader[node] = leader[leader[node]];
            return node;
        }
    }

    private int Node(int grouping, int row) => firstNode[grouping] + frame.Groupings[grouping].Groups.Codes[row];

    private (int[] Place, EffectComponent[] Components) Build()
    {
        var (starts, count) = (new int[component.Length], component.Length == 0 ? 0 : component.Max() + 1);
        var roots = Enumerable.Range(0, count).Select(_ => new List<double[,]>()).ToArray();
        var sizes = new int[count];
        for (var g = 0; g < effects.Length; g++)
        {
            double[][,] blocks = [.. effects[g].Select(block => Root(block.Effect))];
            for (var node = firstNode[g]; node < firstNode[g + 1]; node++)
            {
                starts[node] = sizes[component[node]];
                sizes[component[node]] += blocks.Sum(block => block.GetLength(0));
                roots[component[node]].AddRange(blocks);
            }
        }

        if (sizes.DefaultIfEmpty().Max() > MostTogether)
            throw new ProblemException(new Problem(ProblemKind.WrongUsage,
                FormattableString.Invariant($"{sizes.Max()} random effects of crossed or nested groups that hang together"),
                FormattableString.Invariant($"at most {MostTogether}"), fit.Formula,
                "Take the means in known groups from Predict(data) without intervals, or predict averaged over groups."));
        return (starts, [.. sizes.Select((size, c) => new EffectComponent(size, rows.Columns.Length, roots[c]))]);
    }

    // A root of the covariance matrix, which may be singular.
    private static double[,] Root(RandomEffect effect)
    {
        var size = effect.Terms.Count;
        var covariance = Matrix<double>.Build.Dense(size, size, (row, column) => effect.Covariance[row][column]);
        var decomposition = covariance.Evd(Symmetricity.Symmetric);
        return Matrix<double>.Build.Dense(size, size, (row, k) =>
            decomposition.EigenVectors[row, k] * Math.Sqrt(Math.Max(decomposition.EigenValues[k].Real, 0))).ToArray();
    }

    private void Add()
    {
        var (kernel, response) = (Kernel(fit), frame.Response);
        var divisor = fit.Family == Family.Gaussian ? fit.Dispersion : 1;
        var x = new double[rows.Columns.Length];
        var z = new List<(int Place, double Value)>();
        for (var row = 0; row < rows.Count; row++)
        {
            z.Clear();
            for (var g = 0; g < effects.Length; g++)
            {
                var (group, effect) = (frame.Groupings[g].Groups.Codes[row], 0);
                foreach (var column in effects[g].SelectMany(block => block.Columns))
                    z.Add((place[firstNode[g] + group] + effect++, column[row]));
            }

            for (var k = 0; k < x.Length; k++) x[k] = rows.Columns[k][row];
            var weight = kernel.At(response.Successes[row], response.Trials[row], LinearPredictor[row]).Weight / divisor;
            components[component[Node(0, row)]].Add(z, x, weight);
        }
    }
}
