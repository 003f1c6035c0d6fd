using Caseload.MixedModels;
using Caseload.MixedModels.Fits;

namespace Caseload.Effects;

/// <summary>A number that says how well a model describes its children.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">Its value in these data.</param>
public sealed record ModelCheck(string Name, double Value)
{
    /// <summary>Lower end of its 95% interval; not a number of tests by simulation.</summary>
    public double Lower { get; init; } = double.NaN;

    /// <summary>Upper end of its 95% interval.</summary>
    public double Upper { get; init; } = double.NaN;

    /// <summary>Its value where the model holds; not a number where there is no such value.</summary>
    public double Expected { get; init; } = double.NaN;

    /// <summary>The p value of a test by simulation; not a number of measures with an interval.</summary>
    public double P { get; init; } = double.NaN;

    /// <summary>How many simulations from the model the residuals are held against: enough for a p value of one in a hundred.</summary>
    public const int Simulations = 100;

    // Calibration in the large, calibration slope, area under the curve: where probabilities are right the first two are known.
    private static readonly double[] Right = [0, 1, double.NaN];

    /// <summary>
    /// Calibration in the large, calibration slope, the area under the receiver operating characteristic, and tests of simulated quantile
    /// residuals: their distribution, the authority furthest from the others, and what is left along the fixed part.
    /// </summary>
    /// <param name="fit">A model of which every estimate exists.</param>
    /// <exception cref="Frames.ProblemException">An estimate does not exist.</exception>
    public static IReadOnlyList<ModelCheck> Of(MixedModelFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        return
        [
            .. fit.Calibration().Measures.Zip(Right, (measure, expected) => new ModelCheck(Words(measure.Name), measure.Value)
            {
                Lower = measure.Lower, Upper = measure.Upper, Expected = expected,
            }),
            .. fit.QuantileResiduals(Simulations).Tests.Select(test => new ModelCheck(Words(test.Name), test.Observed)
            {
                Expected = test.Expected, P = test.P,
            }),
        ];
    }

    // The engine knows groups, the study authorities.
    private static string Words(string name) =>
        char.ToUpperInvariant(name[0]) + name[1..].Replace("group of authority", "authority", StringComparison.Ordinal);
}
