namespace Caseload.MixedModels.Likelihoods;

/// <summary>The derivatives of the log-likelihood by the linear predictor: of one cell, or summed over the cells of a group.</summary>
/// <param name="LogLikelihood">The log-likelihood l, less what depends on no parameter.</param>
/// <param name="Score">The first derivative.</param>
/// <param name="Weight">w, the negative second derivative: observed information.</param>
/// <param name="WeightSlope">dw/deta.</param>
/// <param name="WeightCurve">d2w/deta2.</param>
internal readonly record struct KernelSums(double LogLikelihood, double Score, double Weight, double WeightSlope, double WeightCurve)
{
    /// <summary>The derivatives that the search for a mode needs.</summary>
    internal SlopeSums Slopes => new(Score, Weight, WeightSlope);

    public static KernelSums operator +(KernelSums a, KernelSums b) => new(a.LogLikelihood + b.LogLikelihood, a.Score + b.Score,
        a.Weight + b.Weight, a.WeightSlope + b.WeightSlope, a.WeightCurve + b.WeightCurve);
}

/// <summary>The first derivatives alone.</summary>
/// <param name="Score">The first derivative.</param>
/// <param name="Weight">w, the negative second derivative.</param>
/// <param name="WeightSlope">dw/deta.</param>
internal readonly record struct SlopeSums(double Score, double Weight, double WeightSlope)
{
    public static SlopeSums operator +(SlopeSums a, SlopeSums b) =>
        new(a.Score + b.Score, a.Weight + b.Weight, a.WeightSlope + b.WeightSlope);
}
