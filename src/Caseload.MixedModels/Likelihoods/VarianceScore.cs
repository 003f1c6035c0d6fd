namespace Caseload.MixedModels.Likelihoods;

/// <summary>
/// What the model without a random effect tells of the variance between groups: where each group's log-likelihood is taken as quadratic in
/// its effect, D u - S u^2/2, the marginal likelihood of the variance v is a sum over groups of v D^2 / (2 (1 + v S)) - log(1 + v S)/2. It
/// costs no pass over the cells.
/// </summary>
internal static class VarianceScore
{
    // Standard deviations that the start is looked for between.
    private const double Least = 1e-3;
    private const double Largest = 10;
    private const int Bisections = 30;

    /// <summary>The standard deviation that maximises it, roughly.</summary>
    /// <param name="pooled">The likelihood at a maximum without the random effect, where the mode of a group moves with sigma by D.</param>
    internal static double Maximum(LikelihoodPoint pooled) =>
        Maximum([.. Enumerable.Range(0, pooled.Weights.Length).Select(group => Score(pooled, group))], pooled.Weights);

    /// <summary>The same of groups with scores D and weights S.</summary>
    internal static double Maximum(ReadOnlySpan<double> scores, ReadOnlySpan<double> weights)
    {
        var (low, high) = (Math.Log(Least), Math.Log(Largest));
        for (var step = 0; step < Bisections; step++)
        {
            var middle = (low + high) / 2;
            if (Slope(scores, weights, Math.Exp(2 * middle)) > 0) low = middle;
            else high = middle;
        }

        return Math.Exp((low + high) / 2);
    }

    /// <summary>The mode of each group's standardised effect at a standard deviation.</summary>
    internal static double[] Modes(LikelihoodPoint pooled, double sigma) =>
        [.. pooled.Weights.Select((weight, group) => sigma * Score(pooled, group) / (1 + sigma * sigma * weight))];

    // Twice the derivative by the variance.
    private static double Slope(ReadOnlySpan<double> scores, ReadOnlySpan<double> weights, double variance)
    {
        var sum = 0.0;
        for (var group = 0; group < weights.Length; group++)
        {
            var shrunk = 1 / (1 + variance * weights[group]);
            sum += (scores[group] * scores[group] * shrunk - weights[group]) * shrunk;
        }

        return sum;
    }

    private static double Score(LikelihoodPoint pooled, int group) => pooled.ModeGradients[(group + 1) * pooled.Gradient.Length - 1];
}
