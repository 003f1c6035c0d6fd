using Caseload.MixedModels.Inference.Means;

namespace Caseload.MixedModels.Inference.GroupComparisons;

/// <summary>
/// How many standard errors wide intervals must be for two that do not overlap to differ at a level, on average over the pairs of groups
/// (Goldstein and Healy 1995).
/// </summary>
internal static class PairMultiplier
{
    // Of more groups than these, as many quantiles of their standard errors stand for all.
    private const int MostErrors = 300;

    private const int Bisections = 60;

    /// <summary>The multiplier: 1.39 at 95% where errors are alike, more where they differ.</summary>
    /// <param name="errors">The standard errors of the groups.</param>
    /// <param name="level">One less the chance that two equal groups are told apart.</param>
    internal static double Of(IReadOnlyList<double> errors, double level)
    {
        double[] chosen = [.. errors.Where(error => error > 0).Order()];
        var normal = StandardNormal.HalfWidth(level);
        if (chosen.Length < 2) return normal / Math.Sqrt(2);
        if (chosen.Length > MostErrors)
            chosen = [.. Enumerable.Range(0, MostErrors).Select(k => Quantiles.Of(chosen, (k + 0.5) / MostErrors))];
        var (low, high) = (normal / Math.Sqrt(2), normal);
        for (var step = 0; step < Bisections; step++)
        {
            var middle = (low + high) / 2;
            if (Chance(chosen, middle) > 1 - level) low = middle;
            else high = middle;
        }

        return (low + high) / 2;
    }

    /// <summary>The chance, on average over pairs, that intervals of two equal groups do not overlap.</summary>
    internal static double Chance(double[] errors, double multiplier)
    {
        var sum = 0.0;
        for (var i = 0; i < errors.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                sum += StandardNormal.Beyond(multiplier * (errors[i] + errors[j])
                    / Math.Sqrt(errors[i] * errors[i] + errors[j] * errors[j]));
            }
        }

        return sum / (errors.Length * (errors.Length - 1) / 2.0);
    }
}
