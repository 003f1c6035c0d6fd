using Caseload.MixedModels.Likelihoods;

namespace Caseload.MixedModels.Inference.Robustness;

/// <summary>The sum of the marginal log-likelihoods of groups with a random intercept, each times the weight of its group.</summary>
/// <param name="parts">The log-likelihood of each group, in the parameters of all.</param>
/// <param name="weights">The weights.</param>
internal sealed class WeightedLikelihood(IReadOnlyList<ILogLikelihood> parts, double[] weights) : ILogLikelihood
{
    /// <inheritdoc/>
    public int ModeCount => parts.Count;

    /// <inheritdoc/>
    public int FirstRandomParameter => parts[0].FirstRandomParameter;

    /// <summary>The gradient of each group, times its weight, where the likelihood was last computed.</summary>
    internal double[][] Scores { get; } = new double[parts.Count][];

    /// <inheritdoc/>
    public LikelihoodPoint Evaluate(double[] point, double[] modes)
    {
        var size = point.Length;
        var slopes = new double[parts.Count * size];
        var sum = new LikelihoodPoint(0, new double[size], new double[size, size], (double[])modes.Clone(), new double[parts.Count])
        {
            ModeGradients = slopes,
        };
        var (value, found) = (0.0, true);
        for (var group = 0; group < parts.Count; group++)
        {
            var (at, weight) = (parts[group].Evaluate(point, [modes[group]]), weights[group]);
            (sum.Modes[group], sum.Precisions[group], sum.Weights[group]) = (at.Modes[0], at.Precisions[0], at.Weights[0]);
            at.ModeGradients.CopyTo(slopes.AsSpan(group * size));
            Scores[group] = [.. at.Gradient.Select(slope => weight * slope)];
            value += weight * at.LogLikelihood;
            found &= at.ModesFound;
            for (var row = 0; row < size; row++)
            {
                sum.Gradient[row] += Scores[group][row];
                for (var column = 0; column < size; column++) sum.Hessian[row, column] += weight * at.Hessian[row, column];
            }
        }

        return sum with { LogLikelihood = value, ModesFound = found };
    }

    /// <inheritdoc/>
    public LikelihoodPoint Confirm(double[] point) => Evaluate(point, new double[ModeCount]);

    /// <inheritdoc/>
    public double Value(double[] point)
    {
        var value = 0.0;
        for (var group = 0; group < parts.Count; group++) value += weights[group] * parts[group].Value(point);
        return value;
    }

    /// <inheritdoc/>
    public ILogLikelihood Another() => new WeightedLikelihood([.. parts.Select(part => part.Another())], weights);
}
