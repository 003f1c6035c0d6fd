using Caseload.MixedModels.Likelihoods;

namespace Caseload.MixedModels.Inference.Robustness;

/// <summary>The sum of the marginal log-likelihoods of groups, each times the weight of its group.</summary>
/// <param name="parts">The log-likelihood of each group, in the parameters of all.</param>
/// <param name="weights">The weights.</param>
internal sealed class WeightedLikelihood(IReadOnlyList<ILogLikelihood> parts, double[] weights) : ILogLikelihood
{
    // The first mode of each group, and their number at the end.
    private readonly int[] firstModes = Firsts(parts);

    /// <inheritdoc/>
    public int ModeCount => firstModes[^1];

    /// <inheritdoc/>
    public int FirstRandomParameter => parts[0].FirstRandomParameter;

    /// <inheritdoc/>
    public int DispersionParameters => parts[0].DispersionParameters;

    /// <inheritdoc/>
    public double LargestDeviation => parts[0].LargestDeviation;

    /// <summary>The gradient of each group, times its weight, where derivatives were last computed.</summary>
    internal double[][] Scores { get; } = new double[parts.Count][];

    /// <inheritdoc/>
    public LikelihoodPoint Evaluate(double[] point, double[] modes) => WithExactHessian(point, Rough(point, modes));

    /// <inheritdoc/>
    public LikelihoodPoint Confirm(double[] point) => parts[0].HasExactHessian
        ? Sum(point.Length, group => parts[group].Confirm(point)) : Evaluate(point, new double[ModeCount]);

    /// <inheritdoc/>
    public double Value(double[] point)
    {
        var value = 0.0;
        for (var group = 0; group < parts.Count; group++) value += weights[group] * parts[group].Value(point);
        return value;
    }

    /// <inheritdoc/>
    public ILogLikelihood Another() => new WeightedLikelihood([.. parts.Select(part => part.Another())], weights);

    private static int[] Firsts(IReadOnlyList<ILogLikelihood> parts)
    {
        var firsts = new int[parts.Count + 1];
        for (var group = 0; group < parts.Count; group++) firsts[group + 1] = firsts[group] + parts[group].ModeCount;
        return firsts;
    }

    private LikelihoodPoint Rough(double[] point, double[] modes) =>
        Sum(point.Length, group => parts[group].Evaluate(point, modes[firstModes[group]..firstModes[group + 1]]));

    // By differences of the sum's gradient: steps that suit it are short for every group, while one that suits a group which hardly tells a
    // parameter may be long. The scores stay those of the point itself.
    private LikelihoodPoint WithExactHessian(double[] point, LikelihoodPoint rough)
    {
        if (parts[0].HasExactHessian || !rough.ModesFound) return rough;
        double[][] scores = [.. Scores];
        var exact = rough with
        {
            Hessian = CentralDifferences.Hessian(at => Rough(at, rough.Modes).Gradient, point, rough.Hessian),
        };
        scores.CopyTo(Scores, 0);
        return exact;
    }

    private LikelihoodPoint Sum(int size, Func<int, LikelihoodPoint> of)
    {
        var points = new LikelihoodPoint[parts.Count];
        Parallel.For(0, points.Length, group => points[group] = of(group));
        var sum = new LikelihoodPoint(0, new double[size], new double[size, size], [.. points.SelectMany(at => at.Modes)], [])
        {
            ModeGradients = [.. points.SelectMany(at => at.ModeGradients)],
            ModesFound = points.All(at => at.ModesFound),
        };
        var value = 0.0;
        for (var group = 0; group < points.Length; group++)
        {
            var (at, weight) = (points[group], weights[group]);
            Scores[group] = [.. at.Gradient.Select(slope => weight * slope)];
            value += weight * at.LogLikelihood;
            for (var row = 0; row < size; row++)
            {
                sum.Gradient[row] += Scores[group][row];
                for (var column = 0; column < size; column++) sum.Hessian[row, column] += weight * at.Hessian[row, column];
            }
        }

        return sum with { LogLikelihood = value };
    }
}
