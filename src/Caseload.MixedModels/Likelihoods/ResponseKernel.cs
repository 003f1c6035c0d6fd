using Caseload.MixedModels.Designs;

namespace Caseload.MixedModels.Likelihoods;

/// <summary>The derivatives of the log-likelihood by the linear predictor: of one cell, or summed over the cells of a group.</summary>
/// <param name="LogLikelihood">The log-likelihood l, less what depends on no parameter.</param>
/// <param name="Score">The first derivative.</param>
/// <param name="Weight">w, the negative second derivative: observed information.</param>
/// <param name="WeightSlope">dw/deta.</param>
/// <param name="WeightCurve">d2w/deta2.</param>
internal readonly record struct KernelSums(double LogLikelihood, double Score, double Weight, double WeightSlope, double WeightCurve);

/// <summary>
/// The log-likelihood of cells given their linear predictor, and its derivatives. It must be concave in the linear predictor, as it is for
/// every family and link built here: then modes are unique and weights are not negative.
/// </summary>
internal abstract class ResponseKernel
{
    /// <summary>
    /// The c^2 in sqrt(1 + c^2 sigma^2), by which coefficients grow when a random effect is added, roughly (Zeger, Liang and Albert 1988):
    /// the reciprocal of the latent variance for binary outcomes.
    /// </summary>
    internal abstract double Attenuation { get; }

    /// <summary>The kernel of a family and link.</summary>
    internal static ResponseKernel Of(Family family, Link link) => (family, link) switch
    {
        (Family.Poisson, _) => PoissonKernel.Instance,
        (_, Link.Probit) => ProbitKernel.Instance,
        (_, Link.Cloglog) => CloglogKernel.Instance,
        _ => LogisticKernel.Instance,
    };

    /// <summary>The mean of the response, of a single trial where it is binomial.</summary>
    internal abstract double Mean(double eta);

    /// <summary>The derivatives of one cell.</summary>
    /// <param name="successes">Its successes, or the sum of its counts times their weights.</param>
    /// <param name="trials">Its trials, or the sum of its weights.</param>
    /// <param name="eta">The linear predictor.</param>
    internal abstract KernelSums At(double successes, double trials, double eta);

    /// <summary>
    /// 1 of a cell whose log-likelihood rises towards 0 with the linear predictor for ever, -1 where it does so as the predictor falls, 0
    /// where it has a maximum: of successes only, of failures only, and mixed.
    /// </summary>
    internal virtual int Sign(double successes, double trials) => successes == trials ? 1 : successes == 0 ? -1 : 0;

    /// <summary>A value of the intercept to begin from.</summary>
    /// <param name="cells">The cells.</param>
    /// <param name="offsets">What is added to each cell's linear predictor; empty where nothing is.</param>
    internal virtual double StartingIntercept(CellTable cells, double[] offsets) => 0;

    /// <summary>The sums of first derivatives and weights over the cells of a group.</summary>
    /// <param name="cells">The cells.</param>
    /// <param name="shift">What the group adds to the linear predictor.</param>
    internal virtual (double Score, double Weight) ScoreAndWeight(in CellSpan cells, double shift)
    {
        var (score, weight) = (0.0, 0.0);
        for (var i = 0; i < cells.Eta.Length; i++)
        {
            var at = At(cells.Successes[i], cells.Trials[i], cells.Eta[i] + shift);
            (score, weight) = (score + at.Score, weight + at.Weight);
        }

        return (score, weight);
    }

    /// <summary>All derivatives of the cells of a group and their sums.</summary>
    /// <param name="cells">The cells; their derivatives are written into it.</param>
    /// <param name="shift">What the group adds to the linear predictor.</param>
    internal virtual KernelSums Derivatives(in CellSpan cells, double shift)
    {
        var (l, d, w, v, c) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < cells.Eta.Length; i++)
        {
            var at = At(cells.Successes[i], cells.Trials[i], cells.Eta[i] + shift);
            (cells.Score[i], cells.Weight[i], cells.WeightSlope[i], cells.WeightCurve[i]) =
                (at.Score, at.Weight, at.WeightSlope, at.WeightCurve);
            (l, d, w, v, c) = (l + at.LogLikelihood, d + at.Score, w + at.Weight, v + at.WeightSlope, c + at.WeightCurve);
        }

        return new KernelSums(l, d, w, v, c);
    }
}
