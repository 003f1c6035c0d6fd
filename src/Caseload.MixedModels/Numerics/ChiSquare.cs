using MathNet.Numerics;

namespace Caseload.MixedModels.Numerics;

/// <summary>Tails of the distributions that likelihood-ratio statistics have.</summary>
internal static class ChiSquare
{
    /// <summary>The probability of more than a statistic; with no degrees of freedom all probability lies at 0.</summary>
    internal static double Tail(double statistic, int freedom) => freedom == 0
        ? statistic > 0 ? 0 : 1
        : SpecialFunctions.GammaUpperRegularized(freedom / 2.0, statistic / 2);

    /// <summary>
    /// The same of an even mixture of chi-square with some degrees of freedom and with one fewer: of the test of a variance that brings
    /// that many parameters less one along (Self and Liang 1987; Stram and Lee 1994).
    /// </summary>
    internal static double MixtureTail(double statistic, int freedom) => (Tail(statistic, freedom) + Tail(statistic, freedom - 1)) / 2;
}
