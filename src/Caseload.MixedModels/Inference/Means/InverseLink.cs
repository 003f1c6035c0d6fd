using Caseload.MixedModels.Likelihoods;
using MathNet.Numerics;

namespace Caseload.MixedModels.Inference.Means;

/// <summary>The mean of the response as a function of the linear predictor, and its derivatives.</summary>
/// <param name="Value">The mean.</param>
/// <param name="Slope">The first derivative.</param>
/// <param name="Curve">The second derivative.</param>
internal readonly record struct InverseLink(double Value, double Slope, double Curve)
{
    internal static InverseLink At(Link link, double eta)
    {
        switch (link)
        {
            case Link.Logit:
                var t = Math.Exp(-Math.Abs(eta));
                var (large, small) = (1 / (1 + t), t / (1 + t));
                var p = eta >= 0 ? large : small;
                return new InverseLink(p, large * small, large * small * (1 - 2 * p));
            case Link.Probit:
                var density = Math.Exp(-eta * eta / 2) / Math.Sqrt(2 * Math.PI);
                return new InverseLink(SpecialFunctions.Erfc(-eta / Math.Sqrt(2)) / 2, density, -eta * density);
            case Link.Cloglog:
                var hazard = Math.Exp(eta);
                var slope = double.IsPositiveInfinity(hazard) ? 0 : hazard * Math.Exp(-hazard);
                return new InverseLink(-StableFunctions.ExpLessOne(-hazard), slope, slope == 0 ? 0 : slope * (1 - hazard));
            case Link.Log:
                var mean = Math.Exp(eta);
                return new InverseLink(mean, mean, mean);
            default:
                return new InverseLink(eta, 1, 0);
        }
    }

    /// <summary>The linear predictor of a mean; infinite where the mean lies on the edge of its range.</summary>
    internal static double Of(Link link, double mean) => link switch
    {
        Link.Logit => Math.Log(mean) - StableFunctions.LogOnePlus(-mean),
        Link.Probit => -Math.Sqrt(2) * SpecialFunctions.ErfcInv(2 * mean),
        Link.Cloglog => Math.Log(-StableFunctions.LogOnePlus(-mean)),
        Link.Log => Math.Log(mean),
        _ => mean,
    };
}
