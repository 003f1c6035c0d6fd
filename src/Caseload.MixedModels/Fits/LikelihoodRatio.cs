using Caseload.Frames;
using Caseload.MixedModels.Numerics;

namespace Caseload.MixedModels.Fits;

/// <summary>A model in a comparison, tested against the one before it.</summary>
/// <param name="Name">Its name in the comparison.</param>
/// <param name="Parameters">The number of its parameters.</param>
/// <param name="LogLikelihood">Its log-likelihood.</param>
/// <param name="Aic">Its Akaike information criterion.</param>
/// <param name="ChiSquare">Twice the rise of the log-likelihood over the model before; not-a-number of the first model.</param>
/// <param name="DegreesOfFreedom">How many parameters it has more than the one before; 0 of the first model.</param>
public sealed record LikelihoodRatioRow(string Name, int Parameters, double LogLikelihood, double Aic, double ChiSquare,
    int DegreesOfFreedom)
{
    /// <summary>
    /// The p value. Where one of the added parameters is a variance, 0 lies on the edge of its range and the statistic is distributed as
    /// an even mixture of chi-square with that many degrees of freedom and one fewer (Self and Liang 1987): so too where the variance
    /// brings covariances along. Where several are, chi-square itself, which is on the safe side. Not-a-number of the first model.
    /// </summary>
    public double P { get; init; } = double.NaN;

    /// <summary>The deviance: -2 log-likelihood.</summary>
    public double Deviance => -2 * LogLikelihood;
}

/// <summary>Likelihood-ratio tests of models that each contain the one before.</summary>
/// <param name="Rows">One row a model.</param>
[TypeFormatterSource(typeof(FitFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed record LikelihoodRatioTable(IReadOnlyList<LikelihoodRatioRow> Rows)
{
    /// <summary>
    /// What a reader of the table would be tempted to: the coefficients of its models are not to be compared where their scale moves with
    /// the variance that a model explains. Null where it does not.
    /// </summary>
    public string? Remark { get; init; }

    /// <summary>The comparison as a table in plain text.</summary>
    public override string ToString() => FitText.Table(this);
}

/// <summary>Compares nested fits of the same data.</summary>
public static class LikelihoodRatio
{
    /// <summary>Tests each model against the one before it.</summary>
    /// <param name="models">The fits with their names, the smallest first; at least two.</param>
    /// <exception cref="ProblemException">
    /// A fit lacks an estimate or a likelihood, the fits rest on different rows or responses, or one does not contain the one before.
    /// </exception>
    public static LikelihoodRatioTable Compare(params IReadOnlyList<(string Name, MixedModelFit Fit)> models)
    {
        ArgumentNullException.ThrowIfNull(models);
        if (models.Count < 2) throw Wrong($"{models.Count} model", "two models or more", "",
            "Give the models from the smallest to the largest.");
        foreach (var (_, fit) in models) fit.Require().RequireLikelihood();
        List<LikelihoodRatioRow> rows =
            [new(models[0].Name, models[0].Fit.Parameters, models[0].Fit.LogLikelihood, models[0].Fit.Aic, double.NaN, 0)];
        for (var i = 1; i < models.Count; i++) rows.Add(Test(models[i - 1], models[i]));
        return new LikelihoodRatioTable(rows) { Remark = Said(models[0].Fit.Link) };
    }

    private static LikelihoodRatioRow Test((string Name, MixedModelFit Fit) small, (string Name, MixedModelFit Fit) large)
    {
        NestedModels.Require(small.Fit, large.Fit, $"{small.Name} against {large.Name}");
        var added = NestedModels.Variances(large.Fit) - NestedModels.Variances(small.Fit);
        var freedom = large.Fit.Parameters - small.Fit.Parameters;

        // A rise below 0 is the rounding of two equal likelihoods.
        var statistic = Math.Max(0, 2 * (large.Fit.LogLikelihood - small.Fit.LogLikelihood));
        var p = added == 1 ? ChiSquare.MixtureTail(statistic, freedom) : ChiSquare.Tail(statistic, freedom);
        return new LikelihoodRatioRow(large.Name, large.Fit.Parameters, large.Fit.LogLikelihood, large.Fit.Aic, statistic, freedom)
        {
            P = p,
        };
    }

    // With the links of binary outcomes the variance of an observation is fixed, so that coefficients grow as a model explains more.
    private static string? Said(Link link) => link is not (Link.Logit or Link.Probit or Link.Cloglog) ? null
        : "Between these models compare average marginal effects (MarginalEffectComparison.Of), not coefficients or odds ratios: their "
            + "scale moves with the variance that a model explains.";

    private static ProblemException Wrong(string found, string expected, string where, string remedy) =>
        new(new Problem(ProblemKind.WrongUsage, found, expected, where, remedy));
}
