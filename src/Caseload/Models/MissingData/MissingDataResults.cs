using Caseload.MixedModels.Fits;

namespace Caseload.Models.MissingData;

/// <summary>A coefficient under one of the choices.</summary>
/// <param name="Term">Its name.</param>
/// <param name="Pooled">The estimate; of a single fit nothing lies between data sets.</param>
public sealed record ChoiceCoefficient(string Term, PooledEstimate Pooled);

/// <summary>The interaction model under one of the choices.</summary>
/// <param name="Choice">What was done about missing values.</param>
/// <param name="Children">How many children the fit rests on.</param>
/// <param name="Authorities">In how many authorities.</param>
/// <param name="Coefficients">The coefficients, in the order of the fit.</param>
/// <param name="AreaDeviation">
/// The logarithm of the standard deviation between authorities, pooled on that scale; not-a-number where a fit is singular.
/// </param>
/// <param name="AreaTerms">The area terms tested together.</param>
public sealed record ChoiceResult(
    MissingDataChoice Choice,
    int Children,
    int Authorities,
    IReadOnlyList<ChoiceCoefficient> Coefficients,
    PooledEstimate AreaDeviation,
    PooledTest AreaTerms)
{
    /// <summary>A coefficient by its name, or null.</summary>
    /// <param name="term">The name.</param>
    public PooledEstimate? Find(string term) => Coefficients.FirstOrDefault(c => c.Term == term)?.Pooled;

    /// <summary>The fits of one choice as a result: one fit, or those of the completed data sets.</summary>
    internal static ChoiceResult Of(MissingDataChoice choice, int children, IReadOnlyList<MixedModelFit> fits)
    {
        // Of one fit the pooled estimate is the estimate itself.
        var sets = fits.Count == 1 ? [fits[0], fits[0]] : fits;
        PooledEstimate Pool(Func<MixedModelFit, double> estimate, Func<MixedModelFit, double> error) =>
            RubinsRules.Pool([.. sets.Select(estimate)], [.. sets.Select(error)]) with { Imputations = fits.Count };
        var terms = sets[0].FixedEffects.Select(e => e.Term).Where(t => sets.All(fit => fit.FixedEffects.Any(e => e.Term == t))).ToArray();
        return new ChoiceResult(choice, children, sets[0].Groups[0].Count,
            [.. terms.Select(t => new ChoiceCoefficient(t, Pool(fit => fit[t].Estimate, fit => fit[t].StandardError)))],
            Pool(fit => Math.Log(Deviation(fit).Value), fit => Deviation(fit).Error / Deviation(fit).Value),
            Test(sets));
    }

    private static PooledTest Test(IReadOnlyList<MixedModelFit> fits)
    {
        string[] terms = [.. new[] { ModelTerms.Cin, ModelTerms.Rate, ModelTerms.Interaction }
            .Where(t => fits.All(fit => fit.FixedEffects.Any(e => e.Term == t)))];
        return PooledTest.Of(
            [.. fits.Select(fit => terms.Select(t => fit[t].Estimate).ToArray())],
            [.. fits.Select(fit => Block(fit, terms))]);
    }

    private static double[,] Block(MixedModelFit fit, string[] terms)
    {
        var places = terms.Select(t => fit.FixedEffects.ToList().FindIndex(e => e.Term == t)).ToArray();
        var block = new double[terms.Length, terms.Length];
        for (var r = 0; r < terms.Length; r++)
        {
            for (var c = 0; c < terms.Length; c++) block[r, c] = fit.Covariance[places[r], places[c]];
        }

        return block;
    }

    private static (double Value, double Error) Deviation(MixedModelFit fit) => fit.Singular
        ? (double.NaN, double.NaN)
        : (fit.RandomEffects[0].StandardDeviations[0], fit.RandomEffects[0].StandardDeviationErrors[0]);
}

/// <summary>How much of a covariate is not recorded, and how its imputation went.</summary>
/// <param name="Variable">The covariate.</param>
/// <param name="Missing">Of how many eligible children, with an age group and area figures, it is not recorded.</param>
/// <param name="Children">How many such children there are.</param>
/// <param name="ScaleReduction">
/// Gelman and Rubin's potential scale reduction of the mean of the imputed values over the later half of the rounds: near 1 where the
/// chains have mixed; not-a-number without imputation, or with fewer than four rounds.
/// </param>
public sealed record MissingCovariate(ImputedVariable Variable, int Missing, int Children, double ScaleReduction)
{
    /// <summary>The share above which the estimates of a covariate's effect rest on the imputation model more than on data.</summary>
    public const double Extreme = 0.5;

    /// <summary>The share of children of whom it is not recorded.</summary>
    public double Share => (double)Missing / Children;

    /// <summary>Whether more is missing than is recorded.</summary>
    public bool IsExtreme => Share > Extreme;
}

/// <summary>The interaction model under every choice about missing data, beside the main analysis. No child's row is in it.</summary>
/// <param name="Settings">How it was done.</param>
/// <param name="Covariates">What is missing.</param>
/// <param name="Choices">The model under each choice, complete cases first.</param>
/// <param name="Trace">The means of the imputed values round by round; empty without imputation.</param>
public sealed record MissingDataResults(
    MissingDataSettings Settings,
    IReadOnlyList<MissingCovariate> Covariates,
    IReadOnlyList<ChoiceResult> Choices,
    IReadOnlyList<ImputedShare> Trace);
