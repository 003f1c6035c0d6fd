namespace Caseload.MixedModels.Likelihoods;

/// <summary>
/// The log-likelihood of numbers with normal errors of variance 1, s eta - n eta^2/2, where s is the sum of a cell's numbers times their
/// weights and n the sum of the weights. It serves the mean of predictions; linear models are estimated in closed form.
/// </summary>
internal sealed class GaussianKernel : ResponseKernel
{
    internal static GaussianKernel Instance { get; } = new();

    /// <summary>0: with the identity link a random intercept leaves the coefficients as they are.</summary>
    internal override double Attenuation => 0;

    internal override double Mean(double eta) => eta;

    internal override KernelSums At(double successes, double trials, double eta) =>
        new((successes - trials * eta / 2) * eta, successes - trials * eta, trials, 0, 0);

    /// <summary>Every cell has a maximum.</summary>
    internal override int Sign(double successes, double trials) => 0;
}
