using MathNet.Numerics;

namespace Caseload.MixedModels.Inference.Means;

/// <summary>The standard normal distribution.</summary>
internal static class StandardNormal
{
    /// <summary>The probability below a point.</summary>
    internal static double Below(double z) => SpecialFunctions.Erfc(-z / Math.Sqrt(2)) / 2;

    /// <summary>The probability of a number further from 0 than this one, on either side.</summary>
    internal static double Beyond(double z) => SpecialFunctions.Erfc(Math.Abs(z) / Math.Sqrt(2));

    /// <summary>The point below which there is a probability.</summary>
    internal static double Quantile(double probability) => -Math.Sqrt(2) * SpecialFunctions.ErfcInv(2 * probability);

    /// <summary>The half width in standard errors of an interval of a level.</summary>
    internal static double HalfWidth(double level) => Quantile((1 + level) / 2);

    /// <summary>A number drawn from it.</summary>
    internal static double Draw(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
