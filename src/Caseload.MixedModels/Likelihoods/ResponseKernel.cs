using Caseload.MixedModels.Designs;

namespace Caseload.MixedModels.Likelihoods;

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

    /// <summary>
    /// The kernel of a family and link; of the negative binomial family, whose kernel depends on the dispersion, that of its limit, from
    /// which the search for the dispersion begins.
    /// </summary>
    internal static ResponseKernel Of(Family family, Link link) => (family, link) switch
    {
        (Family.Poisson or Family.NegativeBinomial, _) => PoissonKernel.Instance,
        (Family.Gaussian, _) => GaussianKernel.Instance,
        (_, Link.Probit) => ProbitKernel.Instance,
        (_, Link.Cloglog) => CloglogKernel.Instance,
        _ => LogisticKernel.Instance,
    };

    /// <summary>The mean of the response, of a single trial where it is binomial.</summary>
    internal abstract double Mean(double eta);

    /// <summary>The second derivative of the mean over the first: with a canonical link, w'/w.</summary>
    internal virtual double MeanCurvature(double eta)
    {
        var at = At(Mean(eta), 1, eta);
        return at.WeightSlope / at.Weight;
    }

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
    internal virtual double StartingIntercept(CellTable cells, double[] offsets)
    {
        // A proportion next to 0 or 1 gives an intercept so far out that Newton's method would have to find its way back.
        if (offsets.Length > 0) return 0;
        var share = Math.Clamp(cells.Successes.Sum() / cells.Trials.Sum(), 0.01, 0.99);
        return Math.Log(share / (1 - share));
    }

    /// <summary>The sums over the cells of a group that the search for its mode needs.</summary>
    /// <param name="cells">The cells.</param>
    /// <param name="shift">What the group adds to the linear predictor.</param>
    internal virtual SlopeSums Slopes(in CellSpan cells, double shift)
    {
        var sums = default(SlopeSums);
        for (var i = 0; i < cells.Eta.Length; i++) sums += At(cells.Successes[i], cells.Trials[i], cells.Eta[i] + shift).Slopes;
        return sums;
    }

    /// <summary>All derivatives of the cells of a group and their sums.</summary>
    /// <param name="cells">The cells; their derivatives are written into it.</param>
    /// <param name="shift">What the group adds to the linear predictor.</param>
    internal virtual KernelSums Derivatives(in CellSpan cells, double shift)
    {
        var sums = default(KernelSums);
        for (var i = 0; i < cells.Eta.Length; i++)
        {
            var at = At(cells.Successes[i], cells.Trials[i], cells.Eta[i] + shift);
            (cells.Score[i], cells.Weight[i], cells.WeightSlope[i], cells.WeightCurve[i]) =
                (at.Score, at.Weight, at.WeightSlope, at.WeightCurve);
            sums += at;
        }

        return sums;
    }
}
