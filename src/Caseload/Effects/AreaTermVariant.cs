using Caseload.Frames;
using Caseload.MixedModels;
using Caseload.MixedModels.Fits;
using Caseload.Models;

namespace Caseload.Effects;

/// <summary>What a variant of the main analysis changes.</summary>
public enum VariantKind
{
    /// <summary>How the model is estimated.</summary>
    Estimator,

    /// <summary>How the uncertainty of the estimate is measured.</summary>
    Uncertainty,
}

/// <summary>An area-level coefficient of the interaction model by another estimator, or with another measure of its uncertainty.</summary>
/// <param name="Term">The coefficient's name.</param>
/// <param name="Kind">What is changed.</param>
/// <param name="Variant">The estimator, or the measure.</param>
/// <param name="Estimate">The estimate, on the log-odds.</param>
/// <param name="StandardError">Its standard error.</param>
public sealed record AreaTermVariant(string Term, VariantKind Kind, string Variant, double Estimate, double StandardError)
{
    /// <summary>The name of the main analysis among the variants.</summary>
    public const string Main = "Laplace approximation, Wald z (the main analysis)";

    /// <summary>Degrees of freedom of the t test; infinite where it is a z test.</summary>
    public double DegreesOfFreedom { get; init; } = double.PositiveInfinity;

    /// <summary>The two-sided p value.</summary>
    public double P { get; init; } = double.NaN;

    /// <summary>Lower end of the 95% interval.</summary>
    public double Lower { get; init; } = double.NaN;

    /// <summary>Upper end of the 95% interval.</summary>
    public double Upper { get; init; } = double.NaN;

    /// <summary>The standard deviation between authorities that belongs to it, on the log-odds.</summary>
    public double AreaDeviation { get; init; } = double.NaN;

    private static readonly string[] AreaTerms = [ModelTerms.Interaction, ModelTerms.Rate, ModelTerms.Cin];

    private static readonly (string Name, Estimator Estimator, int Points)[] Estimators =
    [
        ("Adaptive quadrature, 7 points", Estimator.Ml, 7),
        ("PQL, second order", Estimator.Pql2, 1),
        ("PQL, first order", Estimator.Pql1, 1),
        ("MQL, first order", Estimator.Mql1, 1),
    ];

    /// <summary>The main analysis and its variants, of each area-level term, the interaction first.</summary>
    /// <param name="fit">The interaction model, of which every estimate exists.</param>
    /// <param name="data">The modelled children.</param>
    /// <returns>One a term and variant; a variant that has no estimate on these data is left out.</returns>
    public static IReadOnlyList<AreaTermVariant> Of(MixedModelFit fit, Frame data)
    {
        ArgumentNullException.ThrowIfNull(fit);
        string[] terms = [.. AreaTerms.Where(term => fit.FixedEffects.Any(effect => effect.Term == term))];
        AreaTermVariant[] all =
        [
            .. Wald(Main, fit), .. Estimators.SelectMany(e => Unless(() => Wald(e.Name, Refit(fit, data, e)))),
            .. Unless(() => Robust(fit)), .. Unless(() => TwoStages(fit)),
        ];
        return [.. terms.SelectMany(term => all.Where(variant => variant.Term == term))];
    }

    private static MixedModelFit Refit(MixedModelFit fit, Frame data, (string Name, Estimator Estimator, int Points) by) =>
        MixedModel.Fit(data, fit.Formula,
            StudyFormula.Settings(data) with { Estimator = by.Estimator, QuadraturePoints = by.Points }).Require();

    private static IEnumerable<AreaTermVariant> Wald(string name, MixedModelFit fit) => fit.FixedEffects.Select(effect =>
        new AreaTermVariant(effect.Term, VariantKind.Estimator, name, effect.Estimate, effect.StandardError)
        {
            P = effect.P, Lower = effect.Lower, Upper = effect.Upper, AreaDeviation = fit.RandomEffects[0].StandardDeviations[0],
        });

    private static IEnumerable<AreaTermVariant> Robust(MixedModelFit fit) => fit.ClusterRobust().Rows.Select(row =>
        new AreaTermVariant(row.Term, VariantKind.Uncertainty, "Cluster-robust error (CR2), t", row.Estimate, row.StandardError)
        {
            DegreesOfFreedom = row.DegreesOfFreedom, P = row.P, Lower = row.Lower, Upper = row.Upper,
            AreaDeviation = fit.RandomEffects[0].StandardDeviations[0],
        });

    private static IEnumerable<AreaTermVariant> TwoStages(MixedModelFit fit)
    {
        var table = fit.TwoStageTest();
        return table.Rows.Select(row =>
            new AreaTermVariant(row.Term, VariantKind.Uncertainty, "Two stages by REML, t", row.Estimate, row.StandardError)
            {
                DegreesOfFreedom = row.DegreesOfFreedom, P = row.P, Lower = row.Lower, Upper = row.Upper, AreaDeviation = table.Deviation,
            });
    }

    // Small data may have no more authorities than coefficients, or a working model that does not settle.
    private static IReadOnlyList<AreaTermVariant> Unless(Func<IEnumerable<AreaTermVariant>> make)
    {
        try
        {
            return [.. make()];
        }
        catch (ProblemException)
        {
            return [];
        }
    }
}
